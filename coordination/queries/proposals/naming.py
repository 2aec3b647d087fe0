"""Names for the keys of a question: what a page or a refusal calls runs, people, jobcenters and employers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.pooling.checking import Violation
from coordination.domain.pooling.problem import Problem
from coordination.domain.pooling_question import day_of
from coordination.domain.proposals import Change, ChangeKind
from coordination.models import CourseRun, Employer, Municipality, Nomination, Proposal, School, User
from coordination.queries.proposals.rows import Loaded


@dataclass(frozen=True)
class Names:
    """By key, as text: titles of runs, pool codes, municipalities, employers and schools."""

    runs: Mapping[str, str]
    people: Mapping[str, str]
    jobcenters: Mapping[str, str]
    employers: Mapping[str, str]
    schools: Mapping[str, str]


@dataclass(frozen=True)
class Told:
    """A violation with names instead of keys: the code of its sentence and the facts that sentence needs."""

    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True)
class ToldChange:
    """A change with a name instead of a key."""

    kind: ChangeKind
    about: str
    fields: tuple[str, ...]
    run: str


def names_of(_actor: Actor, loaded: Loaded, *others: Problem) -> Names:
    """The names behind every key of a proposal's question, and of other questions beside it."""
    problems = (loaded.question, *others)
    runs = {run.id for problem in problems for run in problem.runs}
    people = {one.id for problem in problems for one in problem.candidates}
    known = {str(place.nomination_id): place.code for place in loaded.places}
    return Names(
        runs=_named(CourseRun.id, CourseRun.title, runs),
        people=known | _named(Nomination.id, Nomination.code, people - known.keys()),
        jobcenters=_named(Municipality.id, Municipality.name, {j for p in problems for j in p.jobcenters}),
        employers=_named(Employer.id, Employer.name, {one.id for p in problems for one in p.employers}),
        schools=_named(School.id, School.name, {run.school for p in problems for run in p.runs}),
    )


def named(actor: Actor, loaded: Loaded, violations: Sequence[Violation]) -> tuple[Told, ...]:
    """The violations as people read them."""
    names = names_of(actor, loaded)
    return tuple(told(wrong, names) for wrong in violations)


def told(wrong: Violation, names: Names) -> Told:
    """One violation as people read it."""
    tables = {
        "run": names.runs,
        "other": names.runs,
        "candidate": names.people,
        "jobcenter": names.jobcenters,
        "employer": names.employers,
    }
    facts: dict[str, object] = {}
    for name, fact in wrong.facts.items():
        if name in tables:
            facts[name] = tables[name].get(str(fact), str(fact))
        elif name == "day" and isinstance(fact, int):
            facts[name] = day_of(fact)
        else:
            facts[name] = fact
    return Told(f"plan.{wrong.code}", facts)


def named_changes(
    actor: Actor, loaded: Loaded, current: Problem, changes: Collection[Change]
) -> tuple[ToldChange, ...]:
    """The changes as people read them; somebody no longer within reach keeps the code the proposal knew."""
    names = names_of(actor, loaded, current)
    tables = {"run": names.runs, "person": names.people, "seat": names.people, "employer": names.employers}
    return tuple(
        ToldChange(
            change.kind,
            tables[change.kind.split("_")[0]].get(change.about, change.about),
            change.fields,
            names.runs.get(change.run, change.run) if change.run else "",
        )
        for change in changes
    )


def publisher(row: Proposal) -> str:
    """Who published a proposal."""
    return db.session.scalar(sa.select(User.name).where(User.id == row.published_by_id)) or ""


def _named(key: Any, name: Any, wanted: set[str]) -> dict[str, str]:
    """The names of rows by their key as text."""
    ids = [int(one) for one in wanted if one.isdecimal()]
    if not ids:
        return {}
    return {str(row[0]): row[1] for row in db.session.execute(sa.select(key, name).where(key.in_(ids)))}
