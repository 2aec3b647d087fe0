"""The public file format `pool-instance/1`: read with suspicion, written back as it was."""

from __future__ import annotations

import json
from collections.abc import Mapping

from coordination.domain.pooling.clashes import clashes_of, unknown_names
from coordination.domain.pooling.fields import Complaints, Fields, InstanceError, shown
from coordination.domain.pooling.problem import Candidate, Employer, Goal, Policy, Problem, Run, Wish

FORMAT = "pool-instance/1"


def read_instance(content: str | bytes | Mapping[str, object]) -> Problem:
    """The problem of an instance; raises InstanceError with every complaint, and nothing else."""
    value = content if isinstance(content, Mapping) else _parsed(content)
    complaints = Complaints()
    whole = Fields(value, "", complaints)
    if (found := whole.text("format")) != FORMAT and found:
        complaints.add("format", f"{shown(found)} is unknown; this reads {FORMAT!r}.")
    complaints.stop()
    problem = Problem(
        name=whole.text("name", ""),
        policy=_policy(whole),
        jobcenters=tuple(one.text("id") for one in whole.objects("jobcenters")),
        employers=tuple(Employer(one.text("id"), one.whole("cap")) for one in whole.objects("employers")),
        runs=tuple(_run(one) for one in whole.objects("runs")),
        candidates=tuple(_candidate(one) for one in whole.objects("candidates")),
    )
    complaints.stop()
    for find in (unknown_names, clashes_of):
        for path, sentence in find(problem):
            complaints.add(path, sentence)
        complaints.stop()
    return problem


def _parsed(content: str | bytes) -> object:
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_no_twins)
    except UnicodeDecodeError:
        raise InstanceError(["The file is not text in UTF-8."]) from None
    except RecursionError:
        raise InstanceError(["The file is nested too deeply."]) from None
    except ValueError as wrong:
        raise InstanceError([f"The file is not JSON: {wrong}."]) from None


def _no_constant(name: str) -> object:
    message = f"{name} is not a number"
    raise ValueError(message)


def _no_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        message = f"the field {shown(twin)} stands twice in one object"
        raise ValueError(message)
    return found


def _policy(whole: Fields) -> Policy:
    if not whole.has("policy"):
        return Policy()
    policy = whole.inside("policy")
    levels = tuple(_goal(policy, path, value) for path, value in policy.many("levels"))
    scores = tuple(policy.number(value, path, 0) for path, value in policy.many("rank_score"))
    if len(set(levels)) < len(levels):
        policy.complaints.add(policy.at("levels"), "a goal stands twice.")
    return Policy(levels if policy.has("levels") else Policy().levels, scores)


def _goal(policy: Fields, path: str, value: object) -> Goal:
    if isinstance(value, str) and value in list(Goal):
        return Goal(value)
    policy.complaints.add(path, f"{shown(value)} is no goal; the goals are {', '.join(Goal)}.")
    return Goal.PLACED


def _run(one: Fields) -> Run:
    name = one.text("id")
    return Run(
        id=name,
        sector=one.text("sector", ""),
        course=one.text("course", name),
        school=one.text("school", ""),
        sessions=one.intervals("sessions", least=1),
        maximum=one.whole("max"),
        minimum=one.whole("min", 0),
        lang_min=one.whole("lang_min", 0),
        cost=one.whole("cost", 0),
        committed=one.flag("committed", default=False),
        reserved=one.table("reserved"),
        quota=one.table("quota"),
    )


def _candidate(one: Fields) -> Candidate:
    return Candidate(
        id=one.text("id"),
        jobcenter=one.text("jobcenter"),
        employer=one.text("employer") if one.has("employer") else None,
        weight=one.whole("weight", 1),
        lang=one.maybe_whole("lang"),
        available=one.intervals("available", least=0) if one.has("available") else None,
        deadline=one.whole("deadline", least=-(10**9)) if one.has("deadline") else None,
        max_places=one.whole("max_places", 1),
        weeks_left=one.maybe_whole("weeks_left"),
        lawful=one.flag("lawful", default=True),
        waited_since=one.whole("waited_since", 0, least=-(10**9)),
        max_travel=one.maybe_whole("max_travel"),
        travel=one.table("travel"),
        wishes=tuple(_wish(wish) for wish in one.objects("wishes")),
        locked=one.names("locked"),
        previous=one.names("previous"),
    )


def _wish(one: Fields) -> Wish:
    named = {kind: one.text(kind) for kind in ("run", "course", "sector") if one.has(kind)}
    if len(named) != 1:
        one.complaints.add(one.path, f"names {' and '.join(named) or 'nothing'}; one of run, course, sector.")
    return Wish(one.whole("rank", least=1), named.get("run"), named.get("course"), named.get("sector"))


def as_instance(problem: Problem) -> dict[str, object]:
    """The problem in the public format; what is absent or at its default is left out."""
    return {
        "format": FORMAT,
        "name": problem.name,
        "policy": {
            "levels": [str(goal) for goal in problem.policy.levels],
            "rank_score": list(problem.policy.rank_score),
        },
        "jobcenters": [{"id": name} for name in problem.jobcenters],
        "employers": [{"id": one.id, "cap": one.cap} for one in problem.employers],
        "runs": [_run_as(run) for run in problem.runs],
        "candidates": [_candidate_as(one) for one in problem.candidates],
    }


def _run_as(run: Run) -> dict[str, object]:
    kept = {"committed": run.committed, "reserved": dict(run.reserved), "quota": dict(run.quota)}
    return {
        "id": run.id,
        "course": run.course,
        "sector": run.sector,
        "school": run.school,
        "sessions": [list(session) for session in run.sessions],
        "max": run.maximum,
        "min": run.minimum,
        "lang_min": run.lang_min,
        "cost": run.cost,
        **{name: value for name, value in kept.items() if value},
    }


def _candidate_as(one: Candidate) -> dict[str, object]:
    kept: dict[str, object | None] = {
        "employer": one.employer,
        "lang": one.lang,
        "available": None if one.available is None else [list(interval) for interval in one.available],
        "deadline": one.deadline,
        "max_places": None if one.max_places == 1 else one.max_places,
        "weeks_left": one.weeks_left,
        "lawful": None if one.lawful else False,
        "max_travel": one.max_travel,
        "travel": dict(one.travel) or None,
        "locked": list(one.locked) or None,
        "previous": list(one.previous) or None,
    }
    return {
        "id": one.id,
        "jobcenter": one.jobcenter,
        "weight": one.weight,
        "waited_since": one.waited_since,
        **{name: value for name, value in kept.items() if value is not None},
        "wishes": [_wish_as(wish) for wish in one.wishes],
    }


def _wish_as(wish: Wish) -> dict[str, object]:
    named = {"run": wish.run, "course": wish.course, "sector": wish.sector}
    return {"rank": wish.rank, **{kind: name for kind, name in named.items() if name is not None}}
