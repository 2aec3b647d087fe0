"""Employers: when two names are the same company, and how many of its people may be at school at a time."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from coordination.domain.errors import Problem
from coordination.domain.texts import check_fields, problem_in, tidy

NAME_MOST = 120
MOST_AWAY = 500
CVR_LENGTH = 8
_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)
_FORMS = re.compile(r"\s(?:a/s|as|aps|i/s|k/s|p/s|ivs|a\.m\.b\.a|amba|f\.m\.b\.a|fmba|smba)$")
_BETWEEN = re.compile(r"[^\w&]+")


@dataclass(frozen=True)
class EmployerFacts:
    """What is written down about an employer; `most_away` None means no limit."""

    name: str
    cvr: str
    most_away: int | None


@dataclass(frozen=True)
class Busiest:
    """The first of the days on which most people of an employer are at school, and how many they are."""

    day: date
    people: int


def busiest(days_of: Iterable[Collection[date]]) -> Busiest | None:
    """The day on which most are away, given each person's days at school; None if nobody ever is."""
    away = Counter(day for days in days_of for day in set(days))
    if not away:
        return None
    most = max(away.values())
    return Busiest(min(day for day, people in away.items() if people == most), most)


def usual_spelling(names: Iterable[str]) -> str:
    """The way a name is written most often; of equals the first in order."""
    written = Counter(" ".join(name.split()) for name in names)
    return min(written, key=lambda name: (-written[name], name), default="")


def name_key(text: str) -> str:
    """The name as it is compared: small letters, one space between words, no dots and no form of company."""
    small = " ".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip(". ")
    bare = _FORMS.sub("", small)
    return " ".join(_BETWEEN.sub(" ", bare).split())[:NAME_MOST] or small[:NAME_MOST]


def settle_employer(
    facts: EmployerFacts, known: Mapping[str, int], own_id: int | None = None
) -> EmployerFacts:
    """The facts tidied; Invalid beside the field, also where `known` holds the name as another employer's."""
    name, cvr = tidy(facts.name), "".join(facts.cvr.split()).upper().removeprefix("DK")
    check_fields(
        {
            "name": problem_in(name, NAME_MOST, needed=True) or _problem_in_key(name, known, own_id),
            "cvr": None if not cvr or is_cvr(cvr) else ("employer.cvr", {}),
            "most_away": _problem_in_limit(facts.most_away),
        }
    )
    return replace(facts, name=name, cvr=cvr)


def is_cvr(text: str) -> bool:
    """True for eight digits whose last one fits the others."""
    if len(text) != CVR_LENGTH or not (text.isascii() and text.isdecimal()):
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=True)) % 11 == 0


def _problem_in_key(name: str, known: Mapping[str, int], own_id: int | None) -> Problem | None:
    holder = known.get(name_key(name))
    return None if holder in {None, own_id} else ("employer.known", {})


def _problem_in_limit(most: int | None) -> Problem | None:
    return None if most is None or 1 <= most <= MOST_AWAY else ("employer.most_away", {"most": MOST_AWAY})
