"""May this person begin an IGU: every rule that stands in the way, in facts, and what soon will."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from coordination.domain.candidates import DanishExam, TargetGroup, exam_at_least
from coordination.domain.errors import Facts, Problem
from coordination.domain.igu import Effect, IguRuleKind, Rule, after_years, in_force, whole_years


@dataclass(frozen=True)
class PersonFacts:
    """What the rules ask about a person; None is what nobody has written."""

    birth_date: date
    start: date | None = None
    residence_since: date | None = None
    target_group: TargetGroup | None = None
    exam: DanishExam = DanishExam.NONE


@dataclass(frozen=True)
class Finding:
    """A rule that does not hold: which one, whether it stops a nomination, and a code with its facts.

    `until` is the first day on which a rule that holds today no longer does; None where it fails already.
    """

    rule: str
    effect: Effect
    code: str
    facts: Facts
    source: str
    until: date | None = None


EXAMS = tuple(DanishExam)
HORIZON = timedelta(days=2 * 366)


def evaluate(person: PersonFacts, rules: Sequence[Rule], on: date) -> tuple[Finding, ...]:
    """Every rule that does not hold for a person, those that stop a nomination first.

    Someone without a start is judged as if it were `on`; what nobody has written is something to check.
    """
    start = person.start or on
    holding = in_force(rules, start)
    if not holding:
        return (_finding(_NO_RULES, person, start, "eligibility.no_rules", Effect.CHECK),)
    found = [finding for rule in holding if (finding := _judge(rule, person, start))]
    return tuple(sorted(found, key=lambda finding: finding.effect is Effect.CHECK))


def ahead(
    person: PersonFacts, rules: Sequence[Rule], on: date, within: timedelta = HORIZON
) -> tuple[Finding, ...]:
    """The rules that hold today and stop holding within a time, if the person has not begun by then.

    Someone with a start is judged on that day for good, so nothing lies ahead.
    """
    if person.start is not None:
        return ()
    known = {finding.rule for finding in evaluate(person, rules, on)}
    found: list[Finding] = []
    for day in _borders(person, rules, on, on + within if date.max - on > within else date.max):
        new = [finding for finding in evaluate(person, rules, day) if finding.rule not in known]
        found += [replace(finding, until=day) for finding in new]
        known |= {finding.rule for finding in new}
    return tuple(found)


def amu_weeks(exam: DanishExam, rules: Sequence[Rule], start: date) -> Rule | None:
    """The rule on weeks of AMU for someone who begins on a day; None unless Prøve i Dansk 1-3 is passed."""
    if not exam_at_least(exam, DanishExam.PD1):
        return None
    asked = (rule for rule in in_force(rules, start) if rule.kind is IguRuleKind.AMU_WEEKS_AFTER_EXAM)
    return next(asked, None)


def school_weeks(rules: Sequence[Rule], start: date) -> Rule | None:
    """The rule on weeks of school for someone who begins on a day."""
    asked = (rule for rule in in_force(rules, start) if rule.kind is IguRuleKind.SCHOOL_WEEKS)
    return next(asked, None)


def start_problem(start: date, rules: Sequence[Rule]) -> Problem | None:
    """Why nobody at all can begin an IGU on a day: it lies outside the dates of the scheme."""
    for rule in in_force(rules, start):
        if rule.day and rule.kind is IguRuleKind.START_FROM and start < rule.day:
            return "candidate.igu_start_before", {"day": rule.day, "source": rule.source}
        if rule.day and rule.kind is IguRuleKind.START_UNTIL and start > rule.day:
            return "candidate.igu_start_after", {"day": rule.day, "source": rule.source}
    return None


def stops(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings that stop a nomination."""
    return tuple(finding for finding in findings if finding.effect is Effect.CANNOT)


def _borders(person: PersonFacts, rules: Sequence[Rule], on: date, last: date) -> list[date]:
    """The days until `last` on which the answer may change, the nearest first."""
    days = {day for rule in rules for day in _days_of(rule, person)}
    return sorted(day for day in days if on < day <= last)


def _days_of(rule: Rule, person: PersonFacts) -> set[date]:
    days = {rule.starts_from, _next(rule.starts_until), _next(rule.day)}
    if rule.number is not None:
        days.add(after_years(person.birth_date, rule.number))
        if person.residence_since:
            reached = after_years(person.residence_since, rule.number)
            days |= {reached, _next(reached)}
    return {day for day in days if day}


