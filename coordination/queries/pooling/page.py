"""The page of the pool: sectors with their counts, runs to fill, and the people of one sector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import collate, func, select

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.errors import NotFound
from coordination.domain.nominations import NominationState
from coordination.models import Municipality, Nomination, NominationWish, Sector
from coordination.queries.pooling.people import (
    PAGE_SIZE,
    PoolFilter,
    PoolRow,
    count,
    in_pool,
    pool_rows,
)
from coordination.queries.pooling.runs import RunChoice, chosen_run, open_runs
from coordination.queries.sectors import sector_name


@dataclass(frozen=True)
class SectorTab:
    """A sector and how many in the pool wish for it."""

    id: int
    name: str
    count: int


@dataclass(frozen=True)
class PoolPage:
    """The pool of one sector, and the run that is being filled."""

    sectors: tuple[SectorTab, ...]
    sector: SectorTab | None
    runs: tuple[RunChoice, ...]
    run: RunChoice | None
    municipalities: tuple[tuple[int, str], ...]
    rows: tuple[PoolRow, ...]
    total: int
    number: int
    pages: int
    person_ids: tuple[int, ...]


def pool_page(actor: Actor, chosen: PoolFilter, today: date) -> PoolPage:
    """The people who wish for a sector, in the order of the line; NotFound for a sector out of reach."""
    sectors = _sectors(actor)
    sector = chosen_sector(sectors, chosen.sector_id)
    runs = open_runs(actor, sector.id, today) if sector else ()
    run = chosen_run(runs, chosen.course_run_id)
    statement = in_pool(sector.id, chosen) if sector else None
    total = count(statement) if statement is not None else 0
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, chosen.number), pages)
    rows = pool_rows(actor, statement, run, number, today) if statement is not None else ()
    return PoolPage(
        sectors=sectors,
        sector=sector,
        runs=runs,
        run=run,
        municipalities=_municipalities(actor),
        rows=rows,
        total=total,
        number=number,
        pages=pages,
        person_ids=tuple(row.candidate_id for row in rows),
    )


def _sectors(actor: Actor) -> tuple[SectorTab, ...]:
    counts = {
        row.sector_id: row.wishing
        for row in db.session.execute(
            select(NominationWish.sector_id, func.count(Nomination.id).label("wishing"))
            .join(Nomination, Nomination.id == NominationWish.nomination_id)
            .where(Nomination.state == NominationState.SUBMITTED)
            .group_by(NominationWish.sector_id)
        )
    }
    rows = db.session.scalars(select(Sector).order_by(collate(Sector.name, "danish"))).all()
    return tuple(
        SectorTab(row.id, sector_name(actor, row), counts.get(row.id, 0))
        for row in rows
        if row.active or row.id in counts
    )


def chosen_sector(sectors: Sequence[SectorTab], wanted: int | None) -> SectorTab | None:
    """The sector asked for, else the one most wish for; NotFound for one out of reach."""
    if wanted is None:
        return max(sectors, key=lambda tab: tab.count, default=None)
    found = next((tab for tab in sectors if tab.id == wanted), None)
    if found is None:
        raise NotFound
    return found


def _municipalities(actor: Actor) -> tuple[tuple[int, str], ...]:
    rows = db.session.execute(
        select(Municipality.id, Municipality.name)
        .where(Municipality.id.in_(actor.municipalities))
        .order_by(collate(Municipality.name, "danish"))
    )
    return tuple((key, name) for key, name in rows)
