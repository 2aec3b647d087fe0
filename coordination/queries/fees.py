"""What an empty seat of a course run costs: the school's own list before the national rates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.editions import belongs
from coordination.domain.fees import FEE_KINDS, Fee, FeeFamily, fee_kind, fee_on
from coordination.domain.igu import Rate
from coordination.domain.tracks import TeachingKind
from coordination.models import CourseRun, SchoolFee, TrackModule
from coordination.queries.rules import rates


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
