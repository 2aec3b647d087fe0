"""What an empty seat of a course run costs: the school's own list before the national rates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from coordination import access
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.editions import belongs
from coordination.domain.errors import NotFound
from coordination.domain.fees import FEE_KINDS, Fee, FeeFamily, fee_kind, fee_on
from coordination.domain.igu import Rate, RateKind
from coordination.domain.tracks import TeachingKind
from coordination.models import CourseRun, Partnership, School, SchoolAgreement, SchoolFee, TrackModule
from coordination.queries.dated import in_force
from coordination.queries.rules import rates


@dataclass(frozen=True)
class FeeRow:
    """One fee of a school; `holds` today, `ahead` of today, or neither once a newer one took over."""

    id: int
    kind: RateKind
    amount_ore: int
    valid_from: date
    source: str
    holds: bool
    ahead: bool


@dataclass(frozen=True)
class NationalRow:
    """The amount that is billed where a school has told no other."""

    kind: RateKind
    amount_ore: int | None
    replaced: bool


@dataclass(frozen=True)
class OverviewPage:
    """The fees of a school beside the national ones."""

    partnership_id: int
    partnership: str
    school_id: int
    school: str
    rows: tuple[FeeRow, ...]
    national: tuple[NationalRow, ...]


@dataclass(frozen=True)
class RemovalPage:
    """The fee that would be taken back."""

    partnership_id: int
    school_id: int
    school: str
    fee: FeeRow


def overview_page(_actor: Actor, partnership_id: int, school_id: int, today: date) -> OverviewPage:
    """What a school of the partnership bills; NotFound for any other."""
    school = agreed_school(partnership_id, school_id)
    newest_first = sa.select(SchoolFee).where(SchoolFee.school_id == school.id)
    found = db.session.scalars(newest_first.order_by(SchoolFee.valid_from.desc()))
    rows = sorted(found, key=lambda row: FEE_KINDS.index(row.kind))
    holding = in_force(rows, today)
    national, held = rates(), {row.kind for row in rows if row.id in holding}
    return OverviewPage(
        partnership_id=partnership_id,
        partnership=access.one(Partnership, partnership_id).name,
        school_id=school.id,
        school=school.name,
        rows=tuple(_row(row, today, holds=row.id in holding) for row in rows),
        national=tuple(_national(kind, national, today, replaced=kind in held) for kind in FEE_KINDS),
    )


def removal_page(_actor: Actor, partnership_id: int, school_id: int, fee_id: int, today: date) -> RemovalPage:
    """The question before a fee of the future is taken back."""
    school, row = agreed_school(partnership_id, school_id), access.one(SchoolFee, fee_id)
    if row.school_id != school.id:
        raise NotFound
    return RemovalPage(partnership_id, school.id, school.name, _row(row, today, holds=False))


def agreed_school(partnership_id: int, school_id: int) -> School:
    """A school that has an agreement with the partnership; NotFound for any other."""
    partnership, school = access.one(Partnership, partnership_id), access.one(School, school_id)
    if db.session.get(SchoolAgreement, (school.id, partnership.id)) is None:
        raise NotFound
    return school


def fee_for(run: CourseRun, family: FeeFamily, day: date) -> Fee | None:
    """What the school bills for a seat of the run on a day; None where its track holds no AMU."""
    return fees_for((run,), family, day)[run.id]


def fees_for(runs: Collection[CourseRun], family: FeeFamily, day: date) -> Mapping[int, Fee | None]:
    """The same for many runs, by their keys."""
    amu, own, national = _amu_minutes(runs), school_rates({run.school_id for run in runs}), rates()
    found: dict[int, Fee | None] = {}
    for run in runs:
        kind = fee_kind(family, amu[run.id])
        found[run.id] = fee_on(own[run.school_id], national, kind, day) if kind else None
    return found


def school_rates(school_ids: Collection[int]) -> Mapping[int, Sequence[Rate]]:
    """The lists of schools, by their keys; empty for one that bills by the national rates."""
    listed: dict[int, list[Rate]] = defaultdict(list)
    kept = sa.select(SchoolFee).where(SchoolFee.school_id.in_(school_ids), SchoolFee.kind.in_(FEE_KINDS))
    for row in db.session.scalars(kept.order_by(SchoolFee.valid_from)):
        listed[row.school_id].append(Rate(row.kind, row.amount_ore, row.valid_from, row.source))
    return listed


def _amu_minutes(runs: Collection[CourseRun]) -> Mapping[int, int]:
    """Minutes of AMU in the edition of the track that each run was made from."""
    modules = db.session.scalars(
        sa.select(TrackModule).where(
            TrackModule.track_id.in_({run.track_id for run in runs}), TrackModule.kind == TeachingKind.AMU
        )
    ).all()
    return {
        run.id: sum(
            module.minutes
            for module in modules
            if module.track_id == run.track_id
            and belongs(module.from_edition, module.until_edition, run.track_edition)
        )
        for run in runs
    }


def _row(row: SchoolFee, today: date, *, holds: bool) -> FeeRow:
    ahead = row.valid_from > today
    return FeeRow(row.id, row.kind, row.amount_ore, row.valid_from, row.source, holds=holds, ahead=ahead)


def _national(kind: RateKind, national: Sequence[Rate], today: date, *, replaced: bool) -> NationalRow:
    fee = fee_on((), national, kind, today)
    return NationalRow(kind, fee.amount_ore if fee else None, replaced=replaced)
