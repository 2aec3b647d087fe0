"""What a caseworker must hear in time: a rule that soon stops holding, a deadline that comes or passes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coordination.domain.eligibility import Finding, PersonFacts, ahead
from coordination.domain.igu import IguCourse, Milestone, MilestoneState, Rule, last_day, milestones

RULES_AHEAD = timedelta(days=30)
DEADLINES_AHEAD = timedelta(days=7)
REMEMBERED = timedelta(days=30)
"""How long a passed deadline is still told: older ones were known, or were never written down."""


@dataclass(frozen=True)
class Coming:
    """One thing to tell of a person: under which name it is remembered, and the day it is about."""

    what: str
    day: date
    finding: Finding | None = None
    milestone: Milestone | None = None


def coming(person: PersonFacts, course: IguCourse, rules: Sequence[Rule], today: date) -> tuple[Coming, ...]:
    """What is to be told of a person on IGU today, the nearest day first."""
    found = (*_rules(person, rules, today), *_deadlines(course, today))
    return tuple(sorted(found, key=lambda one: (one.day, one.what)))


def _rules(person: PersonFacts, rules: Sequence[Rule], today: date) -> Iterator[Coming]:
    for finding in ahead(person, rules, today, RULES_AHEAD):
        if finding.until:
            yield Coming(f"rule:{finding.rule}", finding.until, finding=finding)


def _deadlines(course: IguCourse, today: date) -> Iterator[Coming]:
    ends_on = last_day(course)
    if ends_on and ends_on < today:
        return
    for day in milestones(course, (), today):
        if day.state is MilestoneState.DUE and day.due - today <= DEADLINES_AHEAD:
            yield Coming(day.kind.value, day.due, milestone=day)
        if day.state is MilestoneState.OVERDUE and today - day.due <= REMEMBERED:
            yield Coming(f"{day.kind.value}_overdue", day.due, milestone=day)
