"""Who may begin an IGU and who soon may not: the stored people held against the stored rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.candidates import Scheme
from coordination.domain.eligibility import Finding, PersonFacts, evaluate
from coordination.domain.igu import IguCourse, Rule
from coordination.domain.igu_warnings import REMEMBERED, Coming, coming
from coordination.models import Candidate, EligibilityNotice
from coordination.queries.rules import igu_rules

PLAN_WINDOW = timedelta(days=31) + REMEMBERED
"""How long after the start the teaching plan can still be something to tell of."""


@dataclass(frozen=True)
class OutsideRow:
    """A person who soon falls outside a rule, or a deadline of whose IGU comes or has passed."""

    candidate_id: int
    name: str
    coming: Coming
    is_mine: bool


def findings(
    candidates: Iterable[Candidate], today: date, rules: Sequence[Rule] | None = None
) -> dict[int, tuple[Finding, ...]]:
    """Per candidate every rule that does not hold; nothing for those on other schemes than IGU."""
    asked = tuple(candidates)
    known = igu_rules() if rules is None and asked else rules or ()
    return {
        candidate.id: evaluate(person_facts(candidate), known, today)
        if candidate.scheme is Scheme.IGU
        else ()
        for candidate in asked
    }


def coming_up(today: date) -> Iterator[tuple[Candidate, tuple[Coming, ...]]]:
    """The people within reach of whom something is to be told today."""
    return _told_of(db.session.scalars(_in_question(today)), today)


def outside_soon(actor: Actor, today: date) -> tuple[OutsideRow, ...]:
    """What the clock told a jobcenter's caseworkers and is still so, the nearest day first."""
    if actor.role is not Role.JOBCENTER:
        return ()
    told = sa.select(EligibilityNotice.candidate_id).where(EligibilityNotice.day >= today - REMEMBERED)
    people = db.session.scalars(_in_question(today).where(Candidate.id.in_(told)))
    rows = [
        OutsideRow(candidate.id, candidate.name, one, candidate.caseworker_id == actor.user_id)
        for candidate, found in _told_of(people, today)
        for one in found
    ]
    return tuple(sorted(rows, key=lambda row: (row.coming.day, row.name, row.coming.what)))


def _told_of(people: Iterable[Candidate], today: date) -> Iterator[tuple[Candidate, tuple[Coming, ...]]]:
    rules = igu_rules()
    for candidate in people:
        if found := coming(person_facts(candidate), course_of(candidate), rules, today):
            yield candidate, found


def _in_question(today: date) -> sa.Select[Candidate]:
    """Those without a start, whom rules can still leave outside, and those with a deadline not met."""
    unreported = Candidate.agreement_signed_on.is_not(None) & Candidate.agreement_in_vitas_on.is_(None)
    unplanned = Candidate.plan_ready_on.is_(None) & (Candidate.igu_start >= today - PLAN_WINDOW)
    return (
        sa.select(Candidate)
        .where(Candidate.scheme == Scheme.IGU)
        .where(sa.or_(Candidate.igu_start.is_(None), unreported, unplanned))
        .order_by(Candidate.id)
    )


def person_facts(candidate: Candidate) -> PersonFacts:
    """What the rules ask about a candidate."""
    return PersonFacts(
        birth_date=candidate.birth_date,
        start=candidate.igu_start,
        residence_since=candidate.residence_since,
        target_group=candidate.target_group,
        exam=candidate.danish_exam,
    )


def course_of(candidate: Candidate) -> IguCourse:
    """The dated facts of a candidate's IGU."""
    return IguCourse(
        start=candidate.igu_start,
        extended_until=candidate.igu_extended_until,
        employer_private=candidate.employer_private,
        agreement_signed_on=candidate.agreement_signed_on,
        agreement_in_vitas_on=candidate.agreement_in_vitas_on,
        plan_ready_on=candidate.plan_ready_on,
    )
