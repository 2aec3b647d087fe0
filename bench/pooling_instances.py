"""Seeded made-up instances of any size, spread like the public ones: everybody and everything on a map."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import hypot
from random import Random
from typing import Any

from coordination.domain.pooling.instances import read_instance
from coordination.domain.pooling.pairs import Wishlist

SECTORS = (
    *("lager-transport", "bygge-anlaeg", "metal", "industri", "koekken"),
    *("detail", "sosu", "foedevare", "gartneri", "rengoering"),
)
LENGTHS = (5, 5, 12, 12, 12, 19, 19, 40)
MINUTES_PER_STEP = 150
FARTHEST = 150
HAD_A_SEAT, IS_LOCKED, TWICE_FREE = 0.27, 0.03, 0.18


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
    Size("regional", 200, 12, 4, 4, 0.6, 37),
    Size("large", 1_000, 60, 22, 12, 1.0, 1),
    Size("national", 10_000, 500, 98, 80, 2.3, 1),
)


def instance(size: Size) -> dict[str, Any]:
    """One instance; the same size and seed give the same instance everywhere."""
    luck = Random(size.seed)  # noqa: S311 (made-up data)
    homes = {f"JC{number:02}": _point(luck, size) for number in range(size.jobcenters)}
    schools = {f"S{number:02}": _point(luck, size) for number in range(size.schools)}
    sectors = SECTORS[: max(3, size.runs // 4)]
    courses = {
        f"K{number:03}": sectors[number % len(sectors)] for number in range(max(8, size.runs * 2 // 3))
    }
    runs = [_run(luck, number, courses, list(schools), list(homes)) for number in range(size.runs)]
    employers = [
        {"id": f"E{number:04}", "cap": luck.choice((3, 4))} for number in range(size.candidates // 14)
    ]
    weights = [luck.random() ** 2 + 0.1 for _home in homes]
    candidates = [
        _candidate(luck, number, homes, weights, schools, employers, sectors)
        for number in range(size.candidates)
    ]
    _lock(luck, candidates, runs)
    found = {
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
    _propose(luck, found)
    return found


def _point(luck: Random, size: Size) -> tuple[float, float]:
    return luck.random() * size.width, luck.random() * size.width


def _run(
    luck: Random, number: int, courses: dict[str, str], schools: list[str], homes: list[str]
) -> dict[str, Any]:
    course, start, length = luck.choice(list(courses)), 7 * luck.randrange(19), luck.choice(LENGTHS)
    most = luck.randint(12, 24)
    run: dict[str, Any] = {
        "id": f"R{number:04}",
        "course": course,
        "sector": courses[course],
        "school": luck.choice(schools),
        "sessions": [[start, start + length]],
        "max": most,
        "min": round(most * luck.uniform(0.5, 0.7)),
        "lang_min": luck.choice((0, 1, 2, 2, 3, 4)),
        "cost": -(-length // 7) * luck.randint(30, 60),
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
    sectors: tuple[str, ...],
) -> dict[str, Any]:
    home = luck.choices(list(homes), weights)[0]
    begins = luck.randrange(90)
    free = [[0, begins // 2]] if begins > 1 and luck.random() < TWICE_FREE else []
    maybe = {
        "employer": (0.35, luck.choice(employers)["id"]),
        "available": (0.6, [*free, [begins, begins + luck.randint(35, 180)]]),
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
            for rank, sector in enumerate(luck.sample(sectors, luck.randint(1, min(4, len(sectors)))), 1)
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
    """A few seats in committed runs stay."""
    room = {run["id"]: 5 for run in runs if run.get("committed") and not run.get("quota")}
    for candidate in candidates:
        run = luck.choice(sorted(room)) if room else None
        if run and luck.random() < IS_LOCKED and room[run] and not candidate.get("employer"):
            candidate["locked"] = [run]
            room[run] -= 1


def _propose(luck: Random, found: dict[str, Any]) -> None:
    """Some of those who fit somewhere had a seat there in the last proposal."""
    problem = read_instance(json.dumps(found).encode())
    wishlist = Wishlist(problem.runs)
    for candidate, one in zip(found["candidates"], problem.candidates, strict=True):
        runs = list(wishlist.eligible(one))
        if runs and luck.random() < HAD_A_SEAT:
            candidate["previous"] = [luck.choice(runs).id]
