"""What a school bills when a seat on an AMU course stays empty: how much, and by whose list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coordination.domain.igu import Rate, RateKind, rate_on

SHORT_MINUTES = 37 * 60
LATE_FROM = timedelta(days=7)


class FeeFamily(StrEnum):
    """Why a fee is billed: nobody came on the first day, or the seat was given up too late."""

    NO_SHOW = "no_show"
    LATE_WITHDRAWAL = "late_withdrawal"


KINDS = {
    FeeFamily.NO_SHOW: (RateKind.NO_SHOW_SHORT, RateKind.NO_SHOW_LONG),
    FeeFamily.LATE_WITHDRAWAL: (RateKind.LATE_WITHDRAWAL_SHORT, RateKind.LATE_WITHDRAWAL_LONG),
}
"""The rate of a course of at most 37 hours, and of a longer one."""
FEE_KINDS = tuple(kind for pair in KINDS.values() for kind in pair)


@dataclass(frozen=True)
class Fee:
    """An amount in øre, where it stands, and whether it is the school's own or the national one."""

    kind: RateKind
    amount_ore: int
    source: str
    of_school: bool


def fee_kind(family: FeeFamily, amu_minutes: int) -> RateKind | None:
    """The rate that is billed for so much AMU; None without any, as only AMU has the fee."""
    if amu_minutes <= 0:
        return None
    short, long = KINDS[family]
    return short if amu_minutes <= SHORT_MINUTES else long


def fee_on(own: Sequence[Rate], national: Sequence[Rate], kind: RateKind, day: date) -> Fee | None:
    """The fee of a kind on a day: the school's where it has told one by then, else the national one."""
    for rates, of_school in ((own, True), (national, False)):
        if rate := rate_on(rates, kind, day):
            return Fee(kind, rate.amount_ore, rate.source, of_school)
    return None


def family_on(day: date, starts_on: date) -> FeeFamily | None:
    """What giving up a seat on a day may cost: nothing until a week before, then more and more."""
    if day < starts_on - LATE_FROM:
        return None
    return FeeFamily.LATE_WITHDRAWAL if day < starts_on else FeeFamily.NO_SHOW
