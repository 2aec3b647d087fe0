"""Every eligible pair, built with vectors; must equal coordination.domain.pooling.pairs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from coordination.domain.pooling.first_come import Fitting
from coordination.domain.pooling.pairs import LOCKED_RANK
from coordination.domain.pooling.problem import Plan, Problem, Run, Seat

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
NO_LIMIT = 2**40


def spread(starts: Whole, counts: Whole) -> Whole:
    """For each member start, start + 1, … as often as its count, one after the other."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + np.repeat(starts - (ends - counts), counts)


@dataclass(frozen=True)
class Pairs:
    """The eligible pairs by candidate and run in stored order, as positions in the problem."""

    candidate: Whole
    run: Whole
    rank: Whole
    locked: Flags

    def __len__(self) -> int:
        return len(self.candidate)

    def fitting(self, problem: Problem) -> Fitting:
        """The runs of each candidate, the best wish first."""
        found: dict[str, list[Run]] = {}
        order = np.lexsort((self.run, self.rank, self.candidate))
        for at, run in zip(self.candidate[order].tolist(), self.run[order].tolist(), strict=True):
            found.setdefault(problem.candidates[at].id, []).append(problem.runs[run])
        return found

    def taken(self, problem: Problem, plan: Plan) -> Flags:
        """Which pairs are seats of a plan."""
        people, runs = problem.candidates, problem.runs
        both = zip(self.candidate.tolist(), self.run.tolist(), strict=True)
        return np.array([Seat(people[at].id, runs[run].id) in plan for at, run in both], dtype=bool)


def build_pairs(problem: Problem) -> Pairs:
    """The pairs of the problem with their best rank; locked seats are always among them."""
    runs = {run.id: at for at, run in enumerate(problem.runs)}
    wished = _wished(problem)
    kept = wished[:, _passes(problem, wished[0], wished[1])]
    locks = [(at, runs[name]) for at, one in enumerate(problem.candidates) for name in one.locked]
    locked = np.array(locks, dtype=np.int64).reshape(-1, 2)
    keys = locked[:, 0] * len(runs) + locked[:, 1]
    # A locked seat keeps the rank of the wish that names it, also where the pair fails otherwise.
    named = wished[:, np.isin(wished[0] * len(runs) + wished[1], keys)] if len(keys) else wished[:, :0]
    alone = np.column_stack((locked, np.full(len(locked), LOCKED_RANK))).T
    candidate, run, rank = np.concatenate((kept, named, alone), axis=1)
    order = np.lexsort((rank, run, candidate))
    key = (candidate * len(runs) + run)[order]
    best = order[np.concatenate((key[:1] == key[:1], key[1:] != key[:-1]))]
    found = candidate[best] * len(runs) + run[best]
    return Pairs(candidate[best], run[best], rank[best], np.isin(found, keys))


def _wished(problem: Problem) -> Whole:
    """Candidate, run and rank of everything a wish names; a pair may stand several times."""
    groups: dict[tuple[str, str | None], list[int]] = {}
    for at, run in enumerate(problem.runs):
        for name in (("run", run.id), ("course", run.course), ("sector", run.sector)):
            groups.setdefault(name, []).append(at)
    places = {name: place for place, name in enumerate(groups)}
    wishes = [
        (at, places.get(name, -1), wish.rank)
        for at, one in enumerate(problem.candidates)
        for wish in one.wishes
        for name in (("run", wish.run), ("course", wish.course), ("sector", wish.sector))
        if name[1] is not None
    ]
    candidate, group, rank = np.array(wishes, dtype=np.int64).reshape(-1, 3).T
    candidate, group, rank = (values[group >= 0] for values in (candidate, group, rank))
    sizes = np.array([len(members) for members in groups.values()], dtype=np.int64)
    members = np.fromiter(chain.from_iterable(groups.values()), dtype=np.int64)
    counts = sizes[group]
    run = members[spread((np.cumsum(sizes) - sizes)[group], counts)]
    return np.stack((np.repeat(candidate, counts), run, np.repeat(rank, counts)))


def _limit(values: list[int | None], default: int) -> Whole:
    return np.array([default if value is None else value for value in values], dtype=np.int64)


def _passes(problem: Problem, candidate: Whole, run: Whole) -> Flags:
    """Which of these pairs no reason forbids, the cheap questions first."""
    people, runs = problem.candidates, problem.runs
    lawful = np.array([one.lawful for one in people], dtype=bool)
    lang = _limit([one.lang for one in people], NO_LIMIT)
    deadline = _limit([one.deadline for one in people], NO_LIMIT)
    weeks = _limit([one.weeks_left for one in people], NO_LIMIT)
    passes: Flags = lawful[candidate]
    passes &= lang[candidate] >= _limit([one.lang_min for one in runs], 0)[run]
    passes &= deadline[candidate] >= _limit([one.last_day for one in runs], 0)[run]
    passes &= weeks[candidate] >= _limit([one.weeks for one in runs], 0)[run]
    for question in (_reached, _available):
        left = np.flatnonzero(passes)
        passes[left] = question(problem, candidate[left], run[left])
    return passes


def _reached(problem: Problem, candidate: Whole, run: Whole) -> Flags:
    names = dict.fromkeys(run.school for run in problem.runs)
    schools = {name: at for at, name in enumerate(names)}
    near = np.zeros((len(problem.candidates), max(1, len(schools))), dtype=bool)
    for at, one in enumerate(problem.candidates):
        if one.max_travel is None:
            near[at] = True
            continue
        most = one.max_travel
        near[at, [schools[name] for name, far in one.travel.items() if far <= most and name in schools]] = (
            True
        )
    school = np.array([schools[run.school] for run in problem.runs], dtype=np.int64)
    return near[candidate, school[run]]


@dataclass(frozen=True)
class Spans:
    """Lists of intervals laid end to end: those of `at` begin at first[at] and are count[at]."""

    start: Whole
    end: Whole
    first: Whole
    count: Whole

    @classmethod
    def of(cls, lists: list[tuple[tuple[int, int], ...]]) -> Spans:
        """The lists as vectors."""
        flat = np.array([span for spans in lists for span in spans], dtype=np.int64).reshape(-1, 2)
        count = np.array([len(spans) for spans in lists], dtype=np.int64)
        return cls(flat[:, 0], flat[:, 1], np.cumsum(count) - count, count)


def _available(problem: Problem, candidate: Whole, run: Whole) -> Flags:
    """Whether every session lies inside one available interval."""
    sessions = Spans.of([one.sessions for one in problem.runs])
    free = Spans.of([one.available or () for one in problem.candidates])
    always = np.array([one.available is None for one in problem.candidates], dtype=bool)[candidate]
    asked = np.flatnonzero(~always)
    candidate, run = candidate[asked], run[asked]
    pair = np.repeat(np.arange(len(asked)), sessions.count[run])
    session = spread(sessions.first[run], sessions.count[run])
    owner = candidate[pair]
    which = np.repeat(np.arange(len(pair)), free.count[owner])
    interval = spread(free.first[owner], free.count[owner])
    inside = (free.start[interval] <= sessions.start[session[which]]) & (
        sessions.end[session[which]] <= free.end[interval]
    )
    covered = np.bincount(which[inside], minlength=len(pair)) > 0
    uncovered = np.bincount(pair[~covered], minlength=len(asked))
    always[asked] = uncovered == 0
    return always
