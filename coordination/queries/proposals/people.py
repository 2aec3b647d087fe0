"""The people of a proposal: today's seat, the proposed one, and why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.models import Candidate
from coordination.queries.proposals.head import ProposalHead, head_of
from coordination.queries.proposals.naming import Names, Told, names_of
from coordination.queries.proposals.rows import Place
from coordination.queries.proposals.telling import answered, fillable, reasons, title

PAGE_SIZE = 50


class Show(StrEnum):
    """Which people of a proposal are listed."""

    NEW = "new"
    WAITING = "waiting"
    MOVED = "moved"
    LOCKED = "locked"
    HELD = "held"


@dataclass(frozen=True)
class PeopleFilter:
    """Which people are shown."""

    show: Show | None = None
    course_run_id: int | None = None
    municipality_id: int | None = None
    number: int = 1


@dataclass(frozen=True)
class PersonRow:
    """One person of a proposal."""

    nomination_id: int
    candidate_id: int
    code: str
    name: str
    municipality: str
    held: bool
    held_title: str
    title: str
    solver_title: str
    moved: bool
    locked: bool
    override_reason: str
    reasons: tuple[Told, ...]


@dataclass(frozen=True)
class PeoplePage:
    """One page of the people of a proposal."""

    head: ProposalHead
    runs: tuple[tuple[int, str], ...]
    municipalities: tuple[tuple[int, str], ...]
    rows: tuple[PersonRow, ...]
    narrowed: bool
    total: int
    number: int
    pages: int
    person_ids: tuple[int, ...]


def people_page(actor: Actor, proposal_id: int, chosen: PeopleFilter) -> PeoplePage:
    """The people of a proposal, narrowed as chosen; NotFound if it is out of reach."""
    loaded = answered(actor, proposal_id)
    names = names_of(actor, loaded)
    found = [place for place in loaded.places if _wanted(place, chosen)]
    pages = max(1, -(-len(found) // PAGE_SIZE))
    number = min(max(1, chosen.number), pages)
    rows = person_rows(found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], names)
    return PeoplePage(
        head=head_of(loaded),
        runs=tuple((int(run.id), names.runs.get(run.id, run.id)) for run in fillable(loaded)),
        municipalities=tuple((int(key), name) for key, name in names.jobcenters.items()),
        rows=rows,
        narrowed=bool(chosen.show or chosen.course_run_id or chosen.municipality_id),
        total=len(found),
        number=number,
        pages=pages,
        person_ids=tuple(row.candidate_id for row in rows),
    )


def _wanted(place: Place, chosen: PeopleFilter) -> bool:
    if chosen.course_run_id and place.course_run_id != chosen.course_run_id:
        return False
    if chosen.municipality_id and place.municipality_id != chosen.municipality_id:
        return False
    return chosen.show is None or SHOWN[chosen.show](place)


def moved(place: Place) -> bool:
    """Whether a coordinator put the person elsewhere than the search did."""
    return place.course_run_id != place.solver_run_id


SHOWN: dict[Show, Callable[[Place], bool]] = {
    Show.NEW: lambda place: place.course_run_id is not None and place.held_run_id is None,
    Show.WAITING: lambda place: place.course_run_id is None,
    Show.MOVED: moved,
    Show.LOCKED: lambda place: place.locked and place.held_run_id is None,
    Show.HELD: lambda place: place.held_run_id is not None,
}


def person_rows(places: Collection[Place], names: Names) -> tuple[PersonRow, ...]:
    """These people with their names, as far as they are still shared."""
    known = person_names([place.candidate_id for place in places])
    return tuple(_row(place, names, known) for place in places)


def person_names(candidate_ids: Collection[int]) -> Mapping[int, str]:
    """What these people are called."""
    rows = db.session.execute(sa.select(Candidate.id, Candidate.name).where(Candidate.id.in_(candidate_ids)))
    return {row.id: row.name for row in rows}


def _row(place: Place, names: Names, known: Mapping[int, str]) -> PersonRow:
    return PersonRow(
        nomination_id=place.nomination_id,
        candidate_id=place.candidate_id,
        code=place.code,
        name=known.get(place.candidate_id, place.code),
        municipality=names.jobcenters.get(str(place.municipality_id), ""),
        held=place.held_run_id is not None,
        held_title=title(names, place.held_run_id),
        title=title(names, place.course_run_id),
        solver_title=title(names, place.solver_run_id),
        moved=moved(place),
        locked=place.locked,
        override_reason=place.override_reason,
        reasons=reasons(place.why, names),
    )
