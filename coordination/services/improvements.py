"""Proposed changes: carried along to the next run, worded from an answer, and decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordination import audit, outbox
from coordination.access import one
from coordination.db import db, system_session
from coordination.db.engine import reading
from coordination.domain import improvements as domain
from coordination.domain.actors import Actor
from coordination.domain.course_runs import RunState
from coordination.domain.errors import NotFound, Stale
from coordination.domain.evaluations import READABLE, Finding, Question
from coordination.domain.improvements import ChangeSource, ChangeState, Proposal
from coordination.models import Answer, CourseRun, Evaluation, ProposedChange
from coordination.queries.accounts import teachers
from coordination.queries.improvements import next_run_is_planned


def carry_along(actor: Actor, from_run: CourseRun, next_run: CourseRun, *, now: datetime) -> int:
    """Give the next run every change of the earlier runs that no other run was given; returns how many."""
    cancelled = select(CourseRun.id).where(CourseRun.state == RunState.CANCELLED)
    changes = db.session.scalars(
        select(ProposedChange)
        .where(ProposedChange.course_run_id.in_(_line_of(from_run)))
        .where(or_(ProposedChange.next_run_id.is_(None), ProposedChange.next_run_id.in_(cancelled)))
    ).all()
    for change in changes:
        change.next_run_id = next_run.id
    count = len(changes)
    if count:
        audit.record(actor, "improvements.carry_along", "course_run", next_run.id, now=now, count=count)
    return count


def hold_line(run: CourseRun) -> None:
    """Lock the runs this one was planned from, so that none of them asks it for a change meanwhile."""
    line = select(CourseRun.id).where(CourseRun.id.in_(_line_of(run)[1:])).order_by(CourseRun.id)
    db.session.scalars(line.with_for_update()).all()


def propose_by_rule(
    actor: Actor,
    evaluation: Evaluation,
    questions: Sequence[Question],
    answers: Mapping[int, Answer],
    findings: Sequence[Finding],
    *,
    now: datetime,
) -> int:
    """Propose a change for each low score of a submitted evaluation; returns how many.

    After it was handed back, what the rule proposed then and nobody decided gives way to the new answers.
    """
    decided = _settle_earlier(evaluation.id)
    proposals = domain.proposals_from(questions, findings, decided)
    next_run_id = _next_draft(actor, evaluation.course_run_id) if proposals else None
    for proposal in proposals:
        answer = answers[proposal.question_id or 0]
        db.session.add(_change(proposal, answer, evaluation, next_run_id, now))
    return len(proposals)


def propose(
    actor: Actor,
    answer_id: int,
    *,
    title: str,
    wording: str,
    owner: str,
    due_on: date | None,
    now: datetime,
) -> ProposedChange:
    """Turn the words of a submitted answer into a proposed change."""
    answer = one(Answer, answer_id)
    evaluation = one(Evaluation, answer.evaluation_id, lock=True)
    if evaluation.state not in READABLE or not answer.text:
        raise NotFound
    proposal = domain.propose(ChangeSource.TEXT, title, wording, answer.question_id, owner=owner)
    change = _change(proposal, answer, evaluation, _next_draft(actor, evaluation.course_run_id), now)
    change.due_on, change.created_by_id = due_on, actor.user_id
    db.session.add(change)
    db.session.flush()  # the record names the change
    audit.record(actor, "improvements.propose", "proposed_change", change.id, now=now)
    return change


def decide(
    actor: Actor,
    change_id: int,
    decision: ChangeState,
    *,
    reason: str,
    wording: str,
    owner: str,
    due_on: date | None,
    seen_version: int,
    now: datetime,
) -> int:
    """Decide a proposed change; returns how many of its run are still undecided.

    When none is left, the teachers of that run are told what became of their words.
    """
    run = one(CourseRun, one(ProposedChange, change_id).course_run_id, lock=True)
    change = one(ProposedChange, change_id, lock=True)
    if change.version != seen_version:
        raise Stale("row.changed")
    settled = domain.decide(
        change.state,
        decision,
        reason=reason,
        wording=wording,
        owner=owner,
        proposed_wording=change.wording,
        next_run_is_draft=next_run_is_planned(change.next_run_id),
    )
    before = change.state
    _store_decision(actor, change, settled, due_on, now)
    audit.record(
        actor,
        "improvements.decide",
        "proposed_change",
        change.id,
        now=now,
        before=before,
        after=settled.state,
    )
    return _tell_school(actor, run, before, now)


def _store_decision(
    actor: Actor, change: ProposedChange, settled: domain.Decision, due_on: date | None, now: datetime
) -> None:
    change.state, change.decision_note = settled.state, settled.reason
    change.decided_wording, change.owner = settled.wording, settled.owner
    change.due_on = None if settled.state is ChangeState.DECLINED else due_on
    change.decided_by_id, change.decided_at = actor.user_id, now


def _tell_school(actor: Actor, run: CourseRun, before: ChangeState, now: datetime) -> int:
    """Write once, when the last undecided change is decided: not again when a decision is changed."""
    states = db.session.scalars(
        select(ProposedChange.state).where(ProposedChange.course_run_id == run.id)
    ).all()
    left = domain.undecided(states)
    if before is ChangeState.PROPOSED and not left:
        outbox.queue(
            "changes_decided",
            to=teachers(run.school_id),
            now=now,
            besides=actor.user_id,
            run_id=run.id,
            run=run.title,
            count=len(states),
        )
    return left


def _settle_earlier(evaluation_id: int) -> set[int]:
    """The questions whose proposal by rule is decided; those undecided are taken away."""
    earlier = db.session.execute(
        select(ProposedChange, Answer.question_id)
        .join(Answer, Answer.id == ProposedChange.answer_id)
        .where(Answer.evaluation_id == evaluation_id)
        .where(ProposedChange.source == ChangeSource.LOW_SCORE)
    ).all()
    for change, _ in earlier:
        if change.state is ChangeState.PROPOSED:
            db.session.delete(change)
    return {question_id for change, question_id in earlier if change.state is not ChangeState.PROPOSED}


def _change(
    proposal: Proposal, answer: Answer, evaluation: Evaluation, next_run_id: int | None, now: datetime
) -> ProposedChange:
    return ProposedChange(
        partnership_id=evaluation.partnership_id,
        school_id=evaluation.school_id,
        course_run_id=evaluation.course_run_id,
        next_run_id=next_run_id,
        answer_id=answer.id,
        source=proposal.source,
        title=proposal.title,
        wording=proposal.wording,
        evidence=domain.quoted(answer.text),
        score=proposal.score,
        owner=proposal.owner,
        state=ChangeState.PROPOSED,
        created_at=now,
    )


def _line_of(run: CourseRun) -> list[int]:
    """The run and those it was planned from, back to the first."""
    line = [run.id]
    before = run.predecessor_id
    while before is not None and before not in line:
        line.append(before)
        before = db.session.scalar(select(CourseRun.predecessor_id).where(CourseRun.id == before))
    return line


def _next_draft(actor: Actor, course_run_id: int) -> int | None:
    """The run planned from this one that is still a draft; a school does not reach one at another school.

    That one cannot be locked from here, so it is kept from opening by a lock on the run it was planned from.
    """
    found = _draft_after(db.session(), course_run_id, lock=True)
    if found is not None or actor.school_id is None:
        return found
    one(CourseRun, course_run_id, lock=True)
    token = reading.set(True)  # a second connection may not wait for the write lock this request holds
    try:
        with system_session("next_draft") as session:
            return _draft_after(session, course_run_id, lock=False)
    finally:
        reading.reset(token)


def _draft_after(session: Session, course_run_id: int, *, lock: bool) -> int | None:
    """The nearest draft among the runs planned from this one; locked, it cannot be opened meanwhile."""
    before = [course_run_id]
    while before:
        following = select(CourseRun.id, CourseRun.state).where(CourseRun.predecessor_id.in_(before))
        ordered = following.order_by(CourseRun.id)
        found = session.execute(ordered.with_for_update() if lock else ordered).all()
        drafts = [run_id for run_id, state in found if state is RunState.DRAFT]
        if drafts:
            return drafts[0]
        before = [run_id for run_id, _ in found]
    return None
