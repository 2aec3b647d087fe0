"""Tracks and their modules: the list, one track with its totals, and what its forms offer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coordination.access import one
from coordination.db import db
from coordination.domain.actors import Actor, Language
from coordination.domain.candidates import DanishExam
from coordination.domain.course_runs import RunState
from coordination.domain.errors import NotFound
from coordination.domain.tracks import (
    AMU_WEEKS,
    SCHOOL_WEEKS,
    ModuleFacts,
    TeachingKind,
    TrackTotals,
    is_demo_code,
    totals,
)
from coordination.models import CourseRun, CourseSession, Sector, Track, TrackModule


@dataclass(frozen=True)
class TrackRow:
    """One track in the list."""

    id: int
    title: str
    sector: str
    modules: int
    totals: TrackTotals
    runs: int


@dataclass(frozen=True)
class OverviewPage:
    """The tracks of the coordinator's partnerships."""

    rows: tuple[TrackRow, ...]
    has_sectors: bool


@dataclass(frozen=True)
class ModuleRow:
    """One module of a track."""

    id: int
    track_id: int
    position: int
    code: str
    demo: bool
    title: str
    kind: TeachingKind
    half_days: int
    minutes: int
    exam_needed: DanishExam


@dataclass(frozen=True)
class RunRow:
    """One delivery of the track."""

    id: int
    title: str
    state: RunState
    starts_on: date | None


@dataclass(frozen=True)
class DetailPage:
    """One track with its modules, their totals, and its runs."""

    id: int
    title: str
    sector: str
    description: str
    minimum: int
    capacity: int
    exam_needed: DanishExam
    modules: tuple[ModuleRow, ...]
    totals: TrackTotals
    runs: tuple[RunRow, ...]
    amu_weeks_needed: int = AMU_WEEKS
    school_weeks: int = SCHOOL_WEEKS


@dataclass(frozen=True)
class FormPage:
    """What the form of a track offers, and how the track is now; `id` is None for a new one."""

    id: int | None
    title: str
    sectors: tuple[tuple[int, str], ...]
    values: dict[str, object]


@dataclass(frozen=True)
class ModulePage:
    """What the form of a module shows; `id` is None for a new one."""

    id: int | None
    track_id: int
    track: str
    title: str
    sessions: int
    values: dict[str, object]


def overview_page(actor: Actor) -> OverviewPage:
    """All tracks, by title."""
    tracks = db.session.scalars(
        sa.select(Track)
        .options(joinedload(Track.sector))
        .order_by(sa.collate(Track.title, "danish"), Track.id)
    ).all()
    counted = sa.select(CourseRun.track_id, sa.func.count(CourseRun.id)).group_by(CourseRun.track_id)
    runs = {track_id: number for track_id, number in db.session.execute(counted)}  # noqa: C416 (rows, no pairs)
    modules = _modules([track.id for track in tracks])
    return OverviewPage(
        rows=tuple(_row(actor, track, modules[track.id], runs.get(track.id, 0)) for track in tracks),
        has_sectors=bool(_sectors(actor)),
    )


def detail_page(actor: Actor, track_id: int) -> DetailPage:
    """One track; NotFound outside of reach."""
    track = _track(track_id)
    modules = _modules([track.id])[track.id]
    runs = db.session.scalars(
        sa.select(CourseRun).where(CourseRun.track_id == track.id).order_by(CourseRun.id.desc())
    )
    return DetailPage(
        id=track.id,
        title=track.title,
        sector=_name(actor, track.sector),
        description=track.description,
        minimum=track.minimum,
        capacity=track.capacity,
        exam_needed=track.exam_needed,
        modules=tuple(_module(row) for row in modules),
        totals=_totals(modules),
        runs=tuple(RunRow(run.id, run.title, run.state, run.starts_on) for run in runs),
    )


def new_page(actor: Actor) -> FormPage:
    """The form of a new track."""
    return FormPage(id=None, title="", sectors=_sectors(actor), values={})


