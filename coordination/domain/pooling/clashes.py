"""What cannot hold together in a problem, before anything is solved: names, sizes and locks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from coordination.domain.pooling.checking import check
from coordination.domain.pooling.pairs import Wishlist
from coordination.domain.pooling.problem import Problem, Run, Seat

Clash = tuple[str, str]
"""The path, and the sentence."""

LOCK_SENTENCES = {
    "above_maximum": "{count} candidates are locked to run {run!r}, above its maximum of {maximum}.",
    "too_many_places": "{candidate!r} is locked to {count} runs and may have {max_places}.",
    "too_many_weeks": "{candidate!r} is locked to {weeks} weeks and has {weeks_left} left.",
    "overlap": "{candidate!r} is locked to the runs {run!r} and {other!r}, whose sessions overlap.",
    "same_course": "{candidate!r} is locked to the runs {run!r} and {other!r} of the same course {course!r}.",
    "employer_cap": "{count} people of employer {employer!r} are locked on day {day}; its cap is {cap}.",
    "quota": "{count} candidates of {jobcenter!r} are locked to run {run!r}; its quota is {quota}.",
    "reserved": "the locked seats of run {run!r} need {beyond} free seats; beyond the reserved are {free}.",
}


def unknown_names(problem: Problem) -> Iterator[Clash]:
    """Ids that stand twice, and ids nobody has."""
    jobcenters = frozenset(problem.jobcenters)
    runs = frozenset(run.id for run in problem.runs)
    employers = frozenset(employer.id for employer in problem.employers)
    yield from _twins("jobcenters", problem.jobcenters)
    yield from _twins("employers", (one.id for one in problem.employers))
    yield from _twins("runs", (one.id for one in problem.runs))
    yield from _twins("candidates", (one.id for one in problem.candidates))
    for at, run in enumerate(problem.runs):
        for name in ("reserved", "quota"):
            yield from _missing(f"runs[{at}].{name}", "jobcenter", getattr(run, name), jobcenters)
    for at, one in enumerate(problem.candidates):
        path = f"candidates[{at}]"
        yield from _missing(f"{path}.jobcenter", "jobcenter", [one.jobcenter], jobcenters)
        yield from _missing(f"{path}.employer", "employer", [one.employer] if one.employer else [], employers)
        yield from _missing(f"{path}.wishes", "run", [w.run for w in one.wishes if w.run], runs)
        yield from _missing(f"{path}.locked", "run", one.locked, runs)
        yield from _missing(f"{path}.previous", "run", one.previous, runs)


def _twins(path: str, names: Iterable[str]) -> Iterator[Clash]:
    for name, count in Counter(names).items():
        if count > 1:
            yield path, f"the id {name!r} stands {count} times."


def _missing(path: str, kind: str, names: Iterable[str], known: frozenset[str]) -> Iterator[Clash]:
    for name in names:
        if name not in known:
            yield path, f"there is no {kind} {name!r}."


def clashes_of(problem: Problem) -> Iterator[Clash]:
    """Sizes that contradict each other, and locks that cannot all hold."""
    for at, run in enumerate(problem.runs):
        yield from ((f"runs[{at}]", f"run {run.id!r} {sentence}") for sentence in _of_run(run))
    for at, candidate in enumerate(problem.candidates):
        twins = [run for run, count in Counter(candidate.locked).items() if count > 1]
        yield from ((f"candidates[{at}].locked", f"run {run!r} stands twice.") for run in twins)
    yield from _of_locks(problem)
    yield from _of_minimums(problem)


def _of_run(run: Run) -> Iterator[str]:
    if not run.sessions:
        yield "has no sessions."
    for (start, end), (next_start, next_end) in pairwise(sorted(run.sessions)):
        if next_start < end:
            yield f"has overlapping sessions: [{start}, {end}) and [{next_start}, {next_end})."
    if run.minimum > run.maximum:
        yield f"has a minimum of {run.minimum} above its maximum of {run.maximum}."
    if (reserved := sum(run.reserved.values())) > run.maximum:
        yield f"has {reserved} reserved seats, above its maximum of {run.maximum}."


def _of_locks(problem: Problem) -> Iterator[Clash]:
    """The rules that locked seats alone already break; more participants never mend them."""
    places = {one.id: f"candidates[{at}].locked" for at, one in enumerate(problem.candidates)}
    places |= {run.id: f"runs[{at}]" for at, run in enumerate(problem.runs)}
    plan = frozenset(Seat(one.id, run) for one in problem.candidates for run in one.locked)
    for wrong in check(problem, plan):
        if wrong.code in LOCK_SENTENCES:
            about = wrong.facts.get("candidate") or wrong.facts.get("run")
            yield places.get(str(about), "employers"), LOCK_SENTENCES[wrong.code].format(**wrong.facts)


def _of_minimums(problem: Problem) -> Iterator[Clash]:
    """A locked seat opens its run, which then needs its minimum."""
    locked = {run for one in problem.candidates for run in one.locked}
    if not any(run.id in locked and run.needed > 1 for run in problem.runs):
        return
    wishlist = Wishlist(problem.runs)
    fits = Counter(run.id for one in problem.candidates for run in wishlist.eligible(one))
    for at, run in enumerate(problem.runs):
        if run.id in locked and fits[run.id] < run.needed:
            yield (
                f"runs[{at}]",
                f"run {run.id!r} has a locked seat and a minimum of {run.minimum}; only {fits[run.id]} fit.",
            )
