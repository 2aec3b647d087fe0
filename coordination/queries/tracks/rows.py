"""Modules of tracks as they are shown: the rows of an edition, their totals, and the rule on weeks of AMU."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.candidates import DanishExam, exam_at_least
from coordination.domain.editions import belongs
from coordination.domain.eligibility import amu_weeks, school_weeks
from coordination.domain.igu import Rule
from coordination.domain.tracks import AmuCheck, ModuleFacts, TeachingKind, TrackTotals, is_demo_code, totals
from coordination.models import TrackModule


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


def modules_of(track_ids: Collection[int]) -> dict[int, list[TrackModule]]:
    """The modules of tracks in all their editions, each in its order."""
    of_track: dict[int, list[TrackModule]] = {track_id: [] for track_id in track_ids}
    ordered = sa.select(TrackModule).where(TrackModule.track_id.in_(track_ids))
    for row in db.session.scalars(ordered.order_by(TrackModule.position, TrackModule.id)):
        of_track[row.track_id].append(row)
    return of_track


def of_edition(modules: Iterable[TrackModule], edition: int) -> list[TrackModule]:
    """Those that belong to one edition."""
    return [row for row in modules if belongs(row.from_edition, row.until_edition, edition)]


def edition_modules(track_id: int, edition: int) -> list[TrackModule]:
    """The modules of one edition of a track, in their order."""
    return of_edition(modules_of([track_id])[track_id], edition)


def facts_of(row: TrackModule) -> ModuleFacts:
    """A stored module in the words of the domain."""
    return ModuleFacts(row.code, row.title, row.kind, row.half_days, row.minutes, row.exam_needed)


def facts_by_id(modules: Iterable[TrackModule]) -> Mapping[int, ModuleFacts]:
    """The modules in the words of the domain, by their keys and in their order."""
    return {row.id: facts_of(row) for row in modules}


def stamp_of(facts: Mapping[int, ModuleFacts]) -> str:
    """A word that is another one as soon as a module, its facts or the order is."""
    return sha256(repr([(key, *vars(its).values()) for key, its in facts.items()]).encode()).hexdigest()[:16]


def totals_of(modules: Sequence[TrackModule]) -> TrackTotals:
    """Length and teaching of modules together."""
    return totals(facts_of(row) for row in modules)


def module_row(row: TrackModule) -> ModuleRow:
    """A module as a table shows it."""
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


def amu_check(
    total: TrackTotals, exam_needed: DanishExam, rules: Sequence[Rule], today: date
) -> AmuCheck | None:
    """The rule that holds for an IGU begun today; None while no such rule is in force."""
    asked, weeks = amu_weeks(DanishExam.PD1, rules, today), school_weeks(rules, today)
    if asked is None or asked.number is None:
        return None
    return AmuCheck(
        needed=asked.number,
        covered=total.amu_weeks,
        school_weeks=(weeks.number or 0) if weeks else 0,
        source=asked.source,
        usual=exam_at_least(exam_needed, DanishExam.PD1),
    )
