"""Rows of proposed changes, and what still keeps a run from opening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, select

from coordination.access import one
from coordination.db import db
from coordination.domain.course_runs import RunState
from coordination.domain.improvements import ChangeSource, ChangeState
from coordination.models import Answer, CourseRun, ProposedChange


@dataclass(frozen=True)
class ChangeRow:
    """One proposed change with its evidence and, once decided, what became of it."""

    id: int
    title: str
    wording: str
    evidence: str
    source: ChangeSource
    score: int | None
    state: ChangeState
    decided_wording: str
    reason: str
    owner: str
    due_on: date | None
    run_id: int
    run_title: str
    next_run_id: int | None
    next_run_title: str | None
    evaluation_id: int | None
    question_id: int | None
    created_at: datetime
    decided_at: datetime | None
    version: int


def undecided_count(course_run_id: int) -> int:
    """How many proposed changes still keep this run from opening for nominations."""
    waiting = select(func.count(ProposedChange.id)).where(
        ProposedChange.next_run_id == course_run_id, ProposedChange.state == ChangeState.PROPOSED
    )
    return db.session.scalar(waiting) or 0


def next_run_is_planned(next_run_id: int | None) -> bool:
    """True while the run that was given a change may still be planned by it, or has yet to be planned."""
    if next_run_id is None:
        return True
    return one(CourseRun, next_run_id).state in {RunState.DRAFT, RunState.CANCELLED}


def changes_of_run(course_run_id: int) -> tuple[ChangeRow, ...]:
    """The changes that this run was given to decide, the undecided first."""
    return rows_where(ProposedChange.next_run_id == course_run_id)


def changes_from_run(course_run_id: int) -> tuple[ChangeRow, ...]:
    """The changes that came of this run, the undecided first."""
    return rows_where(ProposedChange.course_run_id == course_run_id)


def changes_of_evaluation(evaluation_id: int) -> tuple[ChangeRow, ...]:
    """The changes that came of the answers of an evaluation, the undecided first."""
    return rows_where(Answer.evaluation_id == evaluation_id)


def rows_where(
    *conditions: ColumnElement[bool], offset: int = 0, limit: int | None = None
) -> tuple[ChangeRow, ...]:
    """The changes that meet the conditions, the undecided first, then the newest."""
    undecided_first = ProposedChange.state != ChangeState.PROPOSED
    statement = (
        _changes()
        .where(*conditions)
        .order_by(undecided_first, ProposedChange.created_at.desc(), ProposedChange.id)
        .offset(offset)
        .limit(limit)
    )
    found = db.session.execute(statement).all()
    titles = _titles({change.next_run_id for change, *_ in found})
    return tuple(_row(*parts, titles) for parts in found)


def _titles(run_ids: set[int | None]) -> dict[int | None, str]:
    """Titles of runs; one outside the actor's reach, at another school, has none."""
    known = select(CourseRun.id, CourseRun.title).where(CourseRun.id.in_(run_ids - {None}))
    return {run_id: title for run_id, title in db.session.execute(known)}  # noqa: C416 (a row is no pair to mypy)


def _changes() -> Select[ProposedChange, str, int, int]:
    return (
        select(ProposedChange, CourseRun.title, Answer.evaluation_id, Answer.question_id)
        .join(CourseRun, CourseRun.id == ProposedChange.course_run_id)
        .outerjoin(Answer, Answer.id == ProposedChange.answer_id)
    )


def _row(
    change: ProposedChange,
    run_title: str,
    evaluation_id: int | None,
    question_id: int | None,
    titles: dict[int | None, str],
) -> ChangeRow:
    return ChangeRow(
        id=change.id,
        title=change.title,
        wording=change.wording,
        evidence=change.evidence,
        source=change.source,
        score=change.score,
        state=change.state,
        decided_wording=change.decided_wording,
        reason=change.decision_note,
        owner=change.owner,
        due_on=change.due_on,
        run_id=change.course_run_id,
        run_title=run_title,
        next_run_id=change.next_run_id,
        next_run_title=titles.get(change.next_run_id),
        evaluation_id=evaluation_id,
        question_id=question_id,
        created_at=change.created_at,
        decided_at=change.decided_at,
        version=change.version,
    )
