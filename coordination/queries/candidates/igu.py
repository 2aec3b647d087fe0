"""The IGU of one candidate: the conditions that do not hold or soon will not, and what is due when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from coordination.domain.candidates import Scheme
from coordination.domain.eligibility import Finding, ahead, amu_weeks, evaluate, school_weeks
from coordination.domain.igu import Milestone, MilestoneKind, MilestoneState, Rule, milestones
from coordination.models import Candidate
from coordination.queries.eligibility import course_of, person_facts
from coordination.queries.rules import igu_rules, rates

SHOWN_AHEAD = timedelta(days=365)
REPORTED = {MilestoneKind.AGREEMENT_IN_VITAS, MilestoneKind.TEACHING_PLAN}


@dataclass(frozen=True)
class IguPanel:
    """What the page of a candidate on IGU tells of the conditions and of the course."""

    judged_on: date
    planned: bool
    cannot: tuple[Finding, ...]
    check: tuple[Finding, ...]
    ahead: tuple[Finding, ...]
    milestones: tuple[Milestone, ...]
    school_weeks: Rule | None
    amu_weeks: Rule | None
    bonus_waits: bool

    @property
    def holds(self) -> bool:
        """True if every rule holds."""
        return not self.cannot and not self.check


def igu_panel(candidate: Candidate, today: date) -> IguPanel | None:
    """The IGU of a candidate as it stands today; None on other schemes."""
    if candidate.scheme is not Scheme.IGU:
        return None
    rules, person, course = igu_rules(), person_facts(candidate), course_of(candidate)
    start = candidate.igu_start or today
    found = evaluate(person, rules, today)
    days = milestones(course, rates(), today)
    done = {day.kind for day in days if day.state in {MilestoneState.DONE, MilestoneState.DONE_LATE}}
    return IguPanel(
        judged_on=start,
        planned=candidate.igu_start is not None,
        cannot=tuple(finding for finding in found if finding.effect == "cannot"),
        check=tuple(finding for finding in found if finding.effect == "check"),
        ahead=ahead(person, rules, today, SHOWN_AHEAD),
        milestones=days,
        school_weeks=school_weeks(rules, start),
        amu_weeks=amu_weeks(candidate.danish_exam, rules, start),
        bonus_waits=bool(candidate.employer_private and candidate.igu_start) and not done >= REPORTED,
    )
