"""The school-hour account of an IGU: minutes attended, what they count, and what the law asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from coordination.domain.attendance import MarkStatus
from coordination.domain.candidates import DanishExam
from coordination.domain.igu import IguRuleKind, Rule, in_force
from coordination.domain.tracks import WEEK_MINUTES, TeachingKind

WHOLE = 100  # percent: an hour counts an hour
NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Factor:
    """What a hundred delivered hours of a teaching kind count from a day on."""

    kind: TeachingKind
    percent: int
    valid_from: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class Teaching:
    """Teaching on one day, or written down by hand up to a day; `attended` None means not registered.

    `course` tells which run or place it belongs to; minutes are clock minutes without breaks.
    """

    course: str
    kind: TeachingKind
    day: date
    minutes: int
    attended: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One course and teaching kind at one factor: minutes delivered to the person, and what they count."""

    course: str
    kind: TeachingKind
    percent: int
    delivered: int
    counted: Fraction


@dataclass(frozen=True, slots=True)
class Account:
    """The hours of one person; what lies before the IGU, or is not registered, counts nothing."""

    lines: tuple[Line, ...]
    delivered: int
    counted: Fraction
    counted_amu: Fraction
    before_start: int
    unmarked: int
    unmarked_minutes: int
    ahead: Fraction


@dataclass(frozen=True, slots=True)
class AmuRule:
    """How much of the school part must be AMU, in minutes; `needed` None: any AMU at all will do."""

    needed: int | None
    counted: Fraction

    @property
    def holds(self) -> bool:
        """True once enough AMU is attended."""
        return self.counted > 0 if self.needed is None else self.counted >= self.needed

    @property
    def missing(self) -> Fraction:
        """Counted minutes of AMU that are still missing."""
        return max(Fraction(self.needed or 0) - self.counted, NOTHING)


def target_minutes(igu_start: date, rules: Sequence[Rule]) -> int | None:
    """The counted minutes an IGU begun on a day must reach: school weeks of 37 hours; None without a rule."""
    weeks = _number(igu_start, rules, IguRuleKind.SCHOOL_WEEKS)
    return None if weeks is None else weeks * WEEK_MINUTES


def amu_rule(counted_amu: Fraction, igu_start: date, rules: Sequence[Rule], *, exam_passed: bool) -> AmuRule:
    """So many weeks of AMU once a Danish exam is passed; otherwise AMU must be one element (order, § 6)."""
    weeks = _number(igu_start, rules, IguRuleKind.AMU_WEEKS_AFTER_EXAM) if exam_passed else None
    return AmuRule(None if weeks is None else weeks * WEEK_MINUTES, counted_amu)


def exam_is_passed(exam: DanishExam, passed_on: date | None, today: date) -> bool:
    """True if Prøve i Dansk 1, 2, 3 or a higher exam is passed; one without a date is taken as passed."""
    return exam is not DanishExam.NONE and (passed_on is None or passed_on <= today)


def attended_minutes(minutes: int, status: MarkStatus | None, missed: int) -> int | None:
    """Minutes of a session someone was there: none when absent, None when the register says nothing."""
    if status is None:
        return None
    return 0 if status is MarkStatus.ABSENT else max(minutes - missed, 0)


def kind_of(module: TeachingKind | None, of_track: Iterable[TeachingKind]) -> TeachingKind:
    """The kind of a session: its module's, else the one its whole track has, else "other"."""
    kinds = set(of_track)
    if module is None and len(kinds) == 1:
        return kinds.pop()
    return module or TeachingKind.OTHER


def percent_on(factors: Iterable[Factor], kind: TeachingKind, day: date) -> int:
    """The factor of a teaching kind on a teaching day; before the first one an hour counts an hour."""
    known = [factor for factor in factors if factor.kind is kind and factor.valid_from <= day]
    newest = max(known, key=lambda factor: factor.valid_from, default=None)
    return newest.percent if newest else WHOLE


def count(minutes: int, percent: int) -> Fraction:
    """What delivered minutes count, exactly."""
    return Fraction(minutes * percent, WHOLE)


def settle_account(
    teaching: Iterable[Teaching], factors: Sequence[Factor], igu_start: date | None, today: date
) -> Account:
    """The account of one person on a day; teaching before the IGU is told apart and counts nothing."""
    listed = list(teaching)
    begun = [one for one in listed if igu_start is None or one.day >= igu_start]
    past, later = [one for one in begun if one.day <= today], [one for one in begun if one.day > today]
    silent = [one for one in past if one.attended is None]
    lines = _lines(past, factors)
    return Account(
        lines=lines,
        delivered=sum(line.delivered for line in lines),
        counted=sum((line.counted for line in lines), NOTHING),
        counted_amu=sum((line.counted for line in lines if line.kind is TeachingKind.AMU), NOTHING),
        before_start=sum(one.attended or 0 for one in listed if igu_start and one.day < igu_start),
        unmarked=len(silent),
        unmarked_minutes=sum(one.minutes for one in silent),
        ahead=sum((count(one.minutes, percent_on(factors, one.kind, one.day)) for one in later), NOTHING),
    )


def _lines(teaching: Iterable[Teaching], factors: Sequence[Factor]) -> tuple[Line, ...]:
    """The registered teaching gathered by course, kind and factor, in the order of the first day of each."""
    minutes: dict[tuple[str, TeachingKind, int], int] = defaultdict(int)
    marked = [one for one in teaching if one.attended is not None]
    for one in sorted(marked, key=lambda one: (one.day, one.course, one.kind)):
        minutes[one.course, one.kind, percent_on(factors, one.kind, one.day)] += one.attended or 0
    return tuple(Line(*key, delivered, count(delivered, key[2])) for key, delivered in minutes.items())


def _number(igu_start: date, rules: Sequence[Rule], kind: IguRuleKind) -> int | None:
    found = [rule for rule in in_force(rules, igu_start) if rule.kind is kind and rule.number is not None]
    newest = max(found, key=lambda rule: (rule.starts_from, rule.id), default=None)
    return newest.number if newest else None
