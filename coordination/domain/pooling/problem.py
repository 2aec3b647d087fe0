"""The question put to the pooling: who waits for what, which runs there are, and what counts most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Interval = tuple[int, int]
"""Days from an arbitrary origin, half open: (7, 12) is five days."""


class Goal(StrEnum):
    """What a plan is good at; the policy says in which order."""

    PLACED = "placed"
    FAIR = "fair"
    STABLE = "stable"
    COST = "cost"
    WISH = "wish"


@dataclass(frozen=True)
class Policy:
    """The goals, the most important first, and the points for a seat at wish rank 1, 2 and so on."""

    levels: tuple[Goal, ...] = tuple(Goal)
    rank_score: tuple[int, ...] = (100, 70, 50, 35, 25, 18, 12, 8, 5, 3, 2, 1)

    def points(self, rank: int) -> int:
        """The points of a seat at that rank; beyond the list one point."""
        return self.rank_score[rank - 1] if rank <= len(self.rank_score) else 1


@dataclass(frozen=True)
class Wish:
    """One wish: a run, a course or a sector, and exactly one of them."""

    rank: int
    run: str | None = None
    course: str | None = None
    sector: str | None = None


@dataclass(frozen=True)
class Run:
    """A course run; it opens with at least its minimum (0 or 1 is none), or not at all unless committed."""

    id: str
    sector: str
    course: str
    school: str
    sessions: tuple[Interval, ...]
    maximum: int
    minimum: int = 0
    lang_min: int = 0
    cost: int = 0
    committed: bool = False
    reserved: Mapping[str, int] = field(default_factory=dict)
    quota: Mapping[str, int] = field(default_factory=dict)

    @property
    def weeks(self) -> int:
        """The length in begun weeks of session days, at least one."""
        return max(1, -(-sum(end - start for start, end in self.sessions) // 7))

    @property
    def last_day(self) -> int:
        """The end of the last session."""
        return max(end for _start, end in self.sessions)

    @property
    def needed(self) -> int:
        """How many it takes to open: the minimum, or none when it is committed."""
        return 0 if self.committed else self.minimum


@dataclass(frozen=True)
class Candidate:
    """Somebody who waits, with everything that decides where the person may go."""

    id: str
    jobcenter: str
    employer: str | None = None
    weight: int = 1
    lang: int | None = None
    available: tuple[Interval, ...] | None = None
    deadline: int | None = None
    max_places: int = 1
    weeks_left: int | None = None
    lawful: bool = True
    waited_since: int = 0
    max_travel: int | None = None
    travel: Mapping[str, int] = field(default_factory=dict)
    wishes: tuple[Wish, ...] = ()
    locked: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()


@dataclass(frozen=True)
class Employer:
    """An employer and how many of its people may be away at a time."""

    id: str
    cap: int


@dataclass(frozen=True)
class Problem:
    """Everything a plan is made from; the stored order breaks ties."""

    name: str
    policy: Policy
    jobcenters: tuple[str, ...]
    employers: tuple[Employer, ...]
    runs: tuple[Run, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, order=True)
class Seat:
    """One candidate in one run."""

    candidate: str
    run: str


Plan = frozenset[Seat]


def overlap(one: Run, other: Run) -> bool:
    """Whether two runs have a day in common."""
    return any(a < d and c < b for a, b in one.sessions for c, d in other.sessions)
