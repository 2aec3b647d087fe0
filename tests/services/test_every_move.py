"""Every deed on a nomination, by everyone, in every state: what is not in the table changes no row.

The cases are generated from the table of moves; a deed that is added there needs a line in DEEDS.
"""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from coordination.db import Base, db
from coordination.domain.actors import Role
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.errors import Invalid, NotFound, Refused
from coordination.domain.legal_bases import Basis, LegalBasis
from coordination.domain.nominations import LIVE, MOVES, NominationDeed, NominationState
from coordination.domain.priorities import Priority
from coordination.models import Nomination
from coordination.services import enrolments, nominations
from tests.factories import CREATED, make_candidate, make_enrolment, make_nomination, make_run

State, Deed = NominationState, NominationDeed
TODAY = date(2026, 11, 23)
BASIS = Basis(LegalBasis.INFORMED, TODAY, date(2028, 11, 23))
CLOCK = None
PEOPLE = {
    Role.JOBCENTER: "caseworker",
    Role.COORDINATOR: "coordinator",
    Role.SCHOOL: "teacher",
    Role.LEADER: "leader",
    Role.ADMIN: "admin",
}
SEAT = {
    State.OFFERED: EnrolmentState.OFFERED,
    State.ACCEPTED: EnrolmentState.ACCEPTED,
    State.DECLINED: EnrolmentState.DECLINED,
    State.EXPIRED: EnrolmentState.EXPIRED,
    State.WITHDRAWN: EnrolmentState.WITHDRAWN,
    State.COMPLETED: EnrolmentState.CONFIRMED,
}
"""The seat a nomination in this state has."""
OVER = {State.COMPLETED}


class Case:
    """A nomination in a state, and what a deed on it needs to know."""

    def __init__(self, world, state: NominationState) -> None:
        person = make_candidate(world.municipality, world.caseworker)
        parked = {"parked_until": date(2027, 3, 3), "park_reason": "other"} if state is State.PARKED else {}
        row = make_nomination(
            person,
            (world.kitchen,),
            state=state,
            submitted_at=None if state is State.DRAFT else CREATED,
            **parked,
        )
        run = make_run(
            world, starts_on=date(2027, 1, 4), state=RunState.ENDED if state in OVER else RunState.OPEN
        )
        self.world, self.person_id, self.nomination_id, self.run_id = world, person.id, row.id, run.id
        self.before = state
        self.seat_id = make_enrolment(row, run, state=SEAT[state]).id if state in SEAT else 0
        self.open_run_id = make_run(world, starts_on=date(2027, 2, 1)).id


def _begin(actor, case, now):
    wishes = [case.world.kitchen]
    nominations.nominate(actor, case.person_id, wishes, basis=None, draft=True, today=TODAY, now=now)


def _plain(deed):
    """A deed without an address of its own: the service that makes every move is all there is."""

    def do(actor, case, now):
        row = db.session.get(Nomination, case.nomination_id)
        if row is None:
            raise NotFound
        nominations.move_nomination(actor, row, deed, now=now)

    return do


def _return_to_pool(actor, case, now):
    """Out of rest by a button, out of a seat by the deeds that give it up."""
    if case.seat_id and case.before in {State.OFFERED, State.ACCEPTED}:
        if actor.role is Role.SCHOOL:
            enrolments.reject_participant(actor, case.seat_id, reason="other", now=now)
        elif actor.role is Role.JOBCENTER and case.before is State.OFFERED:
            enrolments.decline_seat(actor, case.seat_id, reason="other", keep=True, now=now)
        else:
            enrolments.withdraw_offer(actor, case.seat_id, now=now)
    else:
        nominations.return_to_pool(actor, case.nomination_id, now=now)


def _unpark(actor, case, now):
    if actor is CLOCK:
        _plain(Deed.UNPARK)(actor, case, now)
    else:
        nominations.unpark(actor, case.nomination_id, now=now)


def _offer(actor, case, now):
    if actor is CLOCK:
        _plain(Deed.OFFER)(actor, case, now)
    else:
        enrolments.offer_seat(actor, case.open_run_id, [case.nomination_id], now=now)


