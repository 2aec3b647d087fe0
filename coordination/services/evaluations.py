"""A school's evaluation of a run: opened when the run ends, filled in, submitted, read."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update

from coordination import audit, outbox
from coordination.db import db
from coordination.domain.calendar import local_day
from coordination.domain.evaluations import EvaluationDeed, EvaluationState, move, needs_reminder
from coordination.models import CourseRun, Evaluation, Partnership
from coordination.queries.accounts import teachers


def open_evaluation(run: CourseRun, *, now: datetime) -> None:
    """Open the evaluation of a run that has ended and tell its school; one opened before stays as it is."""
    evaluation = db.session.scalar(select(Evaluation).where(Evaluation.course_run_id == run.id))
    if evaluation is None:
        evaluation = _draft_of(run, now)
    elif evaluation.state is not EvaluationState.DRAFT:
        return
    evaluation.state = move(evaluation.state, EvaluationDeed.OPEN)
    db.session.flush()  # the letter links to the evaluation
    audit.record(None, "evaluations.open_evaluation", "evaluation", evaluation.id, now=now)
    _write_to_school("evaluation_open", evaluation, run, now)


def remind_evaluations(*, now: datetime) -> None:
    """Remind the schools of evaluations that are due soon, and once more when the deadline has passed."""
    today = local_day(now)
    waiting = db.session.execute(
        select(Evaluation, CourseRun)
        .join(CourseRun, CourseRun.id == Evaluation.course_run_id)
        .where(Evaluation.state == EvaluationState.OPEN)
    )
    for evaluation, run in waiting.all():
        last = local_day(evaluation.reminded_at) if evaluation.reminded_at else None
        if needs_reminder(evaluation.state, evaluation.due_on, today, last):
            letter = "evaluation_overdue" if evaluation.due_on < today else "evaluation_due"
            _write_to_school(letter, evaluation, run, now)
            _stamp_reminder(evaluation.id, now)


def _draft_of(run: CourseRun, now: datetime) -> Evaluation:
    partnership = db.session.get_one(Partnership, run.partnership_id)
    last_day = run.ends_on or local_day(now)
    evaluation = Evaluation(
        partnership_id=run.partnership_id,
        school_id=run.school_id,
        course_run_id=run.id,
        question_set_id=run.question_set_id,
        state=EvaluationState.DRAFT,
        due_on=last_day + timedelta(days=partnership.evaluation_days),
    )
    db.session.add(evaluation)
    return evaluation


def _stamp_reminder(evaluation_id: int, now: datetime) -> None:
    # past the version column: a reminder must not look like a colleague's change to someone who is writing
    db.session.execute(update(Evaluation).where(Evaluation.id == evaluation_id).values(reminded_at=now))


def _write_to_school(letter: str, evaluation: Evaluation, run: CourseRun, now: datetime) -> None:
    outbox.queue(
        letter,
        to=teachers(run.school_id),
        now=now,
        evaluation_id=evaluation.id,
        run=run.title,
        due_on=evaluation.due_on.isoformat(),
    )
