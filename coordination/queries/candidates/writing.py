"""Registering and editing a candidate: what stands there now, and which colleagues can be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from coordination.adapters.cpr_vault import CprVault
from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.candidate_records import ONLY_OWN_JOBCENTER, CandidateRecord, columns
from coordination.domain.candidates import CandidateFacts, Scheme, masked, parse_cpr
from coordination.domain.errors import NotFound, Refused
from coordination.models import Candidate, User
from coordination.queries import nominations
from coordination.queries.accounts import caseworkers

STORED = tuple(columns(CandidateRecord(CandidateFacts(name="", scheme=Scheme.OTHER), caseworker_id=0)))
"""The columns a person writes; the CPR number is sealed and stands apart."""

Colleagues = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class NewPage:
    """What the form for a new candidate needs to know."""

    colleagues: Colleagues
    me: int


@dataclass(frozen=True)
class EditPage:
    """What the form for a candidate needs to know: the values as they stand, as far as the reader may see."""

    id: int
    name: str
    cpr: str
    version: int
    values: dict[str, Any]
    colleagues: Colleagues
    on_behalf: bool
    person_ids: tuple[int, ...]


def new_page(actor: Actor) -> NewPage:
    """The page that registers a candidate at the actor's own jobcenter."""
    return NewPage(colleagues=colleagues(own_jobcenter(actor)), me=actor.user_id)


def edit_page(actor: Actor, candidate_id: int) -> EditPage:
    """The page that edits a candidate; what only the own jobcenter writes is left out for a coordinator."""
    candidate = nominations.person(actor, candidate_id)
    on_behalf = actor.role is Role.COORDINATOR
    hidden = ONLY_OWN_JOBCENTER if on_behalf else frozenset()
    return EditPage(
        id=candidate.id,
        name=candidate.name,
        cpr=masked(f"{candidate.birth_date:%d%m%y}"),
        version=candidate.version,
        values={column: value for column, value in stored(candidate).items() if column not in hidden},
        colleagues=colleagues(candidate.municipality_id, besides=candidate.caseworker_id),
        on_behalf=on_behalf,
        person_ids=(candidate.id,),
    )


def stored(candidate: Candidate) -> dict[str, Any]:
    """What stands on a candidate, column by column."""
    return {column: getattr(candidate, column) for column in STORED}


def own_jobcenter(actor: Actor) -> int:
    """The municipality a caseworker works for; NotFound for everyone else."""
    if actor.jobcenter_id is None or actor.jobcenter_id not in actor.municipalities:
        raise NotFound
    return actor.jobcenter_id


def colleagues(municipality_id: int, besides: int | None = None) -> Colleagues:
    """Who can be the named caseworker: the jobcenter's open accounts, and the one named now."""
    people = {user.id: user.name for user in caseworkers(municipality_id)}
    if besides and besides not in people:
        people[besides] = db.session.scalar(sa.select(User.name).where(User.id == besides)) or ""
    return tuple(people.items())


def known_candidate(actor: Actor, text: str, vault: CprVault, today: date) -> int | None:
    """The candidate of the actor's own jobcenter with this CPR number, if it is one and is registered."""
    try:
        cpr = parse_cpr(text, today)
    except Refused:
        return None
    return with_number(own_jobcenter(actor), cpr.number, vault)


def with_number(municipality_id: int, number: str, vault: CprVault) -> int | None:
    """The candidate of a jobcenter with this CPR number."""
    return db.session.scalar(
        sa.select(Candidate.id).where(
            Candidate.municipality_id == municipality_id, Candidate.cpr_hash == vault.fingerprint(number)
        )
    )
