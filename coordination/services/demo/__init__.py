"""Demonstration data: the published story of the four jobcenters, told as of today; every name is made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from coordination.adapters.cpr_vault import CprVault
from coordination.db import db
from coordination.domain.calendar import local_day
from coordination.models import Partnership, User
from coordination.services.demo.allocation import ask_for_a_proposal, runs_to_fill
from coordination.services.demo.evaluated import finished_run_with_evaluation, half_planned_next_run
from coordination.services.demo.hours import hours_and_absences, modules_on_sessions
from coordination.services.demo.igu import conditions_and_agreements
from coordination.services.demo.limits import limits, second_edition
from coordination.services.demo.lines import lots_and_priority
from coordination.services.demo.people import Pool
from coordination.services.demo.places import Places, make_places
from coordination.services.demo.running import open_run_short_of_its_minimum, running_run
from coordination.services.demo.sharing import sharing_and_moves
from coordination.services.demo.threads import threads


@dataclass(frozen=True)
class Login:
    """One demonstration login."""

    email: str
    name: str
    role: str


def load(*, password_hash: str, vault: CprVault, now: datetime) -> bool:
    """Tell the story in an empty database; False, and nothing changed, where there are partnerships."""
    if db.session.scalar(select(Partnership.id).limit(1)) is not None:
        return False
    today = local_day(now)
    places: Places = make_places(password_hash, now=now)
    pool = Pool(places, vault, today=today, now=now)
    finished = finished_run_with_evaluation(places, pool, today=today, now=now)
    half_planned_next_run(places, finished, today=today, now=now)
    running_run(places, pool, today=today, now=now)
    open_run_short_of_its_minimum(places, pool, today=today)
    runs_to_fill(places, today=today)
    pool.fill_up_to(POOL_SIZE)
    pool.park_some()
    conditions_and_agreements(today=today)
    modules_on_sessions()
    hours_and_absences(today=today, now=now)
    threads(places, today=today, now=now)
    sharing_and_moves(places, today=today, now=now)
    lots_and_priority(places, now=now)
    limits(places)
    second_edition(places)
    ask_for_a_proposal(places, now=now)
    return True


POOL_SIZE = 40


def logins() -> tuple[Login, ...]:
    """The demonstration logins, one or more per role."""
    users = db.session.scalars(select(User).where(User.demo, User.active).order_by(User.id))
    return tuple(Login(user.email, user.name, user.role.value) for user in users)
