"""Tracks: what may be written about one and its modules, their order, and how much AMU they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from coordination.domain.candidates import DanishExam
from coordination.domain.course_runs import check_sizes
from coordination.domain.errors import Invalid, Problem
from coordination.domain.texts import check_fields, problem_in, tidy


class TeachingKind(StrEnum):
    """Kinds of school that count towards an IGU (order on IGU, § 6)."""

    AMU = "amu"
    FVU = "fvu"
    AVU = "avu"
    HF = "hf"
    FGU = "fgu"
    DANISH = "danish"
    OTHER = "other"


TITLE_MOST = 120
DESCRIPTION_MOST = 4000
MODULE_TITLE_MOST = 160
CODE_MOST = 10
MOST_HALF_DAYS = 400
MOST_MINUTES = 60_000
WEEK_MINUTES = 37 * 60
_AMU_CODE = re.compile(r"\d{5}|D\d{4}", re.ASCII)
_DEMO_CODE = re.compile(r"D\d{4}", re.ASCII)


@dataclass(frozen=True)
class TrackFacts:
    """What is written down about a track."""

    title: str
    sector_id: int
    description: str
    minimum: int
    capacity: int
    exam_needed: DanishExam


@dataclass(frozen=True)
class ModuleFacts:
    """What is written down about a module; its teaching in minutes, its length in half days."""

    code: str
    title: str
    kind: TeachingKind
    half_days: int
    minutes: int
    exam_needed: DanishExam


@dataclass(frozen=True)
class TrackTotals:
    """The modules of a track together."""

    half_days: int
    minutes: int
    amu_minutes: int

    @property
    def amu_weeks(self) -> float:
        """Weeks of AMU at 37 hours, in tenths, rounded down so that nobody is promised too much."""
        return self.amu_minutes * 10 // WEEK_MINUTES / 10


@dataclass(frozen=True)
class AmuCheck:
    """A track held against the rule on weeks of AMU for those who passed a Danish exam.

    `usual` says that the track advises such an exam, so that the rule holds for most who join.
    """

    needed: int
    covered: float
    school_weeks: int
    source: str
    usual: bool

    @property
    def missing(self) -> float:
        """Weeks of AMU that must lie outside of the track."""
        return max(0.0, round(self.needed - self.covered, 1))


def is_demo_code(code: str) -> bool:
    """True for D0001, D0002 …: course codes of the demonstration, not of the AMU catalogue."""
    return _DEMO_CODE.fullmatch(code) is not None


def settle_track(facts: TrackFacts) -> TrackFacts:
    """The facts tidied; Invalid beside the fields that cannot be used."""
    title, description = tidy(facts.title), tidy(facts.description)
    errors = {
        "title": problem_in(title, TITLE_MOST, needed=True),
        "description": problem_in(description, DESCRIPTION_MOST),
    }
    try:
        check_sizes(facts.minimum, facts.capacity)
    except Invalid as invalid:
        errors |= invalid.errors
    check_fields(errors)
    return replace(facts, title=title, description=description)


def settle_module(facts: ModuleFacts) -> ModuleFacts:
    """The facts tidied; Invalid beside the fields that cannot be used. An AMU course needs its code."""
    code, title = tidy(facts.code).upper(), tidy(facts.title)
    check_fields(
        {
            "code": _code_problem(code, facts.kind),
            "title": problem_in(title, MODULE_TITLE_MOST, needed=True),
            "half_days": _range_problem("module.half_days", facts.half_days, MOST_HALF_DAYS),
            "hours": _range_problem("module.length", facts.minutes, MOST_MINUTES),
        }
    )
    return replace(facts, code=code, title=title)


def totals(modules: Iterable[ModuleFacts]) -> TrackTotals:
    """Half days and minutes of all modules, and how much of it is AMU."""
    listed = tuple(modules)
    return TrackTotals(
        half_days=sum(module.half_days for module in listed),
        minutes=sum(module.minutes for module in listed),
        amu_minutes=sum(module.minutes for module in listed if module.kind is TeachingKind.AMU),
    )


def moved(order: Sequence[int], item: int, step: int) -> tuple[int, ...]:
    """The order with one item a step up (-1) or down (1); at the edge it stays."""
    place = order.index(item)
    target = min(max(place + step, 0), len(order) - 1)
    rest = [other for other in order if other != item]
    return (*rest[:target], item, *rest[target:])


def _code_problem(code: str, kind: TeachingKind) -> Problem | None:
    if kind is TeachingKind.AMU and not _AMU_CODE.fullmatch(code):
        return "module.code", {}
    return problem_in(code, CODE_MOST)


def _range_problem(problem: str, value: int, most: int) -> Problem | None:
    return None if 1 <= value <= most else (problem, {"most": most})
