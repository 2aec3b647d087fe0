"""Who a candidate is: civil registration number, scheme, Danish level, needs for teaching."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from coordination.domain.errors import Invalid, Problem, Refused


class Scheme(StrEnum):
    """The arrangement a candidate is on while in the pool."""

    IGU = "igu"
    INTERNSHIP = "internship"
    WAGE_SUBSIDY = "wage_subsidy"
    ORDINARY = "ordinary"
    OTHER = "other"


class DanishTrack(StrEnum):
    """The Danish education a candidate follows."""

    DU1 = "du1"
    DU2 = "du2"
    DU3 = "du3"


class DanishExam(StrEnum):
    """The highest Danish exam passed, lowest first."""

    NONE = "none"
    PD1 = "pd1"
    PD2 = "pd2"
    PD3 = "pd3"
    SP = "sp"


class TeachingNeed(StrEnum):
    """What must be arranged before a candidate can take part in teaching."""

    TRANSPORT = "transport"
    CHILDCARE_HOURS = "childcare_hours"
    INTERPRETER = "interpreter"
    ACCESSIBILITY = "accessibility"


class TargetGroup(StrEnum):
    """Why a person may begin an IGU (act on IGU, § 2)."""

    REFUGEE = "refugee"
    FAMILY_REUNIFIED = "family_reunified"
    AFGHANISTAN_ACT = "afghanistan_act"
    UKRAINE_ACT = "ukraine_act"
    NONE_OF_THESE = "none_of_these"


class ContactRole(StrEnum):
    """Who helps a candidate besides the jobcenter."""

    MENTOR = "mentor"
    VOLUNTEER = "volunteer"
    RELATIVE = "relative"
    OTHER = "other"


class Sex(StrEnum):
    """Sex as the last digit of the civil registration number tells it; used in totals only."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True)
class Cpr:
    """A civil registration number: ten digits, the birth date in it, and codes of what looks odd."""

    number: str
    birth_date: date
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class DanishLevel:
    """How far someone is in Danish: education, module 1-6, highest exam passed; None where not known."""

    track: DanishTrack | None = None
    module: int | None = None
    exam: DanishExam = DanishExam.NONE


@dataclass(frozen=True)
class CandidateFacts:
    """What is written down about a candidate, apart from the civil registration number."""

    name: str
    scheme: Scheme
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    town: str = ""
    igu_start: date | None = None
    employer: str = ""
    level: DanishLevel = DanishLevel()


