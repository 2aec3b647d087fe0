"""Partnerships: what may be set, and what a municipality, school or sector needs to be one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination.domain.accounts import email_problem
from coordination.domain.errors import Refused
from coordination.domain.texts import check_fields, problem_in, tidy

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from coordination.domain.errors import Problem

BOUNDS = {
    "offer_hours": (1, 240),
    "work_from_hour": (0, 23),
    "work_until_hour": (1, 24),
    "ask_after_days": (1, 60),
    "tell_after_days": (1, 90),
    "follow_up_days": (1, 30),
    "register_window_days": (1, 365),
    "school_access_days": (0, 365),
    "evaluation_days": (1, 120),
    "low_score": (1, 4),
}
"""What may be set per partnership: lowest and highest number."""

NAME_MOST = 120
ADDRESS_MOST = 200
CLOSING_NAME_MOST = 80
MUNICIPALITY_CODE = re.compile(r"[0-9]{3}")
SECTOR_CODE = re.compile(r"[a-zæøå0-9-]{2,20}")
YEARS = range(2000, 2101)


@dataclass(frozen=True)
class Municipality:
    """A municipality with its jobcenter as it may be stored."""

    code: str
    name: str
    mail: str | None


@dataclass(frozen=True)
class School:
    """A school as it may be stored."""

    name: str
    address: str


@dataclass(frozen=True)
class Sector:
    """A sector as it may be stored."""

    code: str
    name: str
    name_en: str
    active: bool


def settle_name(name: str) -> str:
    """The name of a partnership; Invalid beside `name`."""
    check_fields({"name": problem_in(tidy(name), NAME_MOST, needed=True)})
    return tidy(name)


def settle_settings(settings: Mapping[str, int]) -> dict[str, int]:
    """Every setting within its bounds, hours and days in their order; Invalid beside the fields."""
    check_fields(
        {
            name: ("setting.range", {"lowest": lowest, "highest": highest})
            if not lowest <= settings[name] <= highest
            else None
            for name, (lowest, highest) in BOUNDS.items()
        }
    )
    ends_early = settings["work_until_hour"] <= settings["work_from_hour"]
    told_early = settings["tell_after_days"] < settings["ask_after_days"]
    check_fields(
        {
            "work_until_hour": ("setting.work_hours", {}) if ends_early else None,
            "tell_after_days": ("setting.told_before_asked", {}) if told_early else None,
        }
    )
    return {name: settings[name] for name in BOUNDS}


def settle_municipality(code: str, name: str, mail: str) -> Municipality:
    """Official three-digit code, name and the jobcenter's mailbox, if any; Invalid beside the fields."""
    code, name, mail = tidy(code), tidy(name), tidy(mail).lower()
    wrong_code: Problem = ("municipality.code", {})
    check_fields(
        {
            "code": None if MUNICIPALITY_CODE.fullmatch(code) else wrong_code,
            "name": problem_in(name, NAME_MOST, needed=True),
            "mail": email_problem(mail) if mail else None,
        }
    )
    return Municipality(code, name, mail or None)


def settle_school(name: str, address: str) -> School:
    """Name and address of a school; Invalid beside the fields."""
    name, address = tidy(name), tidy(address)
    check_fields(
        {
            "name": problem_in(name, NAME_MOST, needed=True),
            "address": problem_in(address, ADDRESS_MOST),
        }
    )
    return School(name, address)


def settle_sector(code: str, name: str, name_en: str, *, active: bool) -> Sector:
    """Short code used in files, name in both languages; Invalid beside the fields."""
    code, name, name_en = tidy(code).lower(), tidy(name), tidy(name_en)
    wrong_code: Problem = ("sector.code", {})
    check_fields(
        {
            "code": None if SECTOR_CODE.fullmatch(code) else wrong_code,
            "name": problem_in(name, NAME_MOST, needed=True),
            "name_en": problem_in(name_en, NAME_MOST),
        }
    )
    return Sector(code, name, name_en, active)


def settle_closing_day(day: date, name: str) -> tuple[date, str]:
    """A day without teaching and why; Invalid beside the fields."""
    name = tidy(name)
    wrong_year: Problem = ("closing_day.year", {})
    check_fields(
        {
            "day": None if day.year in YEARS else wrong_year,
            "name": problem_in(name, CLOSING_NAME_MOST, needed=True),
        }
    )
    return day, name


def check_ending_agreement(live_runs: int) -> None:
    """A school leaves a partnership only when none of its course runs there is planned or running."""
    if live_runs:
        raise Refused("school.has_runs", count=live_runs)
