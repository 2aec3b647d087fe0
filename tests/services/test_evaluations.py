"""Evaluations with a database: opened, filled in by two colleagues, submitted, handed back, read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from coordination.domain.course_runs import RunState
from coordination.domain.evaluations import EvaluationState
from coordination.models import Evaluation, Letter
from coordination.services import evaluations
from tests.factories import make_evaluation, make_run


def letters(session):
    return [(letter.letter, letter.recipient_id) for letter in session.scalars(select(Letter))]


def test_a_run_that_ended_opens_one_evaluation_and_tells_its_school(world, everything, now):
    with everything() as session:
        run = make_run(world, state=RunState.ENDED)
        for _ in range(2):
            evaluations.open_evaluation(run, now=now)
        opened = session.scalars(select(Evaluation)).one()
        assert (opened.state, opened.due_on) == (EvaluationState.OPEN, run.ends_on + timedelta(days=14))
        assert opened.question_set_id == world.questions
        assert letters(session) == [("evaluation_open", world.teacher.user_id)]


@pytest.mark.parametrize(
    ("days_before", "told"),
    [(4, []), (3, ["evaluation_due"]), (0, ["evaluation_due"]), (-1, ["evaluation_overdue"])],
)
def test_the_school_is_reminded_of_an_open_evaluation_only(world, everything, now, days_before, told):
    with everything() as session:
        due = now.date() + timedelta(days=days_before)
        for state in EvaluationState:
            make_evaluation(make_run(world), state=state, due_on=due)
    with everything() as session:
        for _ in range(2):
            evaluations.remind_evaluations(now=now)
        assert [letter for letter, _ in letters(session)] == told
        assert {row.version for row in session.scalars(select(Evaluation))} == {1}


def test_reminded_once_before_and_once_after_the_deadline(world, everything, now):
    with everything() as session:
        make_evaluation(make_run(world), due_on=date(2026, 11, 24))
    with everything() as session:
        for days in range(5):
            evaluations.remind_evaluations(now=now + timedelta(days=days))
        assert [letter for letter, _ in letters(session)] == ["evaluation_due", "evaluation_overdue"]
