"""The list of candidates: searched, narrowed by scheme, state and caseworker, sorted, in pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from coordination.adapters.cpr_vault import CprVault
from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.candidates import Scheme, parse_cpr
from coordination.domain.errors import Refused
from coordination.domain.nominations import NominationState, Party
from coordination.domain.permissions import Permission, allowed
from coordination.models import Candidate, Municipality, Nomination, User
from coordination.queries import nominations
from coordination.queries.nominations import NominationRow

PAGE_SIZE = 50
SHORTEST_NUMBER = 4  # digits that are looked for among telephone numbers
SORTS = {
    "name": sa.collate(Candidate.name, "danish"),
    "caseworker": sa.collate(User.name, "danish"),
    "registered": Candidate.created_at,
}


@dataclass(frozen=True)
class CandidateFilter:
    """What the list is narrowed to."""

    words: str = ""
    scheme: Scheme | None = None
    state: NominationState | None = None
    never_nominated: bool = False
    mine: bool = False
    sort: str = "name"
    number: int = 1
    cpr_hash: str = ""

    @property
    def narrowed(self) -> bool:
        """True if a way back to the whole list makes sense."""
        return bool(self.words or self.scheme or self.state or self.never_nominated or self.mine)

    def find_number(self, vault: CprVault, today: date) -> CandidateFilter:
        """The same search, and by hash if the words are a whole CPR number."""
        try:
            number = parse_cpr(self.words, today).number
        except Refused:
            return self
        return replace(self, cpr_hash=vault.fingerprint(number))


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


@dataclass(frozen=True)
class OverviewPage:
    """One page of the list."""

    rows: tuple[CandidateRow, ...]
    total: int
    number: int
    pages: int
    sort: str
    narrowed: bool
    may_register: bool
    may_import: bool
    sees_municipality: bool
    person_ids: tuple[int, ...]


def overview_page(actor: Actor, chosen: CandidateFilter) -> OverviewPage:
    """The people the actor may know of: the own ones, and for a coordinator those sent to the pool."""
    statement = _narrowed(actor, chosen)
    total = db.session.scalar(sa.select(sa.func.count()).select_from(statement.subquery())) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, chosen.number), pages)
    rows = list_rows(
        actor,
        statement.order_by(*_order(chosen.sort)).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE),
    )
    return OverviewPage(
        rows=rows,
        total=total,
        number=number,
        pages=pages,
        sort=chosen.sort,
        narrowed=chosen.narrowed,
        may_register=allowed(actor.role, Permission.REGISTER_CANDIDATE),
        may_import=allowed(actor.role, Permission.IMPORT_CANDIDATES),
        sees_municipality=actor.role is Role.COORDINATOR,
        person_ids=tuple(row.id for row in rows),
    )


def list_rows(actor: Actor, statement: sa.Select[Candidate, str, str]) -> tuple[CandidateRow, ...]:
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


def people(actor: Actor) -> sa.Select[Candidate, str, str]:
    """The people the actor may know of, with caseworker and municipality."""
    return (
        sa.select(Candidate, User.name, Municipality.name)
        .join(User, User.id == Candidate.caseworker_id)
        .join(Municipality, Municipality.id == Candidate.municipality_id)
        .where(nominations.visible_people(actor))
    )


def newest_nominations(actor: Actor, candidate_ids: list[int]) -> dict[int, NominationRow]:
    """The newest nomination of each of these people, as far as the actor may know of one."""
    found = db.session.execute(
        nominations.base().where(
            Nomination.candidate_id.in_(candidate_ids), Nomination.id.in_(_newest(actor))
        )
    ).all()
    return {row.candidate_id: row for row in nominations.rows(actor, found)}


def _newest(actor: Actor) -> sa.Select[int]:
    return (
        sa.select(sa.func.max(Nomination.id))
        .where(nominations.visible(actor))
        .group_by(Nomination.candidate_id)
    )


def _narrowed(actor: Actor, chosen: CandidateFilter) -> sa.Select[Candidate, str, str]:
    statement = people(actor)
    if chosen.words:
        statement = statement.where(_found(actor, chosen))
    if chosen.scheme:
        statement = statement.where(Candidate.scheme == chosen.scheme)
    if chosen.mine:
        statement = statement.where(Candidate.caseworker_id == actor.user_id)
    newest = sa.select(Nomination.candidate_id).where(Nomination.id.in_(_newest(actor)))
    if chosen.never_nominated:
        statement = statement.where(Candidate.id.not_in(newest))
    elif chosen.state:
        statement = statement.where(Candidate.id.in_(newest.where(Nomination.state == chosen.state)))
    return statement


def _found(actor: Actor, chosen: CandidateFilter) -> sa.ColumnElement[bool]:
    """SQL: the words are in name and employer, or are a telephone number, a pool code or a CPR number."""
    words = chosen.words.split()
    digits = "".join(words)
    coded = sa.select(Nomination.candidate_id).where(
        Nomination.code == digits.upper(), nominations.visible(actor)
    )
    ways = [
        sa.and_(
            *(
                sa.or_(
                    nominations.contains(Candidate.name, word), nominations.contains(Candidate.employer, word)
                )
                for word in words
            )
        ),
        Candidate.id.in_(coded),
    ]
    if digits.removeprefix("+").isdigit() and len(digits) >= SHORTEST_NUMBER:
        ways.append(sa.func.replace(Candidate.phone, " ", "").contains(digits, autoescape=True))
    if chosen.cpr_hash:
        ways.append(Candidate.cpr_hash == chosen.cpr_hash)
    return sa.or_(*ways)


def _order(sort: str) -> tuple[Any, ...]:
    column = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return (column.desc() if sort.startswith("-") else column.asc(), Candidate.id)