def _end_priority(actor, case, now):
    row = db.session.get(Nomination, case.nomination_id)
    if row is not None:
        row.priority = Priority.HIGH
    nominations.end_priority(actor, case.nomination_id, now=now)


def _park(actor, case, now):
    nominations.park(actor, case.nomination_id, date(2027, 4, 1), "childcare", today=TODAY, now=now)


def _submit(actor, case, now):
    nominations.submit(actor, case.nomination_id, basis=BASIS, today=TODAY, now=now)


def _of_seat(deed, **more):
    def do(actor, case, now):
        if not case.seat_id:
            raise NotFound
        deed(actor, case.seat_id, now=now, **more)

    return do


DEEDS = {
    Deed.BEGIN: _begin,
    Deed.CHANGE_WISHES: lambda actor, case, now: nominations.save_wishes(
        actor, case.nomination_id, [case.world.care], now=now
    ),
    Deed.SUBMIT: _submit,
    Deed.PARK: _park,
    Deed.UNPARK: _unpark,
    Deed.OFFER: _offer,
    Deed.ACCEPT: _of_seat(enrolments.accept_seat),
    Deed.DECLINE: _of_seat(enrolments.decline_seat, reason="other", keep=False),
    Deed.RETURN_TO_POOL: _return_to_pool,
    Deed.WITHDRAW: lambda actor, case, now: nominations.withdraw(actor, case.nomination_id, "other", now=now),
    Deed.EXPIRE: _plain(Deed.EXPIRE),
    Deed.COMPLETE: _plain(Deed.COMPLETE),
    Deed.PRIORITY: lambda actor, case, now: nominations.set_priority(
        actor, case.nomination_id, "other", now=now
    ),
    Deed.END_PRIORITY: _end_priority,
    Deed.TRANSFER: _plain(Deed.TRANSFER),  # stands in the history only: the state stays as it is
    Deed.RENEW_BASIS: lambda actor, case, now: nominations.renew_basis(
        actor, case.nomination_id, BASIS, now=now
    ),
    Deed.WITHDRAW_BASIS: lambda actor, case, now: nominations.withdraw_basis(
        actor, case.nomination_id, now=now
    ),
}
CLOCKS = {Deed.OFFER, Deed.EXPIRE, Deed.UNPARK, Deed.COMPLETE, Deed.TRANSFER}
"""What can be asked of the services without a person; every other deed begins with somebody."""


def stored() -> dict[str, list[str]]:
    """Every row of every table but the log of views."""
    with db.engine.connect().execution_options(unguarded=True) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT set_config('app.everything', 'on', true)")
        return {
            table.name: sorted(map(str, connection.execute(table.select()).all()))
            for table in Base.metadata.sorted_tables
            if table.name != "person_views"
        }


def test_every_deed_is_tried():
    assert set(DEEDS) == set(Deed)


class Undo(Exception):
    """Takes an allowed move back, so that the next deed meets the same rows."""


@pytest.mark.parametrize(("state", "role"), list(product(State, (*Role, CLOCK))), ids=str)
def test_the_server_makes_the_moves_of_the_table_and_no_others(world, act, everything, now, state, role):
    actor = getattr(world, PEOPLE[role]) if role else CLOCK
    with everything():
        case = Case(world, state)
    before = stored()
    for deed, do in DEEDS.items():
        if deed is Deed.BEGIN and state not in LIVE:
            continue  # nothing in the way: it makes another nomination and moves none
        if role is CLOCK and deed not in CLOCKS:
            continue
        after, roles = MOVES.get((state, deed), (None, frozenset()))
        expected = Undo if role in roles else (Refused, Invalid, NotFound)
        with pytest.raises(expected), act(actor) if actor else everything():
            do(actor, case, now)
            assert after is not None, deed
            row = db.session.get(Nomination, case.nomination_id)
            assert row is None if role is Role.SCHOOL else row.state is after, deed  # sent back, out of sight
            raise Undo
        assert stored() == before, deed
