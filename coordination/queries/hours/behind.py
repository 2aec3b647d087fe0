"""Whose school hours will not reach the target in time: counted for all people at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.attendance import MarkStatus
from coordination.domain.candidates import Scheme
from coordination.domain.hours import Factor, Teaching, kind_of, settle_account
from coordination.domain.pace import Pace, PaceState, Span, pace
from coordination.models import (
    Candidate,
    CourseRun,
    CourseSession,
    Enrolment,
    Mark,
    Municipality,
    TrackModule,
)
from coordination.queries import nominations
from coordination.queries.hours.account import span_of
from coordination.queries.hours.teaching import elsewhere_of, factors, kinds_of_tracks
from coordination.queries.rules import igu_rules


@dataclass(frozen=True)
class BehindRow:
    """A person who is behind: counted minutes, the target, and where it leads."""

    candidate_id: int
    name: str
    municipality: str
    counted: Fraction
    span: Span
    pace: Pace


@dataclass(frozen=True)
class BehindPage:
    """The people who are behind, the latest first."""

    rows: tuple[BehindRow, ...]
    sees_municipality: bool
    person_ids: tuple[int, ...]


def behind_page(actor: Actor, today: date) -> BehindPage:
    """Everyone on an IGU who at this pace reaches the target too late or never, as far as the actor knows."""
    rows = sorted(
        _behind(actor, today), key=lambda row: (-(row.pace.days_late or date.max.toordinal()), row.name)
    )
    return BehindPage(
        rows=tuple(rows),
        sees_municipality=len(actor.municipalities) > 1,
        person_ids=tuple(row.candidate_id for row in rows),
    )


def behind_count(actor: Actor, today: date) -> int:
    """How many people are behind."""
    return len(_behind(actor, today))


def _behind(actor: Actor, today: date) -> list[BehindRow]:
    people = db.session.execute(
        sa.select(Candidate, Municipality.name)
        .join(Municipality, Municipality.id == Candidate.municipality_id)
        .where(Candidate.scheme == Scheme.IGU, Candidate.igu_start <= today)
        .where(nominations.visible_people(actor))
    ).all()
    rules, known = igu_rules(), factors()
    spans = {
        person.id: span for person, _ in people if (span := span_of(person, rules)) and today <= span.end
    }
    taught = _teaching(list(spans), known, today)
    rows = (
        _row(person, municipality, spans[person.id], taught[person.id], known, today)
        for person, municipality in people
        if person.id in spans
    )
    return [row for row in rows if row.pace.state is PaceState.LATE]


def _row(
    person: Candidate,
    municipality: str,
    span: Span,
    taught: list[Teaching],
    known: Sequence[Factor],
    today: date,
) -> BehindRow:
    counted = settle_account(taught, known, span.start, today).counted
    return BehindRow(person.id, person.name, municipality, counted, span, pace(counted, span, today))


def _teaching(
    candidate_ids: Collection[int], known: Sequence[Factor], today: date
) -> dict[int, list[Teaching]]:
    """What these people attended: sums per kind and span of factors, for no more than totals is asked."""
    taught, kinds = elsewhere_of(candidate_ids), kinds_of_tracks()
    for candidate_id, track_id, kind, day, minutes, _ in db.session.execute(
        _sums(candidate_ids, known, today)
    ):
        taught[candidate_id].append(
            Teaching("", kind_of(kind, kinds[track_id]), day, int(minutes), int(minutes))
        )
    return taught


def _sums(
    candidate_ids: Collection[int], known: Sequence[Factor], today: date
) -> sa.Select[*tuple[Any, ...]]:
    """SQL: attended minutes since the IGU began; within a span no factor changes, so any day will do."""
    missed = sa.case((Mark.status == MarkStatus.ABSENT, CourseSession.minutes), else_=Mark.minutes_missed)
    attended = sa.case((missed < CourseSession.minutes, CourseSession.minutes - missed), else_=0)
    changes = sorted({factor.valid_from for factor in known})
    between = [sa.case((CourseSession.day >= day, 1), else_=0) for day in changes]
    return (
        sa.select(
            Enrolment.candidate_id,
            CourseRun.track_id,
            TrackModule.kind,
            sa.func.max(CourseSession.day),
            sa.func.sum(attended),
            sum(between, sa.literal(0)).label("factors"),
        )
        .select_from(Mark)
        .join(Enrolment, Enrolment.id == Mark.enrolment_id)
        .join(Candidate, Candidate.id == Enrolment.candidate_id)
        .join(CourseSession, CourseSession.id == Mark.session_id)
        .join(CourseRun, CourseRun.id == CourseSession.course_run_id)
        .outerjoin(TrackModule, TrackModule.id == CourseSession.module_id)
        .where(Candidate.id.in_(candidate_ids), CourseSession.cancelled.is_(False))
        .where(CourseSession.day >= Candidate.igu_start, CourseSession.day <= today)
        .group_by(Enrolment.candidate_id, CourseRun.track_id, TrackModule.kind, sa.text("factors"))
    )
