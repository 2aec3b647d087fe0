"""What the forms of tracks and modules begin with."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from coordination.access import one
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.editions import check_current
from coordination.models import CourseRun, CourseSession, Sector, Track, TrackModule
from coordination.queries.sectors import sector_name


@dataclass(frozen=True)
class FormPage:
    """What the form of a track offers, and how the track is now; `id` is None for a new one."""

    id: int | None
    title: str
    sectors: tuple[tuple[int, str], ...]
    values: dict[str, object]


@dataclass(frozen=True)
class ModulePage:
    """What the form of a module shows; `id` is None for a new one.

    `begins` is the edition a change would begin, because runs were made from the newest one.
    """

    id: int | None
    track_id: int
    track: str
    title: str
    sessions: int
    begins: int | None
    values: dict[str, object]


def new_page(actor: Actor) -> FormPage:
    """The form of a new track."""
    return FormPage(id=None, title="", sectors=sectors(actor), values={})


def edit_page(actor: Actor, track_id: int) -> FormPage:
    """The form of a track with what it holds now."""
    track = one(Track, track_id)
    fields = ("title", "sector_id", "description", "minimum", "capacity", "exam_needed", "version")
    return FormPage(
        id=track.id,
        title=track.title,
        sectors=sectors(actor, track),
        values={name: getattr(track, name) for name in fields},
    )


def new_module_page(_actor: Actor, track_id: int) -> ModulePage:
    """The form of a new module."""
    track = one(Track, track_id)
    return ModulePage(
        id=None, track_id=track.id, track=track.title, title="", sessions=0, begins=begins(track), values={}
    )


def edit_module_page(_actor: Actor, module_id: int) -> ModulePage:
    """The form of a module with what it holds now; Refused for one of an earlier edition."""
    return _module_page(module_id)


def module_removal_page(_actor: Actor, module_id: int) -> ModulePage:
    """What removing a module would touch."""
    return _module_page(module_id)


def is_used(track: Track) -> bool:
    """Whether a run was made from the newest edition, so that it stays as it is."""
    made = sa.select(CourseRun.id).where(
        CourseRun.track_id == track.id, CourseRun.track_edition == track.edition
    )
    return db.session.scalar(made.limit(1)) is not None


def begins(track: Track) -> int | None:
    """The edition that the next change of modules begins; None while it still goes into the newest."""
    return track.edition + 1 if is_used(track) else None


def sectors(actor: Actor, track: Track | None = None) -> tuple[tuple[int, str], ...]:
    """The sectors a track may lead to; a track stays in its partnership and may keep a closed sector."""
    statement = sa.select(Sector).order_by(sa.collate(Sector.name, "danish"))
    if track is None:
        statement = statement.where(Sector.active)
    else:
        statement = statement.where(Sector.partnership_id == track.partnership_id)
        statement = statement.where(sa.or_(Sector.active, Sector.id == track.sector_id))
    return tuple((sector.id, sector_name(actor, sector)) for sector in db.session.scalars(statement))


def _module_page(module_id: int) -> ModulePage:
    module = one(TrackModule, module_id)
    check_current(module.until_edition)
    track = one(Track, module.track_id)
    begun = begins(track)
    taught = sa.select(sa.func.count(CourseSession.id)).where(CourseSession.module_id == module.id)
    stays = begun or module.from_edition < track.edition
    fields = ("code", "title", "kind", "half_days", "exam_needed")
    hours, minutes = divmod(module.minutes, 60)
    return ModulePage(
        id=module.id,
        track_id=track.id,
        track=track.title,
        title=module.title,
        sessions=0 if stays else db.session.scalar(taught) or 0,
        begins=begun,
        values={**{name: getattr(module, name) for name in fields}, "hours": hours, "minutes": minutes},
    )
