"""What the others may know of a person in the pool: code, wishes, Danish, dates, municipality; never who."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordination.db import system_session
from coordination.domain.actors import Actor
from coordination.domain.calendar import local_day
from coordination.domain.candidates import DanishExam, DanishTrack
from coordination.domain.nominations import NominationState
from coordination.models import Candidate, Municipality, Nomination, NominationWish
from coordination.queries.in_line import line_order
from coordination.queries.sectors import wishes_of

PAGE_SIZE = 50


@dataclass(frozen=True)
class CodedPerson:
    """What is seen by somebody who may not know who it is; `candidate_id` is for the log of views only."""

    nomination_id: int
    candidate_id: int
    code: str
    municipality_id: int
    municipality: str
    since: date | None
    wishes: tuple[str, ...]
    track: DanishTrack | None
    module: int | None
    exam: DanishExam
    needs: int


def coded_people(actor: Actor, nomination_ids: Collection[int], today: date) -> dict[int, CodedPerson]:
    """These nominations as codes, as far as they are shared today; ask for those of seats within reach."""
    if not nomination_ids:
        return {}
    with system_session("coded_people", reads=True) as session:
        rows = _read(session, actor, _shared(actor, today).where(Nomination.id.in_(nomination_ids)))
    return {row.nomination_id: row for row in rows}


def coded_pool(actor: Actor, sector_id: int, number: int, today: date) -> tuple[CodedPerson, ...]:
    """One page of a sector's pool across the actor's partnership as codes, in the order of the line."""
    page = (
        _wishing(actor, today)
        .where(NominationWish.sector_id == sector_id)
        .order_by(*line_order())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    with system_session("coded_pool", reads=True) as session:
        return _read(session, actor, page)


def pool_by_sector(actor: Actor, today: date) -> dict[int, int]:
    """How many in the pool of the actor's partnership wish for each sector."""
    counted = _wishing(actor, today).with_only_columns(NominationWish.sector_id, sa.func.count(Nomination.id))
    with system_session("coded_pool", reads=True) as session:
        rows = session.execute(counted.group_by(NominationWish.sector_id)).all()
    return {row[0]: row[1] for row in rows}


def _wishing(actor: Actor, today: date) -> sa.Select[*tuple[Any, ...]]:
    return (
        _shared(actor, today)
        .join(NominationWish, NominationWish.nomination_id == Nomination.id)
        .where(Nomination.state == NominationState.SUBMITTED)
    )


def _shared(actor: Actor, today: date) -> sa.Select[*tuple[Any, ...]]:
    """SQL: nominations of the actor's partnership that are shared today, with no field of who it is."""
    return (
        sa.select(
            Nomination.id,
            Nomination.candidate_id,
            Nomination.code,
            Nomination.municipality_id,
            Municipality.name,
            Nomination.submitted_at,
            Candidate.danish_track,
            Candidate.danish_module,
            Candidate.danish_exam,
            Candidate.needs,
        )
        .join(Candidate, Candidate.id == Nomination.candidate_id)
        .join(Municipality, Municipality.id == Nomination.municipality_id)
        .where(Municipality.partnership_id.in_(sorted(actor.partnerships)))
        .where(Nomination.submitted_at.is_not(None), Nomination.shared_on(today))
    )


def _read(session: Session, actor: Actor, statement: sa.Select[*tuple[Any, ...]]) -> tuple[CodedPerson, ...]:
    found: Sequence[Any] = session.execute(statement).all()
    wishes = wishes_of(actor, [row.id for row in found], session)
    return tuple(
        CodedPerson(
            nomination_id=row.id,
            candidate_id=row.candidate_id,
            code=row.code,
            municipality_id=row.municipality_id,
            municipality=row.name,
            since=local_day(row.submitted_at),
            wishes=tuple(wishes[row.id]),
            track=row.danish_track,
            module=row.danish_module,
            exam=row.danish_exam,
            needs=len(row.needs),
        )
        for row in found
    )
