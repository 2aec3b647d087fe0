"""Steps that stand still are chased: first their actor, later the coordinator; one letter per person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from coordination import audit, outbox
from coordination.adapters.danish_holidays import danish_holidays
from coordination.db import db
from coordination.domain.calendar import local_day
from coordination.domain.stalled import ChaseLevel, Patience, StepKind, due_levels
from coordination.models import Chase, Partnership, User
from coordination.queries.accounts import caseworkers, coordinators, teachers
from coordination.queries.stalled import Step, standing_steps

Told = dict[int, Counter[tuple[StepKind, ChaseLevel]]]


def chase(*, now: datetime) -> int:
    """Remind everyone whose step has stood still for too long, once per standstill; returns how many."""
    steps, today = standing_steps(), local_day(now)
    earliest = min((step.since for step in steps), default=now)
    holidays = danish_holidays(local_day(earliest), today)
    patience, done = _patience(), _done(earliest)
    people: dict[int, User] = {}
    told: Told = defaultdict(Counter)
    count = 0
    for step in steps:
        earlier = done.get((step.kind, step.subject_id, step.since), ())
        since = local_day(step.since)
        for level in due_levels(since, today, patience[step.partnership_id], holidays, earlier):
            if not (readers := _readers(step, level)):
                continue
            db.session.add(
                Chase(kind=step.kind, subject_id=step.subject_id, since=step.since, level=level, at=now)
            )
            count += 1
            for user in readers:
                people[user.id] = user
                told[user.id][step.kind, level] += 1
    _write(people, told, now)
    if count:
        audit.record(None, "stalled.chase", "nomination", None, now=now, count=count)
    return count


def _patience() -> dict[int, Patience]:
    rows = db.session.scalars(select(Partnership))
    return {row.id: Patience(row.ask_after_days, row.tell_after_days) for row in rows}


def _done(since: datetime) -> dict[tuple[StepKind, int, datetime], list[ChaseLevel]]:
    done: dict[tuple[StepKind, int, datetime], list[ChaseLevel]] = defaultdict(list)
    for row in db.session.scalars(select(Chase).where(Chase.since >= since)):
        done[row.kind, row.subject_id, row.since].append(row.level)
    return done


def _readers(step: Step, level: ChaseLevel) -> Sequence[User]:
    """Who must act, or who coordinates; a draft is nobody's but its jobcenter's."""
    if level is ChaseLevel.TOLD:
        return () if step.kind is StepKind.DRAFT else coordinators(step.partnership_id)
    if step.school_id is not None:
        return teachers(step.school_id)
    return _named(step.user_id) or caseworkers(step.municipality_id)


def _named(user_id: int | None) -> Sequence[User]:
    user = db.session.get(User, user_id) if user_id else None
    return [user] if user is not None and user.active else ()


def _write(people: dict[int, User], told: Told, now: datetime) -> None:
    for user_id, counted in sorted(told.items()):
        steps = [
            {"kind": str(kind), "own": level is ChaseLevel.ASKED, "count": number}
            for (kind, level), number in sorted(counted.items())
        ]
        outbox.queue("steps_stalled", [people[user_id]], now=now, steps=steps)
