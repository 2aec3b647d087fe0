"""A school's evaluation of a run: opened when the run ends, filled in, submitted, read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm.attributes import flag_modified

from coordination import audit, outbox
from coordination.access import one
from coordination.db import db
from coordination.domain import course_runs
from coordination.domain import evaluations as domain
from coordination.domain.actors import Actor
from coordination.domain.calendar import local_day
from coordination.domain.course_runs import RunDeed, RunState
from coordination.domain.evaluations import EvaluationDeed, EvaluationState, move, needs_reminder
from coordination.models import Answer, CourseRun, Evaluation, Partnership, Question, User
from coordination.queries.accounts import coordinators, teachers
from coordination.services.improvements import propose_by_rule

Answers = Mapping[int, domain.Answer]


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
    _write("evaluation_open", teachers(run.school_id), evaluation, run, now)


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
            _write(letter, teachers(run.school_id), evaluation, run, now)
            _stamp_reminder(evaluation.id, now)


def save_answers(
    actor: Actor, evaluation_id: int, answers: Answers, *, seen_version: int, now: datetime
) -> int:
    """Keep a draft as it stands and return its version; Stale when a colleague saved other answers since."""
    evaluation = one(Evaluation, evaluation_id, lock=True)
    domain.fillable(evaluation.state)
    stored = _stored_answers(evaluation)
    settled = domain.check_answers(_questions(evaluation), answers, final=False)
    if settled == _said(stored):
        return evaluation.version
    domain.check_seen(evaluation.version, seen_version)
    _store(actor, evaluation, stored, settled, now)
    flag_modified(evaluation, "state")  # raises the version: the answers are rows of their own
    audit.record(
        actor, "evaluations.save_answers", "evaluation", evaluation.id, now=now, answers=len(settled)
    )
    db.session.flush()  # the next save tells the version it has seen
    return evaluation.version


def submit(actor: Actor, evaluation_id: int, answers: Answers, *, seen_version: int, now: datetime) -> int:
    """Finish an evaluation: its low scores propose changes, and the coordinators are told; returns how many.

    Sending the same answers twice is done once.
    """
    evaluation = one(Evaluation, evaluation_id, lock=True)
    run = one(CourseRun, evaluation.course_run_id)
    stored, questions = _stored_answers(evaluation), _questions(evaluation)
    same = domain.check_answers(questions, answers, final=False) == _said(stored)
    if same and evaluation.submitted_by_id == actor.user_id and evaluation.state is EvaluationState.SUBMITTED:
        return 0
    domain.fillable(evaluation.state)
    if not same:
        domain.check_seen(evaluation.version, seen_version)
    done = domain.submit(evaluation.state, questions, answers)
    rows = _store(actor, evaluation, stored, done.answers, now)
    evaluation.state, evaluation.hand_back_reason = done.state, ""
    evaluation.submitted_at, evaluation.submitted_by_id = now, actor.user_id
    db.session.flush()  # a proposed change points to its answer
    proposed = propose_by_rule(actor, evaluation, questions, rows, done.findings, now=now)
    audit.record(actor, "evaluations.submit", "evaluation", evaluation.id, now=now, proposed=proposed)
    readers = coordinators(run.partnership_id)
    _write("evaluation_submitted", readers, evaluation, run, now, besides=actor.user_id, proposed=proposed)
    return proposed


def hand_back(actor: Actor, evaluation_id: int, reason: str, due_on: date | None, *, now: datetime) -> None:
    """Send a submitted evaluation back to its school, with a reason and a new deadline."""
    evaluation = one(Evaluation, evaluation_id, lock=True)
    run = one(CourseRun, evaluation.course_run_id)
    back = domain.hand_back(evaluation.state, reason, due_on, local_day(now))
    evaluation.state, evaluation.hand_back_reason, evaluation.due_on = back.state, back.reason, back.due
    evaluation.reminded_at = None
    audit.record(actor, "evaluations.hand_back", "evaluation", evaluation.id, now=now)
    _write("evaluation_handed_back", teachers(run.school_id), evaluation, run, now, besides=actor.user_id)


def review(actor: Actor, evaluation_id: int, *, now: datetime) -> None:
    """Note that the coordinator has read a submitted evaluation; a run that had ended is evaluated."""
    evaluation = one(Evaluation, evaluation_id, lock=True)
    run = one(CourseRun, evaluation.course_run_id, lock=True)
    evaluation.state, evaluation.reviewed_at = move(evaluation.state, EvaluationDeed.REVIEW), now
    if run.state is RunState.ENDED:
        run.state = course_runs.move(run.state, RunDeed.EVALUATE)
    audit.record(actor, "evaluations.review", "evaluation", evaluation.id, now=now)


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


def _questions(evaluation: Evaluation) -> list[domain.Question]:
    """The questions of the set; one without a threshold of its own has the partnership's."""
    low_score = db.session.get_one(Partnership, evaluation.partnership_id).low_score
    asked = select(Question).where(Question.question_set_id == evaluation.question_set_id)
    return [
        domain.Question(
            id=row.id,
            kind=row.kind,
            required=row.required,
            text=row.text,
            threshold=low_score if row.threshold is None else row.threshold,
            topic=row.topic,
        )
        for row in db.session.scalars(asked.order_by(Question.position))
    ]


def _stored_answers(evaluation: Evaluation) -> dict[int, Answer]:
    rows = db.session.scalars(select(Answer).where(Answer.evaluation_id == evaluation.id))
    return {row.question_id: row for row in rows}


def _said(stored: dict[int, Answer]) -> dict[int, domain.Answer]:
    said = {question_id: domain.Answer(row.score, row.text) for question_id, row in stored.items()}
    return {question_id: answer for question_id, answer in said.items() if answer != domain.Answer()}


def _store(
    actor: Actor, evaluation: Evaluation, stored: dict[int, Answer], settled: Answers, now: datetime
) -> dict[int, Answer]:
    """Write what differs, in the name of who wrote it; an answer taken back stays as an empty row."""
    for question_id in stored.keys() | settled.keys():
        answer = settled.get(question_id, domain.Answer())
        row = stored.get(question_id)
        if row and domain.Answer(row.score, row.text) == answer:
            continue
        if row is None:
            row = stored[question_id] = _blank(evaluation, question_id)
        row.score, row.text, row.by_id, row.at = answer.score, answer.text, actor.user_id, now
    return stored


def _blank(evaluation: Evaluation, question_id: int) -> Answer:
    row = Answer(
        partnership_id=evaluation.partnership_id,
        school_id=evaluation.school_id,
        evaluation_id=evaluation.id,
        question_id=question_id,
    )
    db.session.add(row)
    return row


def _stamp_reminder(evaluation_id: int, now: datetime) -> None:
    # past the version column: a reminder must not look like a colleague's change to someone who is writing
    db.session.execute(update(Evaluation).where(Evaluation.id == evaluation_id).values(reminded_at=now))


def _write(
    letter: str,
    to: Sequence[User],
    evaluation: Evaluation,
    run: CourseRun,
    now: datetime,
    *,
    besides: int | None = None,
    **facts: object,
) -> None:
    due_on = evaluation.due_on.isoformat()
    told = {"evaluation_id": evaluation.id, "run": run.title, "due_on": due_on, **facts}
    outbox.queue(letter, to=to, now=now, besides=besides, **told)
