"""The page of one person's school hours: the account, the pace with its curve, and the rule about AMU."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from coordination.db import db
from coordination.domain import hours
from coordination.domain.actors import Actor
from coordination.domain.candidates import Scheme
from coordination.domain.hours import Account, AmuRule, Factor
from coordination.domain.igu import IguCourse, IguRuleKind, Rule, in_force, last_day
from coordination.domain.pace import Pace, Point, Span, curve, pace, reached_on
from coordination.domain.permissions import Permission, allowed
from coordination.domain.tracks import TeachingKind
from coordination.models import Candidate, HoursElsewhere, User
from coordination.queries import nominations
from coordination.queries.candidates import PersonHead
from coordination.queries.candidates.head import head_of
from coordination.queries.hours.teaching import factors, teaching_of
from coordination.queries.rules import igu_rules


@dataclass(frozen=True)
class ElsewhereRow:
    """Teaching elsewhere as it was written down."""

    id: int
    kind: TeachingKind
    place: str
    from_day: date
    until_day: date
    minutes: int
    who: str
    at: datetime


@dataclass(frozen=True)
class AccountPage:
    """The school hours of one person; `span` and `pace` are None where there is no target."""

    head: PersonHead
    scheme: Scheme
    today: date
    account: Account
    igu_start: date | None
    span: Span | None
    target_source: str
    pace: Pace | None
    curve: tuple[Point, ...]
    amu: AmuRule | None
    amu_source: str
    exam_passed: bool
    factors: tuple[Factor, ...]
    elsewhere: tuple[ElsewhereRow, ...]
    may_write: bool
    person_ids: tuple[int, ...]


def account_page(actor: Actor, candidate_id: int, today: date) -> AccountPage:
    """The account of a person the actor may know of; NotFound otherwise."""
    candidate = nominations.person(actor, candidate_id)
    known, rules, teaching = factors(), igu_rules(), teaching_of(candidate.id)
    start = igu_start_of(candidate)
    account = hours.settle_account(teaching, known, start, today)
    span = span_of(candidate, rules)
    passed = hours.exam_is_passed(candidate.danish_exam, candidate.danish_exam_on, today)
    reached = reached_on(teaching, known, span, today) if span else None
    head = head_of(candidate)
    return AccountPage(
        head=head,
        scheme=candidate.scheme,
        today=today,
        account=account,
        igu_start=start,
        span=span,
        target_source=_source(rules, start, IguRuleKind.SCHOOL_WEEKS),
        pace=pace(account.counted, span, today, reached) if span else None,
        curve=curve(teaching, known, span, today) if span else (),
        amu=hours.amu_rule(account.counted_amu, start, rules, exam_passed=passed) if start else None,
        amu_source=_source(rules, start, IguRuleKind.AMU_WEEKS_AFTER_EXAM),
        exam_passed=passed,
        factors=_in_force(known, today),
        elsewhere=_elsewhere(candidate.id),
        may_write=allowed(actor.role, Permission.EDIT_CANDIDATE),
        person_ids=head.person_ids,
    )


def igu_start_of(candidate: Candidate) -> date | None:
    """The first day of the IGU; None for a person on another scheme."""
    return candidate.igu_start if candidate.scheme is Scheme.IGU else None


def span_of(candidate: Candidate, rules: Sequence[Rule]) -> Span | None:
    """First and last day of the IGU with its target; None while there is no start or no rule for it."""
    start = igu_start_of(candidate)
    target = hours.target_minutes(start, rules) if start else None
    end = last_day(IguCourse(start=start, extended_until=candidate.igu_extended_until))
    return Span(start, end, target) if start and end and target else None


def _source(rules: Sequence[Rule], start: date | None, kind: IguRuleKind) -> str:
    found = [rule.source for rule in in_force(rules, start) if rule.kind is kind] if start else []
    return found[-1] if found else ""


def _in_force(known: Sequence[Factor], today: date) -> tuple[Factor, ...]:
    """The newest factor of each kind that holds today."""
    newest = {factor.kind: factor for factor in known if factor.valid_from <= today}
    return tuple(newest[kind] for kind in TeachingKind if kind in newest)


def _elsewhere(candidate_id: int) -> tuple[ElsewhereRow, ...]:
    rows = db.session.execute(
        sa.select(HoursElsewhere, User.name)
        .join(User, User.id == HoursElsewhere.by_id)
        .where(HoursElsewhere.candidate_id == candidate_id)
        .order_by(HoursElsewhere.until_day.desc(), HoursElsewhere.id.desc())
    )
    return tuple(
        ElsewhereRow(row.id, row.kind, row.place, row.from_day, row.until_day, row.minutes, who, row.at)
        for row, who in rows
    )
