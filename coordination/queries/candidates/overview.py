"""The list of candidates, in pages, with what can be chosen in its filters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.candidates import Scheme
from coordination.domain.nominations import LIVE, NominationState, Party
from coordination.domain.permissions import Permission, allowed
from coordination.models import Candidate, Municipality, Nomination
from coordination.queries import nominations
from coordination.queries.accounts import caseworkers
from coordination.queries.candidates.narrowing import (
    CandidateFilter,
    People,
    ids_in_order,
    narrowed,
    newest_of_each,
    ordered,
    people,
)
from coordination.queries.nominations import Choices, NominationRow, sector_choices

PAGE_SIZE = 50


@dataclass(frozen=True)
class CandidateRow:
    """A person in the list, with the newest nomination."""

    id: int
    name: str
    municipality: str
    scheme: Scheme
    employer: str
    caseworker: str
    registered_at: datetime
    nomination: NominationRow | None

    @property
    def state(self) -> NominationState | None:
        """Where the newest nomination stands."""
        return self.nomination.state if self.nomination else None

    @property
    def turn(self) -> Party | None:
        """Who must act next, where somebody must."""
        return self.nomination.turn if self.nomination else None

    @property
    def may_nominate(self) -> bool:
        """True if no nomination is under way."""
        return self.nomination is None or self.state not in LIVE or self.nomination.is_over


@dataclass(frozen=True)
class OverviewPage:
    """One page of the list."""

    rows: tuple[CandidateRow, ...]
    total: int
    number: int
    pages: int
    sort: str
    narrowed: bool
    sectors: Choices
    colleagues: Choices
    municipalities: Choices
    may_register: bool
    may_import: bool
    may_nominate: bool
    sees_municipality: bool
    person_ids: tuple[int, ...]


def overview_page(actor: Actor, chosen: CandidateFilter, today: date) -> OverviewPage:
    """The people the actor may know of: the own ones, and for a coordinator those sent to the pool."""
    statement = narrowed(actor, chosen, today)
    total = db.session.scalar(sa.select(sa.func.count()).select_from(statement.subquery())) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, chosen.number), pages)
    rows = list_rows(actor, ordered(statement, chosen.sort).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return OverviewPage(
        rows=rows,
        total=total,
        number=number,
        pages=pages,
        sort=chosen.sort,
        narrowed=chosen.narrowed,
        sectors=sector_choices(actor),
        colleagues=_colleagues(actor),
        municipalities=_municipalities(actor),
        may_register=allowed(actor.role, Permission.REGISTER_CANDIDATE),
        may_import=allowed(actor.role, Permission.IMPORT_CANDIDATES),
        may_nominate=allowed(actor.role, Permission.NOMINATE),
        sees_municipality=actor.role is Role.COORDINATOR,
        person_ids=tuple(row.id for row in rows),
    )


def list_rows(actor: Actor, statement: People) -> tuple[CandidateRow, ...]:
    """The people of a statement made by people(), each with the newest nomination."""
    found = db.session.execute(statement).all()
    newest = newest_nominations(actor, [candidate.id for candidate, _caseworker, _municipality in found])
    return tuple(
        CandidateRow(
            id=candidate.id,
            name=candidate.name,
            municipality=municipality,
            scheme=candidate.scheme,
            employer=candidate.employer,
            caseworker=caseworker,
            registered_at=candidate.created_at,
            nomination=newest.get(candidate.id),
        )
        for candidate, caseworker, municipality in found
    )


def next_to_nominate(actor: Actor, chosen: CandidateFilter, candidate_id: int, today: date) -> int | None:
    """The first person after this one in the list who has no nomination under way; None at its end."""
    ids = ids_in_order(actor, chosen, today)
    later = ids[ids.index(candidate_id) + 1 :] if candidate_id in ids else ids
    for start in range(0, len(later), PAGE_SIZE):
        some = people(actor).where(Candidate.id.in_(later[start : start + PAGE_SIZE]))
        for row in list_rows(actor, ordered(some, chosen.sort)):
            if row.may_nominate:
                return row.id
    return None


def newest_nominations(actor: Actor, candidate_ids: list[int]) -> dict[int, NominationRow]:
    """The newest nomination of each of these people, as far as the actor may know of one."""
    found = db.session.execute(
        nominations.base().where(
            Nomination.candidate_id.in_(candidate_ids), Nomination.id.in_(newest_of_each(actor))
        )
    ).all()
    return {row.candidate_id: row for row in nominations.rows(actor, found)}


def _colleagues(actor: Actor) -> Choices:
    """Whose people a caseworker may ask for: the other open accounts of the jobcenter."""
    if actor.jobcenter_id is None or actor.role is not Role.JOBCENTER:
        return ()
    others = (user for user in caseworkers(actor.jobcenter_id) if user.id != actor.user_id)
    return tuple((user.id, user.name) for user in others)


def _municipalities(actor: Actor) -> Choices:
    """The municipalities a coordinator may ask for."""
    if actor.role is not Role.COORDINATOR:
        return ()
    found = db.session.execute(
        sa.select(Municipality.id, Municipality.name)
        .where(Municipality.id.in_(actor.municipalities))
        .order_by(sa.collate(Municipality.name, "danish"))
    )
    return tuple((key, name) for key, name in found)