MAX_LENGTHS = {
    "name": 200,
    "phone": 40,
    "email": 254,
    "address": 200,
    "postcode": 4,
    "town": 80,
    "employer": 120,
}
MODULES = range(1, 7)
CPR_DIGITS = 10
IGU_BEGAN = date(2016, 7, 1)  # no agreement can be older
IGU_AHEAD = timedelta(days=3 * 365)  # a later start is a slip of the pen
_CPR = re.compile(r"(\d{6})[-\u2010-\u2013]?(\d*)", re.ASCII)
_PHONE = re.compile(r"\+?[0-9(][0-9 ()./-]{4,}", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_POSTCODE = re.compile(r"\d{4}", re.ASCII)
# Seventh digits, the last year of the earlier rule, its century, the century of later years.
_CENTURIES = (("0123", 99, 1900, 1900), ("49", 36, 2000, 1900), ("5678", 57, 2000, 1800))
_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
# Characters that turn the direction of the text around them: never part of a name.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def parse_cpr(text: str, today: date) -> Cpr:
    """A number from how people write it; Refused with `cpr.length`, `leading_zero`, `date` or `future`.

    A failing modulus 11 only warns: true numbers with birth date 1 January may fail it.
    """
    digits = _cpr_digits(text)
    try:
        birth_date = date(_birth_year(digits), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        raise Refused("cpr.date") from None
    if birth_date > today:
        raise Refused("cpr.future")
    return Cpr(digits, birth_date, () if _modulus11_holds(digits) else ("cpr.modulus11",))


def masked(cpr: str) -> str:
    """The number as it may stand on a page: the birth date, and stars for the rest."""
    return f"{cpr[:6]}-****"


def sex_of(cpr: str) -> Sex:
    """The sex the last digit tells: odd is male, even female."""
    return Sex.MALE if int(cpr[-1]) % 2 else Sex.FEMALE


def exam_at_least(passed: DanishExam, needed: DanishExam) -> bool:
    """True if the exam passed is the needed one or a higher one."""
    ranks = list(DanishExam)
    return ranks.index(passed) >= ranks.index(needed)


def language_warning(level: DanishLevel, needed: DanishExam) -> str | None:
    """The code "language.below" if the exam passed is lower than a run needs: a warning, never a refusal."""
    return None if exam_at_least(level.exam, needed) else "language.below"


def plain_text(text: str) -> str:
    """Text in one Unicode form with single spaces; Refused("text.control") for unprintable characters."""
    text = unicodedata.normalize("NFC", text).strip()
    if any(unicodedata.category(sign) in {"Cc", "Cs"} or sign in _TURNING for sign in text):
        raise Refused("text.control")
    return " ".join(text.split())


def is_phone(text: str) -> bool:
    """True if it reads as a telephone number."""
    return _PHONE.fullmatch(text) is not None


def settle_text(field: str, text: str, most: int, errors: dict[str, str | Problem]) -> str:
    """A line of text tidied; what cannot be stored is added to the errors of its field."""
    try:
        settled = plain_text(text)
    except Refused as refused:
        errors[field] = refused.code
        return ""
    if len(settled) > most:
        errors[field] = ("text.too_long", {"most": most})
    return settled


def settle_facts(given: CandidateFacts, today: date) -> CandidateFacts:
    """The facts tidied, ready to be stored; Invalid beside each field that cannot be used."""
    errors: dict[str, str | Problem] = {}
    texts: dict[str, Any] = {
        field: settle_text(field, getattr(given, field), most, errors) for field, most in MAX_LENGTHS.items()
    }
    facts = replace(given, **texts)
    for field, code in (*_text_errors(facts), *_igu_errors(facts, today), *_level_errors(facts.level)):
        errors.setdefault(field, code)
    if errors:
        raise Invalid(errors)
    return facts


def _text_errors(facts: CandidateFacts) -> list[tuple[str, str]]:
    return [
        (field, code)
        for field, code, wrong in (
            ("name", "candidate.no_name", not any(sign.isalpha() for sign in facts.name)),
            ("phone", "candidate.phone", facts.phone and not is_phone(facts.phone)),
            ("email", "candidate.email", facts.email and not _EMAIL.fullmatch(facts.email)),
            ("postcode", "candidate.postcode", facts.postcode and not _POSTCODE.fullmatch(facts.postcode)),
        )
        if wrong
    ]


def _igu_errors(facts: CandidateFacts, today: date) -> list[tuple[str, str]]:
    if facts.igu_start is None:
        return []
    if facts.scheme is not Scheme.IGU:
        return [("igu_start", "candidate.igu_start_without_igu")]
    if facts.igu_start < IGU_BEGAN:
        return [("igu_start", "candidate.igu_start_too_early")]
    if facts.igu_start > today + IGU_AHEAD:
        return [("igu_start", "candidate.igu_start_too_late")]
    return []


def _level_errors(level: DanishLevel) -> list[tuple[str, str]]:
    if level.module is None:
        return []
    if level.module not in MODULES:
        return [("module", "language.module")]
    return [] if level.track else [("track", "language.no_track")]


def _cpr_digits(text: str) -> str:
    found = _CPR.fullmatch("".join(text.split()))
    digits = "".join(found.groups()) if found else ""
    if len(digits) == CPR_DIGITS - 1 and found and found.group(0).isdigit():
        raise Refused("cpr.leading_zero")  # Excel drops it from a number
    if len(digits) != CPR_DIGITS:
        raise Refused("cpr.length")
    return digits


def _birth_year(digits: str) -> int:
    """The century by the official table of the seventh digit."""
    year, seventh = int(digits[4:6]), digits[6]
    split, up_to_split, after = next(row for sevenths, *row in _CENTURIES if seventh in sevenths)
    return year + (up_to_split if year <= split else after)


def _modulus11_holds(digits: str) -> bool:
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11 == 0
