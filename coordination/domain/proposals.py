"""A proposed allocation: how it comes about, what people may do to it, and when it no longer holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from coordination.domain.errors import Invalid, Refused, Stale
from coordination.domain.pooling.checking import Violation, check
from coordination.domain.pooling.pairs import Reason
from coordination.domain.pooling.problem import Candidate, Goal, Plan, Problem, Run, Seat
from coordination.domain.pooling.scoring import entitlements, score
from coordination.domain.proposal_locks import replace_candidates
from coordination.domain.texts import problem_in, tidy


class ProposalState(StrEnum):
    """Where a proposed allocation stands."""

    WAITING = "waiting"
    SOLVING = "solving"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"
    PUBLISHED = "published"


UNDER_WAY = frozenset({ProposalState.WAITING, ProposalState.SOLVING})
TIME_LIMITS = (30, 60, 180, 600)
"""Seconds a search may take, for the form; anything from 5 to 900 is accepted."""
SHORTEST, LONGEST = 5, 900
MAX_REASON = 300


@dataclass(frozen=True)
class Move:
    """One person put into another run, or out of all of them."""

    candidate: str
    run: str | None


@dataclass(frozen=True)
class Effect:
    """What a move does: every goal before and after, and the rules the plan would break that hold now."""

    before: Mapping[Goal, int]
    after: Mapping[Goal, int]
    violations: tuple[Violation, ...]

    @property
    def refusals(self) -> tuple[Violation, ...]:
        """What no reason excuses."""
        return tuple(wrong for wrong in self.violations if not excusable(wrong))

    @property
    def warnings(self) -> tuple[Violation, ...]:
        """What a reason excuses."""
        return tuple(wrong for wrong in self.violations if excusable(wrong))


class ChangeKind(StrEnum):
    """What is otherwise than when the question was asked."""

    PERSON_GONE = "person_gone"
    PERSON_NEW = "person_new"
    PERSON_CHANGED = "person_changed"
    SEAT_TAKEN = "seat_taken"
    SEAT_GIVEN_UP = "seat_given_up"
    RUN_GONE = "run_gone"
    RUN_NEW = "run_new"
    RUN_CHANGED = "run_changed"
    EMPLOYER_CHANGED = "employer_changed"


@dataclass(frozen=True)
class Change:
    """One thing that changed: whom or what it is about (a key of the question) and which fields."""

    kind: ChangeKind
    about: str
    fields: tuple[str, ...] = ()
    run: str | None = None


EXCUSABLE = frozenset({"not_eligible", "below_minimum", "employer_cap", "too_many_weeks"})
UNLAWFUL = frozenset({Reason.NOT_LAWFUL})


def excusable(wrong: Violation) -> bool:
    """Whether a reason lets the coordinator decide otherwise; a full run stays full, the law the law."""
    return wrong.code in EXCUSABLE and wrong.facts.get("reason") not in UNLAWFUL


def effect(problem: Problem, plan: Plan, move: Move, *, best_placed: int | None = None) -> Effect:
    """What moving one person does to every goal."""
    (found,) = effects(problem, plan, [move], best_placed=best_placed)
    return found


def effects(
    problem: Problem, plan: Plan, moves: Iterable[Move], *, best_placed: int | None = None
) -> tuple[Effect, ...]:
    """What each of several moves does, every one from the same plan; shares are counted once for them all."""
    placed = score(problem, plan, entitled=dict.fromkeys(problem.jobcenters, 0))[Goal.PLACED]
    entitled = entitlements(problem, placed if best_placed is None else best_placed)
    before = score(problem, plan, entitled=entitled)
    broken = frozenset(key_of(wrong) for wrong in check(problem, plan))
    return tuple(_effect(problem, plan, move, before, broken, entitled) for move in moves)


def _effect(
    problem: Problem,
    plan: Plan,
    move: Move,
    before: Mapping[Goal, int],
    broken: Collection[tuple[object, ...]],
    entitled: Mapping[str, int],
) -> Effect:
    moved = without_seat_of(plan, move.candidate)
    if move.run is not None:
        moved |= {Seat(move.candidate, move.run)}
    freed = replace_candidates(problem, {move.candidate: {"locked": (), "max_places": 1}})
    found = check(freed, moved)
    return Effect(
        before=before,
        after=score(freed, moved, entitled=entitled),
        violations=tuple(wrong for wrong in found if key_of(wrong) not in broken),
    )


def key_of(wrong: Violation) -> tuple[object, ...]:
    """What tells two violations apart."""
    return (wrong.code, *sorted((name, str(value)) for name, value in wrong.facts.items()))


def without_seat_of(plan: Plan, candidate: str) -> Plan:
    """The plan with one person taken out."""
    return frozenset(seat for seat in plan if seat.candidate != candidate)


def full_for(run: Run, homes: Mapping[str, int], jobcenter: str) -> bool:
    """Whether a run has no seat for one more of a jobcenter, beside those who sit there by jobcenter."""
    beyond = sum(max(0, count - run.reserved.get(home, 0)) for home, count in homes.items())
    more = homes.get(jobcenter, 0) >= run.reserved.get(jobcenter, 0)
    free = run.maximum - sum(run.reserved.values())
    return sum(homes.values()) >= run.maximum or (more and beyond >= free)


def changes(frozen: Problem, current: Problem) -> tuple[Change, ...]:
    """What is otherwise today than when the question was frozen: runs first, then employers, then people.

    Both without a coordinator's locks; what the last proposal said about a person is no change.
    """
    return (*_run_changes(frozen, current), *_employer_changes(frozen, current), *_people(frozen, current))


RUN_FIELDS = ("sessions", "maximum", "minimum", "lang_min", "cost", "committed", "reserved", "school")
PERSON_FIELDS = (
    "jobcenter",
    "employer",
    "weight",
    "lang",
    "available",
    "deadline",
    "lawful",
    "max_travel",
    "travel",
    "wishes",
)


def _run_changes(frozen: Problem, current: Problem) -> list[Change]:
    before = {run.id: run for run in frozen.runs}
    after = {run.id: run for run in current.runs}
    gone = [Change(ChangeKind.RUN_GONE, name) for name in before if name not in after]
    new = [Change(ChangeKind.RUN_NEW, name) for name in after if name not in before]
    return [*gone, *new, *_differing(ChangeKind.RUN_CHANGED, before, after, RUN_FIELDS)]


def _employer_changes(frozen: Problem, current: Problem) -> list[Change]:
    before = {one.id: one.cap for one in frozen.employers}
    after = {one.id: one.cap for one in current.employers}
    names = sorted(before.keys() | after.keys())
    return [
        Change(ChangeKind.EMPLOYER_CHANGED, name, ("cap",))
        for name in names
        if before.get(name) != after.get(name)
    ]


def _people(frozen: Problem, current: Problem) -> list[Change]:
    before = {one.id: one for one in frozen.candidates}
    after = {one.id: one for one in current.candidates}
    gone = [Change(ChangeKind.PERSON_GONE, name) for name in before if name not in after]
    new = [Change(ChangeKind.PERSON_NEW, name) for name in after if name not in before]
    seats = [
        change for name, one in after.items() if name in before for change in _seat_changes(before[name], one)
    ]
    return [*gone, *new, *seats, *_differing(ChangeKind.PERSON_CHANGED, before, after, PERSON_FIELDS)]


def _seat_changes(before: Candidate, after: Candidate) -> list[Change]:
    taken = [run for run in after.locked if run not in before.locked]
    given_up = [run for run in before.locked if run not in after.locked]
    return [
        *(Change(ChangeKind.SEAT_TAKEN, after.id, run=run) for run in taken),
        *(Change(ChangeKind.SEAT_GIVEN_UP, after.id, run=run) for run in given_up),
    ]


def _differing(
    kind: ChangeKind, before: Mapping[str, object], after: Mapping[str, object], names: tuple[str, ...]
) -> list[Change]:
    found = []
    for key in (key for key in before if key in after):
        differ = tuple(name for name in names if getattr(before[key], name) != getattr(after[key], name))
        if differ:
            found.append(Change(kind, key, differ))
    return found


def check_version(version: int, seen: int) -> None:
    """Stale("proposal.changed") if somebody changed the proposal since its page was opened."""
    if version != seen:
        raise Stale("proposal.changed")


def check_ready(state: ProposalState) -> None:
    """Refused unless the proposal has been solved and not yet been published."""
    if state is ProposalState.PUBLISHED:
        raise Refused("proposal.published")
    if state is not ProposalState.READY:
        raise Refused("proposal.not_ready", state=state)


def settle_time_limit(seconds: int | None) -> int:
    """The seconds a search may take; Invalid beside `time_limit`."""
    if seconds is None or not SHORTEST <= seconds <= LONGEST:
        raise Invalid({"time_limit": ("proposal.time_limit", {"least": SHORTEST, "most": LONGEST})})
    return seconds


def settle_reason(reason: str) -> str:
    """Why the coordinator decides otherwise; Invalid beside `reason` where it is missing or unusable."""
    text = tidy(reason)
    if not text:
        raise Invalid({"reason": "proposal.no_reason"})
    if problem := problem_in(text, MAX_REASON):
        raise Invalid({"reason": problem})
    return text
