"""The pool as a jobcenter sees it: the own people by name, everybody else's by code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.models import Candidate, Nomination, Sector
from coordination.queries.coded import PAGE_SIZE, CodedPerson, coded_pool, pool_by_sector
from coordination.queries.pooling.page import SectorTab, chosen_sector
from coordination.queries.sectors import sector_name


@dataclass(frozen=True)
class CodedRow:
    """One in the pool; the name is empty for another jobcenter's person."""

    place: int
    name: str
    person: CodedPerson


@dataclass(frozen=True)
class CodedPoolPage:
    """The pool of one sector."""

    sectors: tuple[SectorTab, ...]
    sector: SectorTab | None
    rows: tuple[CodedRow, ...]
    total: int
    number: int
    pages: int
    person_ids: tuple[int, ...]


def coded_pool_page(actor: Actor, sector_id: int | None, number: int, today: date) -> CodedPoolPage:
    """The pool of a sector, longest waiting first; NotFound for a sector out of reach."""
    found = db.session.scalars(sa.select(Sector).order_by(sa.collate(Sector.name, "danish"))).all()
    counts = pool_by_sector(actor, today)
    tabs = tuple(
        SectorTab(row.id, sector_name(actor, row), counts.get(row.id, 0))
        for row in found
        if row.active or row.id in counts
    )
    sector = chosen_sector(tabs, sector_id)
    pages = max(1, -(-(sector.count if sector else 0) // PAGE_SIZE))
    number = min(max(1, number), pages)
    people = coded_pool(actor, sector.id, number, today) if sector else ()
    names = _own_names([person.nomination_id for person in people])
    first = (number - 1) * PAGE_SIZE + 1
    return CodedPoolPage(
        sectors=tabs,
        sector=sector,
        rows=tuple(
            CodedRow(place, names.get(person.nomination_id, ""), person)
            for place, person in enumerate(people, first)
        ),
        total=sector.count if sector else 0,
        number=number,
        pages=pages,
        person_ids=tuple(person.candidate_id for person in people),
    )


def _own_names(nomination_ids: list[int]) -> dict[int, str]:
    """The names among these that are within the actor's reach: the own people."""
    found = db.session.execute(
        sa.select(Nomination.id, Candidate.name)
        .join(Candidate, Candidate.id == Nomination.candidate_id)
        .where(Nomination.id.in_(nomination_ids))
    )
    return {row.id: row.name for row in found}