def _next(day: date | None) -> date | None:
    return day + timedelta(days=1) if day and day < date.max else None


def _judge(rule: Rule, person: PersonFacts, start: date) -> Finding | None:
    """The finding of a rule, or None where it holds or asks nothing of the person."""
    judge = _JUDGES.get(rule.kind)
    return judge(rule, person, start) if judge else None


def _target_group(rule: Rule, person: PersonFacts, start: date) -> Finding | None:
    if person.target_group is None:
        return _finding(rule, person, start, "eligibility.target_group_unknown", Effect.CHECK)
    if person.target_group is TargetGroup.NONE_OF_THESE:
        return _finding(rule, person, start, "eligibility.target_group")
    return None


def _age(rule: Rule, person: PersonFacts, start: date) -> Finding | None:
    if rule.number is None:
        return _unclear(rule, person, start)
    age = whole_years(person.birth_date, start)
    wrong = age < rule.number if rule.kind is IguRuleKind.AGE_FROM else age >= rule.number
    if not wrong:
        return None
    border = after_years(person.birth_date, rule.number)
    return _finding(rule, person, start, f"eligibility.{rule.kind}", years=age, border=border)


def _residence(rule: Rule, person: PersonFacts, start: date) -> Finding | None:
    if rule.number is None:
        return _unclear(rule, person, start)
    if person.residence_since is None:
        return _finding(rule, person, start, "eligibility.residence_unknown", Effect.CHECK)
    border = after_years(person.residence_since, rule.number)
    wrong = start >= border if rule.kind is IguRuleKind.RESIDENCE_UNDER else start > border
    if not wrong:
        return None
    years = whole_years(person.residence_since, start)
    since = person.residence_since
    return _finding(rule, person, start, f"eligibility.{rule.kind}", years=years, border=border, since=since)


def _start(rule: Rule, person: PersonFacts, start: date) -> Finding | None:
    if rule.day is None:
        return _unclear(rule, person, start)
    wrong = start < rule.day if rule.kind is IguRuleKind.START_FROM else start > rule.day
    return _finding(rule, person, start, f"eligibility.{rule.kind}", day=rule.day) if wrong else None


def _exam(rule: Rule, person: PersonFacts, start: date) -> Finding | None:
    if rule.number is None or not 0 <= rule.number < len(EXAMS):
        return _unclear(rule, person, start)
    needed = EXAMS[rule.number]
    if exam_at_least(person.exam, needed):
        return None
    return _finding(rule, person, start, "eligibility.exam_at_least", exam=needed, passed=person.exam)


def _ask(rule: Rule, person: PersonFacts, start: date) -> Finding:
    return _finding(rule, person, start, "eligibility.ask", Effect.CHECK)


def _unclear(rule: Rule, person: PersonFacts, start: date) -> Finding:
    """A rule that names no number or day tells nothing; a person must look."""
    return _finding(rule, person, start, "eligibility.unclear", Effect.CHECK)


_JUDGES = {
    IguRuleKind.TARGET_GROUP: _target_group,
    IguRuleKind.AGE_FROM: _age,
    IguRuleKind.AGE_UNDER: _age,
    IguRuleKind.RESIDENCE_UNDER: _residence,
    IguRuleKind.RESIDENCE_UP_TO: _residence,
    IguRuleKind.START_FROM: _start,
    IguRuleKind.START_UNTIL: _start,
    IguRuleKind.EXAM_AT_LEAST: _exam,
    IguRuleKind.ASK: _ask,
}
_NO_RULES = Rule(IguRuleKind.ASK, None, None, date.min, None, Effect.CHECK)


def _finding(
    rule: Rule, person: PersonFacts, start: date, code: str, effect: Effect | None = None, **facts: object
) -> Finding:
    name = f"{rule.kind}:{rule.id}" if rule.kind is IguRuleKind.ASK else str(rule.kind)
    known: Facts = {
        "kind": rule.kind,
        "number": rule.number,
        "start": start,
        "planned": person.start is not None,
        "wording": rule.wording,
        "wording_en": rule.wording_en,
    }
    return Finding(name, effect or rule.effect, code, known | facts, rule.source)
