"""Proposed changes with a database: carried along, worded, decided, and told to the school."""

from __future__ import annotations

from coordination.domain.course_runs import RunState
from coordination.domain.improvements import ChangeState
from coordination.models import CourseRun
from coordination.queries import improvements as queries
from coordination.services import improvements
from tests.factories import make_proposed_change, make_run


def test_the_next_run_is_given_what_the_earlier_ones_left(world, act, everything, now):
    with everything():
        first = make_run(world, state=RunState.EVALUATED)
        ended = make_run(world, state=RunState.EVALUATED, predecessor_id=first.id)
        dropped = make_run(world, state=RunState.CANCELLED, predecessor_id=ended.id)
        opened = make_run(world, state=RunState.OPEN, predecessor_id=ended.id)
        left, due, retried = (make_proposed_change(run) for run in (first, ended, ended))
        retried.next_run_id, retried.state = dropped.id, ChangeState.ADOPTED
        make_proposed_change(ended, next_run_id=opened.id)
        following = make_run(world, state=RunState.DRAFT, predecessor_id=ended.id)
        ids, run_id, from_id = {left.id, due.id, retried.id}, following.id, ended.id
    with act(world.coordinator) as session:
        from_run, next_run = session.get(CourseRun, from_id), session.get(CourseRun, run_id)
        assert improvements.carry_along(world.coordinator, from_run, next_run, now=now) == 3
    with act(world.coordinator):
        assert {row.id for row in queries.changes_of_run(run_id)} == ids
        assert queries.undecided_count(run_id) == 2
    with act(world.far_coordinator):
        assert queries.undecided_count(run_id) == 0
