"""The lists of reasons people choose from: who may be chosen, what an entry is called, and its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from coordination.domain.errors import Invalid, Refused
from coordination.domain.texts import check_fields, problem_in

MAX_NAME = 120
MAX_CODE = 40
OTHER = "other"
"""What is told instead of a reason that touches on health or home."""
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


class ReasonKind(StrEnum):
    """The deed a reason is given for."""

    DECLINE = "decline"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    DROP_OUT = "drop_out"
    PARK = "park"
    PRIORITY = "priority"


TOLD_TO_SCHOOLS = frozenset({ReasonKind.DROP_OUT})
"""Lists whose reasons a school reads in its figures, so that an entry may be kept from them."""


@dataclass(frozen=True)
class ReasonNames:
    """What an entry is called, in Danish and, where somebody wrote it, in English."""

    name: str
    name_en: str


def settle(code: str | None, active: Collection[str]) -> str:
    """The code, if it may be chosen; else Invalid beside `reason`."""
    if not code or code not in active:
        raise Invalid({"reason": "reason.none"})
    return code


def settle_names(name: str, name_en: str, others: Mapping[str, bool]) -> ReasonNames:
    """The names of an entry, blanks tidied; `others` are the names on the list and whether they are active.

    Invalid beside `name` and `name_en`: empty, too long, or there already.
    """
    settled = ReasonNames(" ".join(name.split()), " ".join(name_en.split()))
    check_fields(
        {
            "name": problem_in(settled.name, MAX_NAME, needed=True),
            "name_en": problem_in(settled.name_en, MAX_NAME),
        }
    )
    known = {other.casefold(): active for other, active in others.items()}
    active = known.get(settled.name.casefold())
    if active is not None:
        raise Invalid({"name": "reason.twice" if active else "reason.switched_off"})
    return settled


def code_for(name: str, taken: Collection[str]) -> str:
    """A code that is not taken, made from the name once and never changed: what old moves keep."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.casefold().translate(_LETTERS)).strip("_")
    stem = plain[:MAX_CODE].strip("_") or "reason"
    code, number = stem, 1
    while code in taken:
        number += 1
        code = f"{stem[: MAX_CODE - len(str(number)) - 1]}_{number}"
    return code


def check_switch_off(code: str, active: Collection[str]) -> None:
    """Refused("reason.last") for the last entry that may be chosen: the deed would be possible no more."""
    if set(active) <= {code}:
        raise Refused("reason.last")
