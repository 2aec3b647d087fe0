"""One evaluation: its questions and answers, who wrote them, and the facts of the run beside them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coordination.access import one
from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.errors import NotFound
from coordination.domain.evaluations import READABLE, EvaluationState, QuestionKind, is_overdue, new_due
from coordination.models import Answer, CourseRun, Evaluation, Question, QuestionSet, User
from coordination.queries.evaluations.facts import RunFacts, facts_of
from coordination.queries.improvements import ChangeRow, changes_of_evaluation
from coordination.queries.languages import spoken


@dataclass(frozen=True)
class QuestionRow:
    """A question with its answer, who wrote it last, and how many changes came of it."""

    id: int
    kind: QuestionKind
    required: bool
    topic: str
    text: str
    answer_id: int | None
    score: int | None
    answer: str
    by: str
    at: datetime | None
    changes: int


@dataclass(frozen=True)
class AnswersPage:
    """An evaluation as its school fills it in, or as the coordinator reads it."""

    id: int
    state: EvaluationState
    due_on: date
    overdue: bool
    version: int
    run_id: int
    run_title: str
    school: str
    question_set_id: int
    question_set_title: str
    question_set_edition: int
    questions: tuple[QuestionRow, ...]
    facts: RunFacts
    written_by: str
    written_at: datetime | None
    submitted_by: str
    submitted_at: datetime | None
    reviewed_at: datetime | None
    hand_back_reason: str
    changes: tuple[ChangeRow, ...]
    may_fill: bool
    may_read: bool
    may_judge: bool
    may_propose: bool


@dataclass(frozen=True)
class HandingBackPage:
    """What the coordinator is asked before an evaluation goes back to its school."""

    id: int
    run_title: str
    school: str
    values: dict[str, date]


def answers_page(actor: Actor, evaluation_id: int, today: date) -> AnswersPage:
    """The evaluation with its facts; a draft's answers are for the school alone."""
    evaluation = one(Evaluation, evaluation_id)
    run = _run_of(evaluation)
    questions = one(QuestionSet, evaluation.question_set_id)
    at_school = actor.role is Role.SCHOOL
    may_read = at_school or evaluation.state in READABLE
    changes = changes_of_evaluation(evaluation.id)
    rows = _rows(actor, evaluation, changes, answers_told=may_read)
    last = max((row for row in rows if row.at), key=_written_at, default=None)
    return AnswersPage(
        id=evaluation.id,
        state=evaluation.state,
        due_on=evaluation.due_on,
        overdue=is_overdue(evaluation.state, evaluation.due_on, today),
        version=evaluation.version,
        run_id=run.id,
        run_title=run.title,
        school=run.school.name,
        question_set_id=questions.id,
        question_set_title=questions.title,
        question_set_edition=questions.edition,
        questions=rows,
        facts=facts_of(actor, run, today),
        written_by=last.by if last else "",
        written_at=last.at if last else None,
        submitted_by=_name(evaluation.submitted_by_id),
        submitted_at=evaluation.submitted_at,
        reviewed_at=evaluation.reviewed_at,
        hand_back_reason=evaluation.hand_back_reason,
        changes=changes,
        may_fill=at_school and evaluation.state is EvaluationState.OPEN,
        may_read=may_read,
        may_judge=not at_school and evaluation.state is EvaluationState.SUBMITTED,
        may_propose=not at_school and evaluation.state in READABLE,
    )


def handing_back_page(_actor: Actor, evaluation_id: int, today: date) -> HandingBackPage:
    """The evaluation to hand back; NotFound unless it is submitted."""
    evaluation = one(Evaluation, evaluation_id)
    if evaluation.state is not EvaluationState.SUBMITTED:
        raise NotFound
    run = _run_of(evaluation)
    return HandingBackPage(
        id=evaluation.id,
        run_title=run.title,
        school=run.school.name,
        values={"due_on": new_due(evaluation.due_on, today)},
    )


def _run_of(evaluation: Evaluation) -> CourseRun:
    return db.session.scalars(
        select(CourseRun)
        .where(CourseRun.id == evaluation.course_run_id)
        .options(joinedload(CourseRun.school))
    ).one()


def _rows(
    actor: Actor, evaluation: Evaluation, changes: tuple[ChangeRow, ...], *, answers_told: bool
) -> tuple[QuestionRow, ...]:
    asked = db.session.scalars(
        select(Question)
        .where(Question.question_set_id == evaluation.question_set_id)
        .order_by(Question.position)
    )
    answers = _answers(evaluation.id) if answers_told else {}
    proposed = Counter(change.question_id for change in changes)
    return tuple(_row(actor, question, answers.get(question.id), proposed[question.id]) for question in asked)


def _answers(evaluation_id: int) -> dict[int, tuple[Answer, str]]:
    found = db.session.execute(
        select(Answer, User.name)
        .join(User, User.id == Answer.by_id)
        .where(Answer.evaluation_id == evaluation_id)
    )
    return {answer.question_id: (answer, name) for answer, name in found}


def _row(actor: Actor, question: Question, written: tuple[Answer, str] | None, changes: int) -> QuestionRow:
    answer, name = written or (None, "")
    return QuestionRow(
        id=question.id,
        kind=question.kind,
        required=question.required,
        topic=spoken(actor, question.topic, question.topic_en),
        text=spoken(actor, question.text, question.text_en),
        answer_id=answer.id if answer else None,
        score=answer.score if answer else None,
        answer=answer.text if answer else "",
        by=name,
        at=answer.at if answer else None,
        changes=changes,
    )


def _written_at(row: QuestionRow) -> float:
    return row.at.timestamp() if row.at else 0.0


def _name(user_id: int | None) -> str:
    return (db.session.scalar(select(User.name).where(User.id == user_id)) or "") if user_id else ""
