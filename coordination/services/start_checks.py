"""Asking the jobcenters shortly before a run begins whether their people come, and what they answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select

from coordination import access, audit, outbox
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.calendar import local_day
from coordination.domain.course_runs import ACCEPTS_NOMINATIONS
from coordination.domain.errors import NotFound, Refused
from coordination.domain.start_checks import ROUNDS, due_round
from coordination.models import CourseRun, Enrolment, StartCheck
from coordination.queries.accounts import caseworkers, coordinators
from coordination.queries.start_checks import answerable, seats_with_checks


def ask(*, now: datetime) -> None:
    """Ask about every participant of runs that begin within a week, once per round; one letter per person."""
    today = local_day(now)
    runs = {run.id: run for run in db.session.scalars(_soon(today))}
    asked: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for seat, _home, checks in seats_with_checks(runs):
        days_before = due_round(runs[seat.course_run_id].starts_on, today)
        if days_before is None or days_before in {check.days_before for check in checks}:
            continue
        db.session.add(_check(seat, days_before, today))
        asked[seat.municipality_id][seat.course_run_id] += 1
    for municipality_id, counts in sorted(asked.items()):
        rows = [_row(runs[run_id], count) for run_id, count in sorted(counts.items())]
        outbox.queue("start_check", caseworkers(municipality_id), now=now, runs=rows)
    if asked:
        count = sum(sum(counts.values()) for counts in asked.values())
        audit.record(None, "start_checks.ask", "course_run", None, now=now, count=count)


def answer(actor: Actor, course_run_id: int, coming: Mapping[int, bool], *, now: datetime) -> int:
    """Say of participants whether they come; returns how many answers are new.

    NotFound for a seat that is not the actor's or not of the run; Refused outside the week before the start.
    A no tells the coordinators, who may give the seat to the next in line.
    """
    run, today = access.one(CourseRun, course_run_id), local_day(now)
    if not answerable(run, today):
        raise Refused("start_check.closed")
    days_before = due_round(run.starts_on, today) or ROUNDS[0]
    found = {seat.id: (seat, checks) for seat, _home, checks in seats_with_checks([run.id])}
    if not set(coming) <= set(found):
        raise NotFound
    changed = []
    for enrolment_id, comes in sorted(coming.items()):
        seat, checks = found[enrolment_id]
        check = next((row for row in checks if row.days_before == days_before), None)
        if check is None:
            check = _check(seat, days_before, today)
            db.session.add(check)
        if check.coming is not comes:
            check.coming, check.answered_at, check.answered_by_id = comes, now, actor.user_id
            changed.append(comes)
    if not all(changed):
        _tell(actor, run, changed.count(False), now)
    if changed:
        audit.record(
            actor,
            "start_checks.answer",
            "course_run",
            run.id,
            now=now,
            coming=changed.count(True),
            not_coming=changed.count(False),
        )
    return len(changed)


def _soon(today: date) -> Select[CourseRun]:
    return (
        select(CourseRun)
        .where(CourseRun.state.in_(ACCEPTS_NOMINATIONS))
        .where(CourseRun.starts_on > today, CourseRun.starts_on <= today + timedelta(days=ROUNDS[0]))
        .order_by(CourseRun.id)
    )


def _check(seat: Enrolment, days_before: int, today: date) -> StartCheck:
    return StartCheck(
        municipality_id=seat.municipality_id,
        school_id=seat.school_id,
        course_run_id=seat.course_run_id,
        enrolment_id=seat.id,
        days_before=days_before,
        asked_on=today,
    )


def _row(run: CourseRun, count: int) -> dict[str, object]:
    starts_on = run.starts_on.isoformat() if run.starts_on else ""
    return {"course_run": run.title, "course_run_id": run.id, "starts_on": starts_on, "count": count}


def _tell(actor: Actor, run: CourseRun, count: int, now: datetime) -> None:
    outbox.queue(
        "start_refused",
        coordinators(run.partnership_id),
        now=now,
        besides=actor.user_id,
        **_row(run, count),
    )
