"""The whole question of a partnership on a day, in keys only; seats people hold come before every rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.errors import Refused
from coordination.domain.nominations import NominationState
from coordination.domain.pooling.problem import Employer as Limit
from coordination.domain.pooling.problem import Policy, Problem
from coordination.domain.pooling_question import give_way
from coordination.models import Employer, Enrolment, Municipality, Nomination
from coordination.queries.pooling_question.away import away
from coordination.queries.pooling_question.people import Beside, candidates
from coordination.queries.pooling_question.runs import open_runs, runs

NOT_AGAIN = (EnrolmentState.DECLINED, EnrolmentState.REJECTED)
"""Whoever said no to a run, or to whom its school did, is not proposed for it again."""


def question(
    _actor: Actor, partnership_id: int, today: date, *, previous: Mapping[str, str] | None = None
) -> Problem:
    """What the pooling is asked for a partnership; `previous` is the last proposal's run of each person."""
    found = runs(partnership_id, today)
    homes = db.session.scalars(
        sa.select(Municipality.id)
        .where(Municipality.partnership_id == partnership_id)
        .order_by(Municipality.id)
    ).all()
    limits = db.session.execute(
        sa.select(Employer.id, Employer.name_key, Employer.most_away)
        .where(Employer.partnership_id == partnership_id, Employer.most_away.is_not(None))
        .order_by(Employer.id)
    ).all()
    employers = {row.name_key: str(row.id) for row in limits}
    runs_under_way, people_away = away(partnership_id, today, employers)
    beside = Beside(
        partnership_id=partnership_id,
        today=today,
        runs=found,
        homes=frozenset(homes),
        employers=employers,
        refused=refusals([int(run.id) for run in found]),
        previous=previous or {},
    )
    return give_way(
        Problem(
            name=f"{partnership_id} {today.isoformat()}",
            policy=Policy(),
            jobcenters=tuple(str(home) for home in homes),
            employers=tuple(Limit(str(row.id), row.most_away) for row in limits),
            runs=(*found, *runs_under_way),
            candidates=(*candidates(beside), *people_away),
        )
    )


def check_something(partnership_id: int, today: date) -> None:
    """Refused where there is no run to fill or nobody to fill it with."""
    if not db.session.scalar(sa.select(open_runs(partnership_id, today).exists())):
        raise Refused("proposal.no_runs")
    waiting = (
        sa.select(Nomination.id)
        .join(Municipality, Municipality.id == Nomination.municipality_id)
        .where(Municipality.partnership_id == partnership_id)
        .where(Nomination.state == NominationState.SUBMITTED)
    )
    if db.session.scalar(waiting.limit(1)) is None:
        raise Refused("proposal.nobody")


def refusals(course_run_ids: list[int]) -> frozenset[tuple[int, int]]:
    """Nomination and run of every no."""
    rows = db.session.execute(
        sa.select(Enrolment.nomination_id, Enrolment.course_run_id)
        .where(Enrolment.course_run_id.in_(course_run_ids))
        .where(Enrolment.state.in_(NOT_AGAIN))
    )
    return frozenset((nomination_id, course_run_id) for nomination_id, course_run_id in rows)
