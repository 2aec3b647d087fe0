"""Who may begin an IGU and who soon may not: the stored people held against the stored rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from coordination.domain.candidates import Scheme
from coordination.domain.eligibility import Finding, PersonFacts, evaluate
from coordination.domain.igu import IguCourse, Rule
from coordination.models import Candidate
from coordination.queries.rules import igu_rules


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
