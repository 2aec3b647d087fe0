"""Those a published proposal leaves without a seat wait for the runs they fit that are full."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.pooling.pairs import eligible_pairs
from coordination.domain.pooling.problem import Plan, Problem, Seat
from coordination.domain.proposals import full_for
from coordination.models import Enrolment
from coordination.queries.proposals.rows import Loaded
from coordination.services import enrolments

MOST_LINES = 5
"""The runs one person waits for: the best wishes, the soonest first."""


def put_in_line(actor: Actor, loaded: Loaded, current: Problem, now: datetime) -> int:
    """Put each without a seat in line for the best of the full runs; returns how many people wait now.

    Whom the coordinator keeps out is not put in line: the next free seat would undo that.
    """
    left = {str(place.nomination_id) for place in loaded.places if not place.course_run_id and not place.kept}
    lines = _lines(current, loaded.plan, left)
    already = _in_line([int(seat.candidate) for seat in lines])
    by_run: dict[int, list[int]] = defaultdict(list)
    for seat in lines:
        nomination_id, course_run_id = int(seat.candidate), int(seat.run)
        if (nomination_id, course_run_id) not in already:
            by_run[course_run_id].append(nomination_id)
    for course_run_id in sorted(by_run):
        enrolments.put_in_line(actor, course_run_id, by_run[course_run_id], now=now)
    return len({seat.candidate for seat in lines})


def _lines(current: Problem, plan: Plan, left: Collection[str]) -> list[Seat]:
    """Who waits for which run."""
    full = _full(current, plan)
    home = {one.id: one.jobcenter for one in current.candidates}
    fits: dict[str, list[tuple[int, Seat]]] = defaultdict(list)
    for seat, rank in eligible_pairs(current).items():  # runs come in stored order, the soonest first
        if seat.candidate in left and (seat.run, home[seat.candidate]) in full:
            fits[seat.candidate].append((rank, seat))
    return [
        seat
        for found in fits.values()
        for _rank, seat in sorted(found, key=lambda ranked: ranked[0])[:MOST_LINES]
    ]


def _full(current: Problem, plan: Plan) -> set[tuple[str, str]]:
    """Run and jobcenter where the plan leaves no seat for one more."""
    home = {one.id: one.jobcenter for one in current.candidates}
    sitting: dict[str, Counter[str]] = {run.id: Counter() for run in current.runs}
    for seat in plan:
        if seat.run in sitting and seat.candidate in home:
            sitting[seat.run][home[seat.candidate]] += 1
    return {
        (run.id, jobcenter)
        for run in current.runs
        for jobcenter in current.jobcenters
        if sitting[run.id] and full_for(run, sitting[run.id], jobcenter)
    }


def _in_line(nomination_ids: Collection[int]) -> set[tuple[int, int]]:
    rows = db.session.execute(
        sa.select(Enrolment.nomination_id, Enrolment.course_run_id)
        .where(Enrolment.nomination_id.in_(set(nomination_ids)))
        .where(Enrolment.state == EnrolmentState.WAITING)
    )
    return {(nomination_id, course_run_id) for nomination_id, course_run_id in rows}
