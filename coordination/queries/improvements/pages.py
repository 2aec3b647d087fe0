"""Pages of proposed changes: the list, one of them, those of a run, and a new one from an answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from sqlalchemy import ColumnElement, func, select

from coordination.access import one
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.course_runs import RunState
from coordination.domain.errors import NotFound
from coordination.domain.evaluations import READABLE, QuestionKind
from coordination.domain.improvements import ChangeSource, ChangeState
from coordination.domain.permissions import Permission, allowed
from coordination.models import Answer, CourseRun, Evaluation, ProposedChange, Question, User
from coordination.queries.improvements.changes import (
    ChangeRow,
    changes_from_run,
    changes_of_run,
    next_run_is_planned,
    rows_where,
    undecided_count,
)
from coordination.queries.languages import spoken

PER_PAGE = 25


class Shown(StrEnum):
    """Which changes a list shows."""

    UNDECIDED = "undecided"
    DECIDED = "decided"


@dataclass(frozen=True)
class OverviewPage:
    """A page of proposed changes, and the runs they came of."""

    rows: tuple[ChangeRow, ...]
    runs: tuple[tuple[int, str], ...]
    number: int
    pages: int
    total: int
    may_decide: bool


@dataclass(frozen=True)
class DetailPage:
    """One proposed change beside what it rests on."""

    change: ChangeRow
    question: str
    proposed_by: str
    decided_by: str
    may_decide: bool
    values: dict[str, object]


@dataclass(frozen=True)
class OfRunPage:
    """What earlier runs ask of this one, and what this one asks of the next."""

    carried: tuple[ChangeRow, ...]
    proposed: tuple[ChangeRow, ...]
    undecided: int
    is_draft: bool
    may_decide: bool


@dataclass(frozen=True)
class NewPage:
    """The answer that a change is worded from."""

    answer_id: int
    evaluation_id: int
    run_title: str
    question: str
    quote: str
    score: int | None
    is_score: bool
    values: dict[str, object]


def overview_page(
    actor: Actor, *, shown: Shown | None = None, run_id: int | None = None, number: int = 1
) -> OverviewPage:
    """The changes within reach, the undecided first; `run_id` is the run they came of."""
    conditions = _filters(shown, run_id)
    total = db.session.scalar(select(func.count(ProposedChange.id)).where(*conditions)) or 0
    pages = max(1, ceil(total / PER_PAGE))
    number = min(max(number, 1), pages)
    return OverviewPage(
        rows=rows_where(*conditions, offset=(number - 1) * PER_PAGE, limit=PER_PAGE),
        runs=_runs_with_changes(),
        number=number,
        pages=pages,
        total=total,
        may_decide=allowed(actor.role, Permission.DECIDE_PROPOSED_CHANGE),
    )


def detail_page(actor: Actor, change_id: int) -> DetailPage:
    """One proposed change; a decision may be changed while the next run is planned."""
    change = one(ProposedChange, change_id)
    row = rows_where(ProposedChange.id == change.id)[0]
    question = db.session.get(Question, row.question_id) if row.question_id else None
    return DetailPage(
        change=row,
        question=spoken(actor, question.text, question.text_en) if question else "",
        proposed_by=_name(change.created_by_id),
        decided_by=_name(change.decided_by_id),
        may_decide=allowed(actor.role, Permission.DECIDE_PROPOSED_CHANGE) and _undecided_or_planned(row),
        values={
            "decision": None if row.state is ChangeState.PROPOSED else row.state,
            "reason": row.reason,
            "wording": row.decided_wording or ("" if row.source is ChangeSource.LOW_SCORE else row.wording),
            "owner": row.owner,
            "due_on": row.due_on,
            "seen_version": row.version,
        },
    )


def of_run_page(actor: Actor, course_run_id: int) -> OfRunPage:
    """The changes of a run in both directions."""
    run = one(CourseRun, course_run_id)
    return OfRunPage(
        carried=changes_of_run(run.id),
        proposed=changes_from_run(run.id),
        undecided=undecided_count(run.id),
        is_draft=run.state is RunState.DRAFT,
        may_decide=allowed(actor.role, Permission.DECIDE_PROPOSED_CHANGE),
    )


def new_page(actor: Actor, answer_id: int) -> NewPage:
    """The words of a submitted answer, ready to be turned into a proposed change; else NotFound."""
    answer = one(Answer, answer_id)
    evaluation = one(Evaluation, answer.evaluation_id)
    question = one(Question, answer.question_id)
    run = one(CourseRun, evaluation.course_run_id)
    if evaluation.state not in READABLE or not answer.text:
        raise NotFound
    return NewPage(
        answer_id=answer.id,
        evaluation_id=evaluation.id,
        run_title=run.title,
        question=spoken(actor, question.text, question.text_en),
        quote=answer.text,
        score=answer.score,
        is_score=question.kind is QuestionKind.SCORE,
        values={"title": question.topic},
    )


def _filters(shown: Shown | None, run_id: int | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if shown is Shown.UNDECIDED:
        conditions.append(ProposedChange.state == ChangeState.PROPOSED)
    if shown is Shown.DECIDED:
        conditions.append(ProposedChange.state != ChangeState.PROPOSED)
    if run_id is not None:
        conditions.append(ProposedChange.course_run_id == run_id)
    return conditions


def _runs_with_changes() -> tuple[tuple[int, str], ...]:
    with_changes = select(ProposedChange.course_run_id)
    found = select(CourseRun.id, CourseRun.title).where(CourseRun.id.in_(with_changes))
    return tuple((run_id, title) for run_id, title in db.session.execute(found.order_by(CourseRun.id.desc())))


def _undecided_or_planned(row: ChangeRow) -> bool:
    return row.state is ChangeState.PROPOSED or next_run_is_planned(row.next_run_id)


def _name(user_id: int | None) -> str:
    return (db.session.scalar(select(User.name).where(User.id == user_id)) or "") if user_id else ""
