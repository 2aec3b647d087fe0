"""The worklist: one row per person, those who have waited past their date first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, collate, func, select
from sqlalchemy.orm import joinedload

from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.calendar import local_day
from coordination.domain.follow_ups import CloseReason, FollowUpState, Step, Trigger, is_overdue
from coordination.models import Candidate, ContactAttempt, CourseRun, FollowUp, Municipality

PAGE_SIZE = 25


@dataclass(frozen=True)
class FollowUpFilter:
    """What the list is narrowed to; no state means open and closed."""

    state: FollowUpState | None = FollowUpState.OPEN
    mine: bool = False
    run_id: int | None = None
    number: int = 1

    @property
    def narrowed(self) -> bool:
        """True if a way back to the usual list makes sense."""
        return self.state is not FollowUpState.OPEN or self.mine or self.run_id is not None


@dataclass(frozen=True)
class CaseRow:
    """One person on the list, shown by the follow-up that presses most."""

    follow_up_id: int
    name: str
    jobcenter: str
    run: str
    count: int
    trigger: Trigger
    step: Step
    state: FollowUpState
    close_reason: CloseReason | None
    opened_at: datetime
    days_waiting: int
    due_on: date
    overdue: bool
    attempts: int


@dataclass(frozen=True)
class OverviewPage:
    """One page of the list and what can be chosen in its filters."""

    rows: tuple[CaseRow, ...]
    total: int
    number: int
    pages: int
    narrowed: bool
    mine_is_candidates: bool
    sees_jobcenters: bool
    runs: tuple[tuple[int, str], ...]
    person_ids: tuple[int, ...]


def overview_page(actor: Actor, chosen: FollowUpFilter, today: date) -> OverviewPage:
    """The people being followed up within reach: those whose date has passed first, the closed last."""
    people = _people(actor, chosen)
    total = db.session.scalar(select(func.count()).select_from(people.order_by(None).subquery())) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, chosen.number), pages)
    shown = people.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    candidate_ids: Sequence[int] = db.session.scalars(shown).all()
    return OverviewPage(
        rows=_rows(actor, chosen, candidate_ids, today),
        total=total,
        number=number,
        pages=pages,
        narrowed=chosen.narrowed,
        mine_is_candidates=actor.role is Role.JOBCENTER,
        sees_jobcenters=len(actor.municipalities) > 1,
        runs=_runs(),
        person_ids=tuple(candidate_ids),
    )


def _people(actor: Actor, chosen: FollowUpFilter) -> Select[int]:
    due = func.min(case((FollowUp.state == FollowUpState.OPEN, FollowUp.due_on)))
    return (
        select(FollowUp.candidate_id)
        .where(*_conditions(actor, chosen))
        .group_by(FollowUp.candidate_id)
        .order_by(due.is_(None), due, func.max(FollowUp.opened_at).desc(), FollowUp.candidate_id)
    )


def _conditions(actor: Actor, chosen: FollowUpFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if chosen.state is not None:
        conditions.append(FollowUp.state == chosen.state)
    if chosen.run_id is not None:
        conditions.append(FollowUp.course_run_id == chosen.run_id)
    if chosen.mine and actor.role is Role.JOBCENTER:
        own = select(Candidate.id).where(Candidate.caseworker_id == actor.user_id)
        conditions.append(FollowUp.candidate_id.in_(own))
    elif chosen.mine:
        contacted = select(ContactAttempt.follow_up_id).where(ContactAttempt.by_id == actor.user_id)
        conditions.append(FollowUp.id.in_(contacted))
    return conditions


def _rows(
    actor: Actor, chosen: FollowUpFilter, candidate_ids: Sequence[int], today: date
) -> tuple[CaseRow, ...]:
    found = db.session.execute(
        select(FollowUp, Municipality.name)
        .join(Municipality, Municipality.id == FollowUp.municipality_id)
        .where(FollowUp.candidate_id.in_(candidate_ids))
        .where(*_conditions(actor, chosen))
        .options(joinedload(FollowUp.candidate), joinedload(FollowUp.course_run))
        .order_by(FollowUp.state == FollowUpState.CLOSED, FollowUp.due_on, FollowUp.id)
    ).all()
    attempts = _attempts([follow_up.id for follow_up, _ in found])
    cases: dict[int, list[tuple[FollowUp, str]]] = {key: [] for key in candidate_ids}
    for follow_up, jobcenter in found:
        cases[follow_up.candidate_id].append((follow_up, jobcenter))
    return tuple(_row(group, attempts, today) for group in cases.values() if group)


def _row(group: list[tuple[FollowUp, str]], attempts: dict[int, int], today: date) -> CaseRow:
    first, jobcenter = group[0]
    opened = min(follow_up.opened_at for follow_up, _ in group)
    return CaseRow(
        follow_up_id=first.id,
        name=first.candidate.name,
        jobcenter=jobcenter,
        run=first.course_run.title,
        count=len(group),
        trigger=first.trigger,
        step=first.step,
        state=first.state,
        close_reason=first.close_reason,
        opened_at=opened,
        days_waiting=(today - local_day(opened)).days,
        due_on=first.due_on,
        overdue=is_overdue(first.state, first.due_on, today),
        attempts=sum(attempts.get(follow_up.id, 0) for follow_up, _ in group),
    )


def _attempts(follow_up_ids: Sequence[int]) -> dict[int, int]:
    rows: Any = db.session.execute(
        select(ContactAttempt.follow_up_id, func.count(ContactAttempt.id))
        .where(ContactAttempt.follow_up_id.in_(follow_up_ids))
        .group_by(ContactAttempt.follow_up_id)
    )
    return dict(rows.all())


def _runs() -> tuple[tuple[int, str], ...]:
    """The runs with somebody to follow up."""
    rows = db.session.execute(
        select(CourseRun.id, CourseRun.title)
        .where(CourseRun.id.in_(select(FollowUp.course_run_id)))
        .order_by(collate(CourseRun.title, "danish"), CourseRun.id)
    )
    return tuple((run_id, title) for run_id, title in rows)
