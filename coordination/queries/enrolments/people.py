"""What a reader sees of the person behind a seat: `access.md`, column by column."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.candidates import DanishExam, DanishTrack, Scheme, TeachingNeed
from coordination.models import Candidate


@dataclass(frozen=True)
class Person:
    """A candidate without CPR number, address, notes and follow-up."""

    candidate_id: int
    name: str
    phone: str
    email: str
    town: str
    scheme: Scheme
    employer: str
    track: DanishTrack | None
    module: int | None
    exam: DanishExam
    needs: tuple[TeachingNeed, ...]


def people(actor: Actor, candidate_ids: Collection[int], today: date) -> dict[int, Person]:
    """The people among these whom the actor may know; a school those with an accepted seat with it."""
    if not candidate_ids:
        return {}
    rows = db.session.scalars(select(Candidate).where(Candidate.id.in_(candidate_ids)))
    return {row.id: person_of(actor, row, today) for row in rows}


def person_of(actor: Actor, row: Candidate, today: date) -> Person:
    """The person as the actor may see it; under address protection a school does not learn the town."""
    hidden = actor.role is Role.SCHOOL and row.protected_until is not None and row.protected_until >= today
    return Person(
        candidate_id=row.id,
        name=row.name,
        phone=row.phone,
        email=row.email,
        town="" if hidden else row.town,
        scheme=row.scheme,
        employer=row.employer,
        track=row.danish_track,
        module=row.danish_module,
        exam=row.danish_exam,
        needs=tuple(TeachingNeed(need) for need in row.needs),
    )
