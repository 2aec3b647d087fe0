"""Reasons, broken rules and runs of a proposal as its pages tell them: names instead of keys."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.errors import NotFound
from coordination.domain.pooling.checking import Violation, check
from coordination.domain.pooling.problem import Run
from coordination.models import CourseRun, Employer, Municipality, Nomination, School
from coordination.queries.pooling_question import NOBODYS_SECTOR
from coordination.queries.proposals.naming import Names, Told, told
from coordination.queries.proposals.rows import Loaded, load


@dataclass(frozen=True)
class RunName:
    """A run as people call it."""

    title: str
    school: str
    starts_on: date | None


def answered(actor: Actor, proposal_id: int) -> Loaded:
    """A proposal that has an answer to look at; NotFound for any other."""
    found = load(actor, proposal_id)
    if not found.levels:
        raise NotFound
    return found


def run_names(loaded: Loaded) -> dict[str, RunName]:
    """The runs of a proposal by key."""
    rows = db.session.execute(
        sa.select(CourseRun.id, CourseRun.title, School.name, CourseRun.starts_on)
        .join(School, School.id == CourseRun.school_id)
        .where(CourseRun.id.in_([int(run.id) for run in fillable(loaded)]))
    )
    return {str(key): RunName(title, school, starts_on) for key, title, school, starts_on in rows}


def fillable(loaded: Loaded) -> tuple[Run, ...]:
    """The runs of the question that people may join; those under way only count against employers."""
    return tuple(run for run in loaded.question.runs if run.sector != NOBODYS_SECTOR)


def title(names: Names, course_run_id: int | None) -> str:
    """The title of a run; empty for none."""
    return names.runs.get(str(course_run_id), "") if course_run_id else ""


def reasons(found: Sequence[Mapping[str, Any]], names: Names) -> tuple[Told, ...]:
    """Stored reasons with names."""
    return tuple(
        told(Violation(one["code"], {k: v for k, v in one.items() if k != "code"}), names) for one in found
    )


def broken(loaded: Loaded, names: Names) -> tuple[Told, ...]:
    """The rules the proposal breaks as it stands, each of them with a coordinator's reason."""
    return tuple(told(wrong, names) for wrong in check(loaded.problem, loaded.plan))


def names_behind(told_facts: object) -> Names:
    """The names of whatever the keys among these facts may stand for, as far as the reader reaches it."""
    keys = {int(key) for key in _texts(told_facts) if key.isascii() and key.isdecimal()}
    return Names(
        runs=_named(CourseRun.id, CourseRun.title, keys),
        people=_named(Nomination.id, Nomination.code, keys),
        jobcenters=_named(Municipality.id, Municipality.name, keys),
        employers=_named(Employer.id, Employer.name, keys),
        schools=_named(School.id, School.name, keys),
    )


def _named(
    key: sa.orm.InstrumentedAttribute[int], name: sa.orm.InstrumentedAttribute[str], ids: Collection[int]
) -> dict[str, str]:
    rows = db.session.execute(sa.select(key, name).where(key.in_(ids)))
    return {str(row[0]): row[1] for row in rows}


def _texts(facts: object) -> Iterator[str]:
    """Every text among facts, however deep."""
    if isinstance(facts, str):
        yield facts
    elif isinstance(facts, Mapping):
        for part in facts.values():
            yield from _texts(part)
    elif isinstance(facts, Sequence):
        for part in facts:
            yield from _texts(part)
