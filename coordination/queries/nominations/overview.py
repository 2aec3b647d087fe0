"""The list of nominations: who waits for whom, narrowed by state, sector and caseworker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.nominations import NominationState
from coordination.models import Candidate, Nomination, NominationWish
from coordination.queries.nominations.reach import visible
from coordination.queries.nominations.rows import NominationRow, base, rows
from coordination.queries.nominations.sectors import Choices, sector_choices

PAGE_SIZE = 50
SORTS = {
    "name": sa.collate(Candidate.name, "danish"),
    "code": Nomination.id,
    "submitted": sa.func.coalesce(Nomination.submitted_at, Nomination.created_at),
}


@dataclass(frozen=True)
class NominationFilter:
    """What the list is narrowed to; no state means those that are not at an end."""

    state: NominationState | None = None
    every_state: bool = False
    sector_id: int | None = None
    mine: bool = False
    sort: str = "-submitted"
    number: int = 1

    @property
    def narrowed(self) -> bool:
        """True if a way back to the whole list makes sense."""
        return bool(self.state or self.every_state or self.sector_id or self.mine)


@dataclass(frozen=True)
class OverviewPage:
    """One page of the list."""

    rows: tuple[NominationRow, ...]
    total: int
    number: int
    pages: int
    sort: str
    narrowed: bool
    sees_municipality: bool
    sectors: Choices
    person_ids: tuple[int, ...]


CURRENT = frozenset(NominationState) - {NominationState.WITHDRAWN, NominationState.COMPLETED}


def overview_page(actor: Actor, chosen: NominationFilter) -> OverviewPage:
    """The nominations the actor may know of."""
    statement = _narrowed(actor, chosen)
    total = db.session.scalar(sa.select(sa.func.count()).select_from(statement.subquery())) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, chosen.number), pages)
    found = db.session.execute(
        statement.order_by(*_order(chosen.sort)).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    ).all()
    listed = rows(actor, found)
    return OverviewPage(
        rows=listed,
        total=total,
        number=number,
        pages=pages,
        sort=chosen.sort,
        narrowed=chosen.narrowed,
        sees_municipality=actor.role is Role.COORDINATOR,
        sectors=sector_choices(actor),
        person_ids=tuple(row.candidate_id for row in listed),
    )


def _narrowed(actor: Actor, chosen: NominationFilter) -> sa.Select[Nomination, str, str, str]:
    statement = base().where(visible(actor))
    if not chosen.every_state:
        statement = statement.where(Nomination.state.in_({chosen.state} if chosen.state else CURRENT))
    if chosen.sector_id:
        wished = sa.select(NominationWish.nomination_id).where(NominationWish.sector_id == chosen.sector_id)
        statement = statement.where(Nomination.id.in_(wished))
    if chosen.mine:
        statement = statement.where(Nomination.caseworker_id == actor.user_id)
    return statement


def contains(column: sa.orm.InstrumentedAttribute[str], word: str) -> sa.ColumnElement[bool]:
    """SQL: the column holds the word, whatever the case; SQLite by itself knows only the case of a to z."""
    spellings = {word, word.lower(), word.upper(), word.capitalize()}
    return sa.or_(*(column.icontains(spelling, autoescape=True) for spelling in sorted(spellings)))


def _order(sort: str) -> tuple[Any, ...]:
    column = SORTS.get(sort.removeprefix("-"), SORTS["submitted"])
    return (column.desc() if sort.startswith("-") else column.asc(), Nomination.id)
