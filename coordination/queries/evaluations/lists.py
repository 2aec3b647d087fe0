"""Lists around evaluations: all of them by what is most urgent, the one of a run, and a set of questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from math import ceil

from sqlalchemy import ColumnElement, case, func, select

from coordination.access import one
from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.errors import NotFound
from coordination.domain.evaluations import EvaluationState, QuestionKind, is_overdue
from coordination.models import CourseRun, Evaluation, Partnership, Question, QuestionSet, School
from coordination.queries.evaluations.facts import RunFacts, facts_of
from coordination.queries.languages import spoken

PER_PAGE = 25
WAITING = (EvaluationState.DRAFT, EvaluationState.OPEN)


@dataclass(frozen=True)
class EvaluationRow:
    """One evaluation on a list."""

    id: int
    run_id: int
    run_title: str
    school: str
    state: EvaluationState
    due_on: date
    overdue: bool
    submitted_at: datetime | None


@dataclass(frozen=True)
class OverviewPage:
    """The evaluations within reach, the most urgent first."""

    rows: tuple[EvaluationRow, ...]
    number: int
    pages: int
    total: int
    overdue: int
    at_school: bool


@dataclass(frozen=True)
class OfRunPage:
    """Where the evaluation of one run stands; None before the run has ended."""

    evaluation: EvaluationRow | None
    opens_after: date | None
    question_set_id: int
    facts: RunFacts
    at_school: bool


@dataclass(frozen=True)
class QuestionLine:
    """One question of a set."""

    kind: QuestionKind
    required: bool
    threshold: int | None
    topic: str
    text: str


@dataclass(frozen=True)
class QuestionSetPage:
    """A set of questions and how many runs it belongs to; a used one is locked."""

    title: str
    edition: int
    questions: tuple[QuestionLine, ...]
    used_by: int


def overview_page(actor: Actor, today: date, number: int = 1) -> OverviewPage:
    """A page of evaluations: overdue ones first, then what waits for the reader, then the rest."""
    at_school = actor.role is Role.SCHOOL
    total = db.session.scalar(select(func.count(Evaluation.id))) or 0
    pages = max(1, ceil(total / PER_PAGE))
    number = min(max(number, 1), pages)
    found = db.session.execute(
        select(Evaluation, CourseRun.title, School.name)
        .join(CourseRun, CourseRun.id == Evaluation.course_run_id)
        .join(School, School.id == Evaluation.school_id)
        .order_by(_urgency(today, at_school=at_school), Evaluation.due_on, Evaluation.id)
        .offset((number - 1) * PER_PAGE)
        .limit(PER_PAGE)
    )
    late = select(func.count(Evaluation.id)).where(Evaluation.state.in_(WAITING), Evaluation.due_on < today)
    return OverviewPage(
        rows=tuple(_row(evaluation, title, school, today) for evaluation, title, school in found),
        number=number,
        pages=pages,
        total=total,
        overdue=db.session.scalar(late) or 0,
        at_school=at_school,
    )


def of_run_page(actor: Actor, course_run_id: int, today: date) -> OfRunPage:
    """The evaluation of a run, with the facts of the run so far."""
    run = one(CourseRun, course_run_id)
    found = db.session.execute(
        select(Evaluation, School.name)
        .join(School, School.id == Evaluation.school_id)
        .where(Evaluation.course_run_id == run.id)
    ).first()
    return OfRunPage(
        evaluation=_row(found[0], run.title, found[1], today) if found else None,
        opens_after=run.ends_on,
        question_set_id=run.question_set_id,
        facts=facts_of(actor, run, today),
        at_school=actor.role is Role.SCHOOL,
    )


def question_set_page(actor: Actor, question_set_id: int) -> QuestionSetPage:
    """The questions of a set in their order; for a school only those of its own runs."""
    questions = one(QuestionSet, question_set_id)
    asked = select(Question).where(Question.question_set_id == questions.id).order_by(Question.position)
    runs = select(func.count(CourseRun.id)).where(CourseRun.question_set_id == questions.id)
    used = db.session.scalar(runs) or 0
    if actor.role is Role.SCHOOL and not used:
        raise NotFound
    low_score = db.session.get_one(Partnership, questions.partnership_id).low_score
    return QuestionSetPage(
        title=questions.title,
        edition=questions.edition,
        questions=tuple(
            QuestionLine(
                kind=row.kind,
                required=row.required,
                threshold=low_score if row.threshold is None else row.threshold,
                topic=spoken(actor, row.topic, row.topic_en),
                text=spoken(actor, row.text, row.text_en),
            )
            for row in db.session.scalars(asked)
        ),
        used_by=used,
    )


def _urgency(today: date, *, at_school: bool) -> ColumnElement[int]:
    """Overdue, then what the reader has to do next: a school fills in, a coordinator reads."""
    mine = EvaluationState.OPEN if at_school else EvaluationState.SUBMITTED
    return case(
        (Evaluation.state.in_(WAITING) & (Evaluation.due_on < today), 0),
        (Evaluation.state == mine, 1),
        (Evaluation.state.in_((*WAITING, EvaluationState.SUBMITTED)), 2),
        else_=3,
    )


def _row(evaluation: Evaluation, title: str, school: str, today: date) -> EvaluationRow:
    return EvaluationRow(
        id=evaluation.id,
        run_id=evaluation.course_run_id,
        run_title=title,
        school=school,
        state=evaluation.state,
        due_on=evaluation.due_on,
        overdue=is_overdue(evaluation.state, evaluation.due_on, today),
        submitted_at=evaluation.submitted_at,
    )
