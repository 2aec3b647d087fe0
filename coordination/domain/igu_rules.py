"""The rules and rates of the IGU as an administrator writes them: what each kind needs, and what clashes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coordination.domain.candidates import IGU_BEGAN, DanishExam
from coordination.domain.errors import Problem, Refused
from coordination.domain.igu import Effect, IguRuleKind, Rate, RateKind, Rule
from coordination.domain.texts import check_fields, problem_in, tidy

MAX_WORDING = 300
MAX_SOURCE = 200
MOST_KRONER = 10_000_000
AGES = frozenset(
    {
        IguRuleKind.AGE_FROM,
        IguRuleKind.AGE_UNDER,
        IguRuleKind.RESIDENCE_UNDER,
        IguRuleKind.RESIDENCE_UP_TO,
    }
)
WEEKS = frozenset({IguRuleKind.SCHOOL_WEEKS, IguRuleKind.AMU_WEEKS_AFTER_EXAM})
DAYS = frozenset({IguRuleKind.START_FROM, IguRuleKind.START_UNTIL})
NUMBERS = {
    **dict.fromkeys(AGES, range(1, 121)),
    **dict.fromkeys(WEEKS, range(1, 105)),
    IguRuleKind.EXAM_AT_LEAST: range(1, len(DanishExam)),
}
"""The numbers a kind can name; other kinds name none."""
_AMOUNT = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,8})(?:,(\d{2}))?", re.ASCII)


@dataclass(frozen=True)
class RateFacts:
    """What is typed about a rate: kroner as text."""

    kind: RateKind
    kroner: str
    valid_from: date | None
    source: str


def settle_rule(given: Rule, starts_from: date | None, known: Iterable[Rule]) -> Rule:
    """The rule tidied, ready to be stored; Invalid beside the field that cannot be used.

    Rules that ask something of the school part or of the caseworker never stop a nomination.
    """
    asks = given.kind in WEEKS or given.kind is IguRuleKind.ASK
    rule = replace(
        given,
        number=given.number if given.kind in NUMBERS else None,
        day=given.day if given.kind in DAYS else None,
        effect=Effect.CHECK if asks else given.effect,
        wording=tidy(given.wording),
        wording_en=tidy(given.wording_en),
        source=tidy(given.source),
    )
    check_fields(
        {
            "number": _problem_in_number(rule),
            "day": ("rule.no_day", {}) if rule.kind in DAYS and rule.day is None else None,
            "starts_from": _problem_in_dates(rule, starts_from, known),
            "starts_until": _problem_in_end(rule, starts_from),
            "wording": problem_in(rule.wording, MAX_WORDING, needed=rule.kind is IguRuleKind.ASK),
            "wording_en": problem_in(rule.wording_en, MAX_WORDING),
            "source": problem_in(rule.source, MAX_SOURCE, needed=True),
        }
    )
    return replace(rule, starts_from=starts_from or IGU_BEGAN)


def check_removal(starts_from: date, today: date) -> None:
    """Refused("rule.in_force") once somebody may have begun under the rule: it is ended instead."""
    if starts_from <= today:
        raise Refused("rule.in_force", day=starts_from)


def _problem_in_number(rule: Rule) -> Problem | None:
    allowed = NUMBERS.get(rule.kind)
    if allowed is None:
        return None
    if rule.number is None:
        return "rule.no_number", {}
    if rule.number in allowed:
        return None
    return "rule.number", {"least": allowed.start, "most": allowed.stop - 1}


def _problem_in_dates(rule: Rule, starts_from: date | None, known: Iterable[Rule]) -> Problem | None:
    if starts_from is None:
        return "rule.no_start", {}
    if starts_from < IGU_BEGAN:
        return "rule.too_early", {"day": IGU_BEGAN}
    if rule.kind is IguRuleKind.ASK:
        return None
    same = (one for one in known if one.kind is rule.kind and one.id != rule.id)
    clash = next((one for one in same if _meet(one, starts_from, rule.starts_until)), None)
    return ("rule.overlap", {"day": clash.starts_from}) if clash else None


def _problem_in_end(rule: Rule, starts_from: date | None) -> Problem | None:
    if rule.starts_until and starts_from and rule.starts_until < starts_from:
        return "rule.turned_round", {}
    return None


def _meet(rule: Rule, starts_from: date, starts_until: date | None) -> bool:
    begins_in_time = starts_until is None or rule.starts_from <= starts_until
    return begins_in_time and (rule.starts_until is None or starts_from <= rule.starts_until)


def parse_kroner(text: str) -> int | None:
    """Øre from an amount typed as 20000, 20.000 or 20.000,50; None for what cannot be read."""
    typed = _AMOUNT.fullmatch("".join(text.split()).removesuffix("kr.").removesuffix("kr"))
    if typed is None:
        return None
    kroner = int(typed[1].replace(".", ""))
    return kroner * 100 + int(typed[2] or 0) if kroner <= MOST_KRONER else None


def settle_rate(facts: RateFacts, known: Sequence[Rate]) -> Rate:
    """The rate as stored; Invalid beside the field that cannot be used."""
    source, amount = tidy(facts.source), parse_kroner(facts.kroner)
    taken = any(one.kind is facts.kind and one.valid_from == facts.valid_from for one in known)
    check_fields(
        {
            "kroner": ("rate.unreadable", {}) if amount is None else None,
            "valid_from": _problem_in_rate_day(facts.valid_from, taken=taken),
            "source": problem_in(source, MAX_SOURCE, needed=True),
        }
    )
    return Rate(facts.kind, amount or 0, facts.valid_from or IGU_BEGAN, source)


def check_rate_removal(valid_from: date, today: date) -> None:
    """Refused("rate.in_force") once something may have been paid by it: history stays."""
    if valid_from <= today:
        raise Refused("rate.in_force", day=valid_from)


def _problem_in_rate_day(day: date | None, *, taken: bool) -> Problem | None:
    if day is None:
        return "rate.no_day", {}
    if day < IGU_BEGAN:
        return "rule.too_early", {"day": IGU_BEGAN}
    return ("rate.taken", {"day": day}) if taken else None