def edit_page(actor: Actor, track_id: int) -> FormPage:
    """The form of a track with what it holds now."""
    track = _track(track_id)
    fields = ("title", "sector_id", "description", "minimum", "capacity", "exam_needed", "version")
    return FormPage(
        id=track.id,
        title=track.title,
        sectors=_sectors(actor, track),
        values={name: getattr(track, name) for name in fields},
    )


def new_module_page(_actor: Actor, track_id: int) -> ModulePage:
    """The form of a new module."""
    track = one(Track, track_id)
    return ModulePage(id=None, track_id=track.id, track=track.title, title="", sessions=0, values={})


def edit_module_page(_actor: Actor, module_id: int) -> ModulePage:
    """The form of a module with what it holds now."""
    return _module_page(module_id)


def module_removal_page(_actor: Actor, module_id: int) -> ModulePage:
    """What removing a module would touch."""
    return _module_page(module_id)


def _module_page(module_id: int) -> ModulePage:
    module = one(TrackModule, module_id)
    track = one(Track, module.track_id)
    taught = sa.select(sa.func.count(CourseSession.id)).where(CourseSession.module_id == module.id)
    fields = ("code", "title", "kind", "half_days", "exam_needed")
    hours, minutes = divmod(module.minutes, 60)
    return ModulePage(
        id=module.id,
        track_id=track.id,
        track=track.title,
        title=module.title,
        sessions=db.session.scalar(taught) or 0,
        values={**{name: getattr(module, name) for name in fields}, "hours": hours, "minutes": minutes},
    )


def _track(track_id: int) -> Track:
    track = db.session.scalar(
        sa.select(Track).where(Track.id == one(Track, track_id).id).options(joinedload(Track.sector))
    )
    if track is None:
        raise NotFound
    return track


def _sectors(actor: Actor, track: Track | None = None) -> tuple[tuple[int, str], ...]:
    """The sectors a track may lead to; a track stays in its partnership and may keep a closed sector."""
    statement = sa.select(Sector).order_by(sa.collate(Sector.name, "danish"))
    if track is None:
        statement = statement.where(Sector.active)
    else:
        statement = statement.where(Sector.partnership_id == track.partnership_id)
        statement = statement.where(sa.or_(Sector.active, Sector.id == track.sector_id))
    return tuple((sector.id, _name(actor, sector)) for sector in db.session.scalars(statement))


def _name(actor: Actor, sector: Sector) -> str:
    return (sector.name_en if actor.language is Language.ENGLISH else "") or sector.name


def _modules(track_ids: Collection[int]) -> dict[int, list[TrackModule]]:
    """The modules of tracks, each in its order."""
    of_track: dict[int, list[TrackModule]] = {track_id: [] for track_id in track_ids}
    ordered = sa.select(TrackModule).where(TrackModule.track_id.in_(track_ids))
    for row in db.session.scalars(ordered.order_by(TrackModule.position, TrackModule.id)):
        of_track[row.track_id].append(row)
    return of_track


def _row(actor: Actor, track: Track, modules: Sequence[TrackModule], runs: int) -> TrackRow:
    return TrackRow(
        id=track.id,
        title=track.title,
        sector=_name(actor, track.sector),
        modules=len(modules),
        totals=_totals(modules),
        runs=runs,
    )


def _totals(modules: Sequence[TrackModule]) -> TrackTotals:
    return totals(
        ModuleFacts(row.code, row.title, row.kind, row.half_days, row.minutes, row.exam_needed)
        for row in modules
    )


def _module(row: TrackModule) -> ModuleRow:
    return ModuleRow(
        id=row.id,
        track_id=row.track_id,
        position=row.position,
        code=row.code,
        demo=is_demo_code(row.code),
        title=row.title,
        kind=row.kind,
        half_days=row.half_days,
        minutes=row.minutes,
        exam_needed=row.exam_needed,
    )
