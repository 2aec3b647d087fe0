"""Why a candidate in the pool waits: the place in the line of each wish, and what the open runs have left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from coordination import access
from coordination.db import db, system_session
from coordination.domain.actors import Actor
from coordination.domain.candidates import DanishExam, DanishLevel, language_warning
from coordination.domain.enrolments import Ahead, InLine, ahead, takes_substitutes
from coordination.domain.nominations import NominationState
from coordination.domain.priorities import RANK
from coordination.models import Candidate, CourseRun, Municipality, Nomination, NominationWish, Sector, Track
from coordination.queries.enrolments.line import seats_on
from coordination.queries.in_line import SINCE, in_line
from coordination.queries.sectors import sector_name


@dataclass(frozen=True)
class WishLine:
    """The line of one wish, and who stands before the candidate, in figures."""

    sector: str
    ahead: Ahead
    total: int


@dataclass(frozen=True)
class RunLeft:
    """An open run of a wished sector: seats this candidate could have, or free but kept for others."""

    id: int
    title: str
    starts_on: date | None
    capacity: int
    free: int
    kept: int
    exam_needed: DanishExam
    below: bool


@dataclass(frozen=True)
class WhyWaiting:
    """What keeps a candidate waiting, naming nobody."""

    lines: tuple[WishLine, ...]
    runs: tuple[RunLeft, ...]


def why_waiting(actor: Actor, nomination_id: int, today: date) -> WhyWaiting | None:
    """For a nomination in the pool; None for one that is elsewhere."""
    nomination = access.one(Nomination, nomination_id)
    if nomination.state is not NominationState.SUBMITTED:
        return None
    sectors = db.session.scalars(
        select(Sector)
        .join(NominationWish, NominationWish.sector_id == Sector.id)
        .where(NominationWish.nomination_id == nomination_id)
        .order_by(NominationWish.rank)
    ).all()
    lines = _lines([sector.id for sector in sectors], nomination, today)
    mine = in_line(nomination)
    return WhyWaiting(
        lines=tuple(
            WishLine(sector_name(actor, sector), ahead(mine, lines[sector.id]), len(lines[sector.id]))
            for sector in sectors
        ),
        runs=_runs(nomination, [sector.id for sector in sectors], today),
    )


def _lines(sector_ids: Collection[int], nomination: Nomination, today: date) -> dict[int, list[InLine]]:
    """Everyone in the pool of the partnership who wishes for a sector, as places without persons."""
    partnership = access.one(Municipality, nomination.municipality_id).partnership_id
    with system_session("why_waiting", reads=True) as session:
        rows = session.execute(
            select(NominationWish.sector_id, Nomination.priority, SINCE, Nomination.draw, Nomination.id)
            .join(Nomination, Nomination.id == NominationWish.nomination_id)
            .join(Municipality, Municipality.id == Nomination.municipality_id)
            .where(NominationWish.sector_id.in_(sector_ids))
            .where(Nomination.state == NominationState.SUBMITTED)
            .where(Nomination.shared_on(today) | (Nomination.id == nomination.id))
            .where(Municipality.partnership_id == partnership)
        ).all()
    lines: dict[int, list[InLine]] = defaultdict(list)
    for sector_id, priority, since, draw, number in rows:
        lines[sector_id].append(InLine(RANK[priority], since, draw, number))
    return lines


def _runs(nomination: Nomination, sector_ids: Sequence[int], today: date) -> tuple[RunLeft, ...]:
    found = db.session.execute(
        select(CourseRun, Track.exam_needed)
        .join(Track, Track.id == CourseRun.track_id)
        .where(Track.sector_id.in_(sector_ids), CourseRun.takes_people_on(today))
        .order_by(CourseRun.starts_on, CourseRun.id)
    ).all()
    open_runs = [
        (run, exam)
        for run, exam in found
        if takes_substitutes(run.state, run.starts_on, run.substitutes_until, today)
    ]
    seats = seats_on([run for run, _exam in open_runs])
    person = access.one(Candidate, nomination.candidate_id)
    level = DanishLevel(person.danish_track, person.danish_module, person.danish_exam)
    return tuple(
        RunLeft(
            id=run.id,
            title=run.title,
            starts_on=run.starts_on,
            capacity=run.capacity,
            free=seats[run.id].free_for(nomination.municipality_id, today),
            kept=seats[run.id].free,
            exam_needed=exam,
            below=language_warning(level, exam) is not None,
        )
        for run, exam in open_runs
    )
