"""Editions of a track: what each holds and changed, and how a run's edition differs from the newest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from coordination.access import one
from coordination.db import db
from coordination.domain import editions
from coordination.domain.actors import Actor
from coordination.domain.course_runs import RunState
from coordination.domain.editions import Difference, differences
from coordination.domain.permissions import Permission, allowed
from coordination.domain.tracks import TrackTotals
from coordination.models import CourseRun, Track, TrackModule
from coordination.queries.tracks.rows import (
    ModuleRow,
    facts_by_id,
    module_row,
    modules_of,
    of_edition,
    totals_of,
)


@dataclass(frozen=True)
class RunRow:
    """One delivery of a track."""

    id: int
    title: str
    state: RunState
    edition: int


@dataclass(frozen=True)
class Edition:
    """One edition: its modules, what it changed from the one before, and the runs made from it."""

    number: int
    modules: tuple[ModuleRow, ...]
    totals: TrackTotals
    changes: tuple[Difference, ...]
    runs: tuple[RunRow, ...]


@dataclass(frozen=True)
class EditionsPage:
    """All editions of a track, the newest first."""

    id: int
    title: str
    editions: tuple[Edition, ...]


@dataclass(frozen=True)
class RunEdition:
    """The edition a run was made from, beside the newest one of its track."""

    course_run_id: int
    track_id: int
    edition: int
    newest: int
    changes: tuple[Difference, ...]
    may_adopt: bool


def editions_page(_actor: Actor, track_id: int) -> EditionsPage:
    """What every edition of a track holds."""
    track = one(Track, track_id)
    modules = modules_of([track.id])[track.id]
    runs = [
        RunRow(run.id, run.title, run.state, run.track_edition)
        for run in db.session.scalars(
            sa.select(CourseRun).where(CourseRun.track_id == track.id).order_by(CourseRun.id)
        )
    ]
    found = (_edition(number, modules, runs) for number in range(track.edition, 0, -1))
    return EditionsPage(id=track.id, title=track.title, editions=tuple(found))


def edition_of_run(actor: Actor, course_run_id: int) -> RunEdition:
    """What a run was made from; a coordinator may let a draft follow the newest edition."""
    run = one(CourseRun, course_run_id)
    track = one(Track, run.track_id)
    modules = modules_of([track.id])[track.id]
    behind = run.track_edition < track.edition
    may = allowed(actor.role, Permission.PLAN_TRACK) and run.state is RunState.DRAFT
    return RunEdition(
        course_run_id=run.id,
        track_id=track.id,
        edition=run.track_edition,
        newest=track.edition,
        changes=_changes(modules, run.track_edition, track.edition) if behind else (),
        may_adopt=behind and may,
    )


def stand_ins(track_id: int, edition: int) -> dict[int, int | None]:
    """For every module a track ever had the one that stands for it in an edition; None if there is none."""
    modules = modules_of([track_id])[track_id]
    return editions.stand_ins(facts_by_id(modules), facts_by_id(of_edition(modules, edition)))


def _edition(number: int, modules: Sequence[TrackModule], runs: Sequence[RunRow]) -> Edition:
    own = of_edition(modules, number)
    return Edition(
        number=number,
        modules=tuple(module_row(row) for row in own),
        totals=totals_of(own),
        changes=_changes(modules, number - 1, number) if number > 1 else (),
        runs=tuple(run for run in runs if run.edition == number),
    )


def _changes(modules: Sequence[TrackModule], earlier: int, later: int) -> tuple[Difference, ...]:
    return differences(facts_by_id(of_edition(modules, earlier)), facts_by_id(of_edition(modules, later)))
