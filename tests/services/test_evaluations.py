"""Evaluations with a database: opened, filled in by two colleagues, submitted, handed back, read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from coordination.domain.course_runs import RunState
from coordination.domain.errors import NotFound, Refused, Stale
from coordination.domain.evaluations import Answer, EvaluationState
from coordination.models import Evaluation, Letter, ProposedChange, Question
from coordination.services import course_runs, evaluations
from tests.factories import make_evaluation, make_run


def letters(session):
    return [
        (letter.letter, letter.recipient_id) for letter in session.scalars(select(Letter).order_by(Letter.id))
    ]


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


@pytest.fixture
def asked(world, everything):
    with everything() as session:
        found = select(Question.id).where(Question.question_set_id == world.questions)
        return session.scalars(found.order_by(Question.position)).all()


def answers(asked, level, teamwork, advice=""):
    return dict(zip(asked, (Answer(level), Answer(teamwork), Answer(text=advice)), strict=True))


def test_a_colleague_writes_on_and_nobody_writes_over(world, act, everything, asked, now):
    with everything():
        number = make_evaluation(make_run(world)).id
    with act(world.teacher):
        first = evaluations.save_answers(
            world.teacher, number, answers(asked, 4, None), seen_version=1, now=now
        )
    with act(world.teacher):
        again = evaluations.save_answers(
            world.teacher, number, answers(asked, 4, None), seen_version=1, now=now
        )
    assert (first, again) == (2, 2), "a double click changes nothing"
    with act(world.teacher), pytest.raises(Stale):
        evaluations.save_answers(world.teacher, number, answers(asked, 1, 1), seen_version=1, now=now)
    with act(world.far_teacher), pytest.raises(NotFound):
        evaluations.save_answers(world.far_teacher, number, {}, seen_version=2, now=now)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_low_scores_are_asked_of_the_next_run_while_it_is_planned(
    world, act, everything, asked, now, elsewhere
):
    with everything():
        ended = make_run(world, state=RunState.ENDED)
        number = make_evaluation(ended).id
        gone = make_run(world, state=RunState.CANCELLED, predecessor_id=ended.id)
        school = world.other_school if elsewhere else world.school
        make_run(world, state=RunState.OPEN, predecessor_id=ended.id)
        planned = make_run(world, state=RunState.DRAFT, predecessor_id=gone.id, school=school).id
    for _ in range(2):
        with act(world.teacher):
            sent = answers(asked, 1, 2, "Mere praksis")
            evaluations.submit(world.teacher, number, sent, seen_version=1, now=now)
    with everything() as session:
        changes = session.scalars(select(ProposedChange).order_by(ProposedChange.id)).all()
        assert [(row.title, row.score, row.next_run_id) for row in changes] == [
            ("Niveau", 1, planned),
            ("Samarbejde", 2, planned),
        ]
        assert letters(session) == [("evaluation_submitted", world.coordinator.user_id)]


@pytest.mark.parametrize("elsewhere", [False, True])
@pytest.mark.parametrize("school_is_first", [False, True])
def test_a_run_opens_before_or_after_the_one_before_it_is_evaluated_and_not_meanwhile(
    world, application, act, everything, asked, now, elsewhere, school_is_first
):
    with everything():
        ended = make_run(world, state=RunState.ENDED)
        number = make_evaluation(ended).id
        school = world.other_school if elsewhere else world.school
        planned = make_run(world, state=RunState.DRAFT, predecessor_id=ended.id, school=school).id

    def submit():
        evaluations.submit(world.teacher, number, answers(asked, 1, 5), seen_version=1, now=now)

    def open_it():
        course_runs.open_run(world.coordinator, planned, now=now)

    def alone(actor, deed):
        with application.app_context(), act(actor):
            deed()

    both = [(world.teacher, submit), (world.coordinator, open_it)]
    first, second = both if school_is_first else reversed(both)
    with ThreadPoolExecutor(1) as pool:
        with act(first[0]):
            first[1]()
            waiting = pool.submit(alone, *second)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.5)
        with pytest.raises(Refused, match="undecided") if school_is_first else nullcontext():
            waiting.result()
    with everything() as session:
        assert session.scalars(select(ProposedChange.next_run_id)).one() == (
            planned if school_is_first else None
        )


def test_without_a_planned_run_a_change_waits_for_one(world, act, everything, asked, now):
    with everything():
        ended = make_run(world, state=RunState.ENDED)
        number = make_evaluation(ended).id
        make_run(world, state=RunState.OPEN, predecessor_id=ended.id)
    with act(world.teacher):
        evaluations.submit(world.teacher, number, answers(asked, 5, 2), seen_version=1, now=now)
    with everything() as session:
        assert [row.next_run_id for row in session.scalars(select(ProposedChange))] == [None]


@pytest.mark.parametrize(
    "state", [state for state in EvaluationState if state is not EvaluationState.SUBMITTED]
)
def test_only_a_submitted_one_is_handed_back_or_reviewed(world, act, everything, now, state):
    with everything():
        number = make_evaluation(make_run(world), state=state).id
    with act(world.coordinator), pytest.raises(Refused):
        evaluations.hand_back(world.coordinator, number, "Uddyb", now.date(), now=now)
    with act(world.coordinator), pytest.raises(Refused):
        evaluations.review(world.coordinator, number, now=now)


def test_handed_back_the_school_is_told_and_reminded_anew(world, act, everything, now):
    with everything():
        number = make_evaluation(make_run(world), state=EvaluationState.SUBMITTED, reminded_at=now).id
    with act(world.coordinator):
        evaluations.hand_back(world.coordinator, number, "Uddyb", now.date(), now=now)
    with everything() as session:
        evaluations.remind_evaluations(now=now)
        told = [letter for letter, _ in letters(session)]
        assert told == ["evaluation_handed_back", "evaluation_due"]
