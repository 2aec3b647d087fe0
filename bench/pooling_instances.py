"""Seeded made-up instances of any size in the public format: everybody and everything on a map."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from random import Random
from typing import Any

SECTORS = (
    *("lager-transport", "bygge-anlaeg", "metal", "industri", "koekken"),
    *("detail", "sosu", "foedevare", "gartneri", "rengoering"),
)
LENGTHS = (5, 12, 12, 19, 40)
MINUTES_PER_STEP = 150
FARTHEST = 150
HAD_A_SEAT, IS_LOCKED = 0.15, 0.03


@dataclass(frozen=True)
class Size:
    """How large an instance is, and how wide its map (1 is two and a half hours by bus)."""

    name: str
    candidates: int
    runs: int
    jobcenters: int
    schools: int
    width: float
    seed: int


SIZES = (
    Size("regional", 200, 12, 4, 3, 0.2, 37),
    Size("large", 1_000, 60, 22, 12, 0.9, 1),
    Size("national", 10_000, 500, 98, 80, 1.6, 1),
)


def instance(size: Size) -> dict[str, Any]:
    """One instance; the same size and seed give the same instance everywhere."""
    luck = Random(size.seed)  # noqa: S311 (made-up data)
    homes = {f"JC{number:02}": _point(luck, size) for number in range(size.jobcenters)}
    schools = {f"S{number:02}": _point(luck, size) for number in range(size.schools)}
    courses = {f"K{number:03}": SECTORS[number % len(SECTORS)] for number in range(max(8, size.runs // 2))}
    runs = [_run(luck, number, courses, list(schools), list(homes)) for number in range(size.runs)]
    employers = [
        {"id": f"E{number:04}", "cap": luck.choice((3, 4))} for number in range(size.candidates // 14)
    ]
    weights = [luck.random() ** 2 + 0.1 for _home in homes]
    candidates = [
        _candidate(luck, number, homes, weights, schools, employers) for number in range(size.candidates)
    ]
    _lock(luck, candidates, runs)
    return {
        "format": "pool-instance/1",
        "name": f"{size.name}-{size.seed}",
        "policy": {
            "levels": ["placed", "fair", "stable", "cost", "wish"],
            "rank_score": [100, 70, 50, 35, 25, 18, 12, 8, 5, 3, 2, 1],
        },
        "jobcenters": [{"id": name} for name in homes],
        "employers": employers,
        "runs": runs,
        "candidates": candidates,
    }


def _point(luck: Random, size: Size) -> tuple[float, float]:
    return luck.random() * size.width, luck.random() * size.width


def _run(
    luck: Random, number: int, courses: dict[str, str], schools: list[str], homes: list[str]
) -> dict[str, Any]:
    course, start, length = luck.choice(list(courses)), 7 * luck.randrange(20), luck.choice(LENGTHS)
    most = luck.randint(12, 24)
    run: dict[str, Any] = {
        "id": f"R{number:04}",
        "course": course,
        "sector": courses[course],
        "school": luck.choice(schools),
        "sessions": [[start, start + length]],
        "max": most,
        "min": max(3, int(most * luck.uniform(0.4, 0.75))),
        "lang_min": luck.choice((0, 1, 2, 2, 3, 4)),
        "cost": most * luck.randint(2, 6) * (1 + length // 15),
    }
    maybe = {
        "committed": (0.08, True),
        "reserved": (0.25, {luck.choice(homes): luck.randint(1, 3)}),
        "quota": (0.2, {luck.choice(homes): most // 2}),
    }
    return run | _some(luck, maybe)


def _some(luck: Random, maybe: dict[str, tuple[float, Any]]) -> dict[str, Any]:
    """Each of these facts with its probability."""
    return {name: value for name, (share, value) in maybe.items() if luck.random() < share}


def _candidate(
    luck: Random,
    number: int,
    homes: dict[str, tuple[float, float]],
    weights: list[float],
    schools: dict[str, tuple[float, float]],
    employers: list[dict[str, Any]],
) -> dict[str, Any]:
    home = luck.choices(list(homes), weights)[0]
    begins = luck.randrange(60)
    maybe = {
        "employer": (0.35, luck.choice(employers)["id"]),
        "available": (0.6, [[begins, begins + luck.randint(40, 150)]]),
        "deadline": (0.34, luck.randint(40, 230)),
        "max_places": (0.1, 2),
        "weeks_left": (0.31, luck.randint(2, 11)),
        "lawful": (0.035, False),
    }
    return {
        "id": f"C{number:05}",
        "jobcenter": home,
        "weight": luck.choices((1, 2, 4), (57, 30, 13))[0],
        "lang": luck.choices(range(6), (6, 16, 33, 26, 14, 5))[0],
        "waited_since": luck.randrange(365),
        "max_travel": luck.choices((45, 60, 75, 90), (14, 41, 30, 15))[0],
        "travel": _travel(luck, homes[home], schools),
        "wishes": [
            {"rank": rank, "sector": sector}
            for rank, sector in enumerate(luck.sample(SECTORS, luck.randint(1, 4)), 1)
        ],
        **_some(luck, maybe),
    }


def _travel(
    luck: Random, home: tuple[float, float], schools: dict[str, tuple[float, float]]
) -> dict[str, int]:
    lives = (home[0] + luck.uniform(-0.1, 0.1), home[1] + luck.uniform(-0.1, 0.1))
    minutes = {
        name: 8 + int(MINUTES_PER_STEP * hypot(lives[0] - x, lives[1] - y) * luck.uniform(0.9, 1.3))
        for name, (x, y) in schools.items()
    }
    return {name: value for name, value in minutes.items() if value <= FARTHEST}


def _lock(luck: Random, candidates: list[dict[str, Any]], runs: list[dict[str, Any]]) -> None:
    """A few seats in committed runs stay, and some people had a seat in the last proposal."""
    by_sector: dict[str, list[str]] = {}
    for run in runs:
        by_sector.setdefault(run["sector"], []).append(run["id"])
    room = {run["id"]: 5 for run in runs if run.get("committed") and not run.get("quota")}
    for candidate in candidates:
        wished = by_sector.get(candidate["wishes"][0]["sector"], [])
        if luck.random() < HAD_A_SEAT and wished:
            candidate["previous"] = [luck.choice(wished)]
        run = luck.choice(sorted(room)) if room else None
        if run and luck.random() < IS_LOCKED and room[run] and not candidate.get("employer"):
            candidate["locked"] = [run]
            room[run] -= 1
