"""Tracks: the list, and one track with the modules of its newest edition, their totals and its runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coordination.access import one
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.candidates import DanishExam
from coordination.domain.course_runs import RunState
from coordination.domain.errors import NotFound
from coordination.domain.igu import Rule
from coordination.domain.tracks import AmuCheck, TrackTotals
from coordination.models import CourseRun, Track, TrackModule
from coordination.queries.rules import igu_rules
from coordination.queries.sectors import sector_name
from coordination.queries.tracks.forms import begins, sectors
from coordination.queries.tracks.rows import (
    ModuleRow,
    amu_check,
    edition_modules,
    module_row,
    modules_of,
    of_edition,
    totals_of,
)


@dataclass(frozen=True)
class TrackRow:
    """One track in the list, as its newest edition is."""

    id: int
    title: str
    sector: str
    edition: int
    modules: int
    totals: TrackTotals
    amu: AmuCheck | None
    runs: int


@dataclass(frozen=True)
class OverviewPage:
    """The tracks of the coordinator's partnerships."""

    rows: tuple[TrackRow, ...]
    has_sectors: bool


@dataclass(frozen=True)
class RunRow:
    """One delivery of the track."""

    id: int
    title: str
    state: RunState
    starts_on: date | None
    edition: int


@dataclass(frozen=True)
class DetailPage:
    """One track with the modules of its newest edition, their totals, and its runs.

    `begins` is the edition that the next change of modules begins; None while the newest has no runs.
    """

    id: int
    title: str
    sector: str
    description: str
    minimum: int
    capacity: int
    exam_needed: DanishExam
    edition: int
    begins: int | None
    modules: tuple[ModuleRow, ...]
    totals: TrackTotals
    amu: AmuCheck | None
    runs: tuple[RunRow, ...]


def overview_page(actor: Actor, today: date) -> OverviewPage:
    """All tracks, by title."""
    tracks = db.session.scalars(
        sa.select(Track)
        .options(joinedload(Track.sector))
        .order_by(sa.collate(Track.title, "danish"), Track.id)
    ).all()
    counted = sa.select(CourseRun.track_id, sa.func.count(CourseRun.id)).group_by(CourseRun.track_id)
    runs = {track_id: number for track_id, number in db.session.execute(counted)}  # noqa: C416 (rows, no pairs)
    modules, rules = modules_of([track.id for track in tracks]), igu_rules()
    return OverviewPage(
        rows=tuple(
            _row(
                actor,
                track,
                of_edition(modules[track.id], track.edition),
                runs.get(track.id, 0),
                rules=rules,
                today=today,
            )
            for track in tracks
        ),
        has_sectors=bool(sectors(actor)),
    )


def detail_page(actor: Actor, track_id: int, today: date) -> DetailPage:
    """One track; NotFound outside of reach."""
    track = _track(track_id)
    modules = edition_modules(track.id, track.edition)
    total = totals_of(modules)
    runs = db.session.scalars(
        sa.select(CourseRun).where(CourseRun.track_id == track.id).order_by(CourseRun.id.desc())
    )
    return DetailPage(
        id=track.id,
        title=track.title,
        sector=sector_name(actor, track.sector),
        description=track.description,
        minimum=track.minimum,
        capacity=track.capacity,
        exam_needed=track.exam_needed,
        edition=track.edition,
        begins=begins(track),
        modules=tuple(module_row(row) for row in modules),
        totals=total,
        amu=amu_check(total, track.exam_needed, igu_rules(), today),
        runs=tuple(RunRow(run.id, run.title, run.state, run.starts_on, run.track_edition) for run in runs),
    )


def _track(track_id: int) -> Track:
    track = db.session.scalar(
        sa.select(Track).where(Track.id == one(Track, track_id).id).options(joinedload(Track.sector))
    )
    if track is None:
        raise NotFound
    return track


def _row(
    actor: Actor,
    track: Track,
    modules: Sequence[TrackModule],
    runs: int,
    *,
    rules: Sequence[Rule],
    today: date,
) -> TrackRow:
    total = totals_of(modules)
    return TrackRow(
        id=track.id,
        title=track.title,
        sector=sector_name(actor, track.sector),
        edition=track.edition,
        modules=len(modules),
        totals=total,
        amu=amu_check(total, track.exam_needed, rules, today),
        runs=runs,
    )
