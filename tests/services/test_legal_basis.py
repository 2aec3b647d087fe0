"""The legal basis of a nomination is renewed, withdrawn, warned of, or ends; seats and registers follow."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from coordination.domain.attendance import MarkStatus, RegisterState
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.errors import Invalid, NotFound, Refused
from coordination.domain.legal_bases import Basis, LegalBasis
from coordination.domain.nominations import NominationState
from coordination.models import Candidate, Enrolment, Letter, Mark, Nomination, NominationMove
from coordination.queries import nominations as queries
from coordination.queries.attendance import registers_of
from coordination.services import course_runs, nominations
from tests.factories import (
    basis_from,
    make_candidate,
    make_enrolment,
    make_mark,
    make_nomination,
    make_participant,
    make_run,
)
from tests.separation.populated import run_sessions

TODAY = date(2026, 11, 23)
YESTERDAY = date(2026, 11, 22)
LATER = Basis(LegalBasis.CONSENT, TODAY, date(2028, 11, 23))


@pytest.fixture
def seated(world, everything):
    """A person with a seat in a run of that state; returns the nomination, the seat and the run."""

    def arrange(run_state=RunState.OPEN, seat="confirmed", state=NominationState.ACCEPTED, until=YESTERDAY):
        with everything():
            run = make_run(world, state=run_state)
            person = make_candidate(world.municipality, world.caseworker)
            row = make_nomination(person, (world.kitchen,), state=state, basis_until=until)
            held = make_enrolment(row, run, state=EnrolmentState(seat)) if seat else None
            return row.id, held.id if held else 0, run.id

    return arrange


@pytest.fixture
def stands(everything):
    def look(nomination_id, seat_id):
        with everything() as session:
            seat = session.get(Enrolment, seat_id)
            return session.get(Nomination, nomination_id).state, seat.state if seat else None

    return look


def letters(session, name):
    return [row for row in session.scalars(select(Letter)) if row.letter == name]


@pytest.mark.parametrize(
    ("state", "seat", "run_state", "after"),
    [
        ("submitted", "", RunState.OPEN, ("expired", None)),
        ("parked", "", RunState.OPEN, ("expired", None)),
        ("submitted", "waiting", RunState.OPEN, ("expired", "expired")),
        ("offered", "offered", RunState.OPEN, ("expired", "expired")),
        ("accepted", "accepted", RunState.OPEN, ("expired", "expired")),
        ("accepted", "confirmed", RunState.CONFIRMED, ("expired", "expired")),
        ("accepted", "confirmed", RunState.RUNNING, ("accepted", "confirmed")),
        ("accepted", "confirmed", RunState.ENDED, ("accepted", "confirmed")),
    ],
)
def test_what_has_not_begun_is_given_up_the_night_after(
    everything, clock, seated, stands, state, seat, run_state, after
):
    nomination_id, seat_id, _run = seated(run_state, seat, NominationState(state))
    with everything():
        nominations.expire_basis(now=clock())
        nominations.expire_basis(now=clock())
    assert stands(nomination_id, seat_id) == after


def test_the_last_day_itself_is_left_alone(everything, clock, seated, stands):
    nomination_id, seat_id, _run = seated(until=TODAY)
    with everything():
        nominations.expire_basis(now=clock())
    assert stands(nomination_id, seat_id) == ("accepted", "confirmed")


@pytest.mark.parametrize(
    ("state", "seat", "run_state", "after"),
    [
        ("submitted", "waiting", RunState.OPEN, ("withdrawn", "withdrawn")),
        ("offered", "offered", RunState.OPEN, ("withdrawn", "withdrawn")),
        ("accepted", "confirmed", RunState.CONFIRMED, ("withdrawn", "withdrawn")),
        ("accepted", "confirmed", RunState.RUNNING, ("withdrawn", "dropped_out")),
        ("accepted", "confirmed", RunState.ENDED, ("completed", "confirmed")),
        ("withdrawn", "", RunState.OPEN, ("withdrawn", None)),
    ],
)
def test_a_withdrawal_closes_at_once_whatever_was_under_way(
    world, act, everything, now, seated, stands, state, seat, run_state, after
):
    nomination_id, seat_id, _run = seated(run_state, seat, NominationState(state), until=LATER.until)
    with act(world.caseworker):
        nominations.withdraw_basis(world.caseworker, nomination_id, now=now)
    assert stands(nomination_id, seat_id) == after
    with act(world.coordinator), pytest.raises(NotFound):
        queries.detail_page(world.coordinator, nomination_id, TODAY)
    with act(world.caseworker), pytest.raises(Refused, match=r"basis\.withdrawn"):
        nominations.withdraw_basis(world.caseworker, nomination_id, now=now)
    with act(world.caseworker), pytest.raises(Refused, match=r"basis\.withdrawn"):
        nominations.renew_basis(world.caseworker, nomination_id, LATER, now=now)
    with everything() as session:
        free = letters(session, "nomination_withdrawn")
        assert bool(free) is (seat in {"offered", "confirmed"} and after[1] == "withdrawn")


def test_renewed_the_person_is_seen_again_and_may_return(world, act, everything, clock, seated, stands):
    nomination_id, seat_id, _run = seated()
    with everything():
        nominations.expire_basis(now=clock())
    with act(world.caseworker), pytest.raises(Refused, match=r"nomination\.sharing_closed"):
        nominations.return_to_pool(world.caseworker, nomination_id, now=clock())
    with act(world.coordinator), pytest.raises(NotFound):
        nominations.renew_basis(world.coordinator, nomination_id, LATER, now=clock())
    with act(world.caseworker):
        nominations.renew_basis(world.caseworker, nomination_id, LATER, now=clock())
        nominations.return_to_pool(world.caseworker, nomination_id, now=clock())
    assert stands(nomination_id, seat_id) == ("submitted", "expired")
    with act(world.coordinator):
        page = queries.detail_page(world.coordinator, nomination_id, TODAY)
        assert page.basis.kind is LegalBasis.CONSENT
        assert not page.may_renew
    with everything() as session:
        deeds = session.scalars(
            select(NominationMove.deed)
            .where(NominationMove.course_run_id.is_(None))
            .order_by(NominationMove.id)
        )
        assert list(deeds) == ["expire", "renew_basis", "return_to_pool"]


def test_a_caseworker_is_told_once_three_weeks_ahead(world, everything, clock, seated):
    near, _seat, _run = seated(seat="", state=NominationState.SUBMITTED, until=date(2026, 12, 14))
    again, _seat, _run = seated(seat="", state=NominationState.SUBMITTED, until=TODAY)
    seated(seat="", state=NominationState.SUBMITTED, until=date(2026, 12, 15))
    seated(seat="", state=NominationState.SUBMITTED, until=YESTERDAY)
    seated(seat="", state=NominationState.WITHDRAWN, until=date(2026, 12, 14))
    for _ in range(2):
        with everything():
            nominations.warn_basis(now=clock())
    with everything() as session:
        (letter,) = letters(session, "basis_ends")
        assert letter.recipient_id == world.caseworker.user_id
        assert [row["nomination_id"] for row in letter.facts["nominations"]] == [again, near]


def test_nothing_enters_the_pool_without_a_basis(world, act, everything, now):
    with everything():
        person = make_candidate(world.municipality, world.caseworker).id
    asked = {"today": TODAY, "now": now}
    with act(world.caseworker), pytest.raises(Invalid, match="basis"):
        nominations.nominate(world.caseworker, person, [world.kitchen], basis=None, **asked)
    with act(world.caseworker):
        draft = nominations.nominate(
            world.caseworker, person, [world.kitchen], basis=None, draft=True, **asked
        )
    with act(world.caseworker), pytest.raises(Invalid, match="basis"):
        nominations.submit(world.caseworker, draft, basis=None, **asked)
    with act(world.caseworker):
        nominations.submit(world.caseworker, draft, basis=basis_from(TODAY), **asked)


def test_a_coordinator_is_told_of_a_nomination_out_of_sight_without_seeing_it(world, act, everything, now):
    """Somebody shared once, whose live nomination is closed, is not nominated a second time."""
    with everything():
        person = make_candidate(world.municipality, world.caseworker)
        make_nomination(person, (world.kitchen,), state=NominationState.WITHDRAWN)
        make_nomination(person, (world.kitchen,), basis_until=YESTERDAY)
        candidate_id = person.id
    with act(world.coordinator), pytest.raises(Refused, match=r"nomination\.live"):
        nominations.nominate(
            world.coordinator, candidate_id, [world.care], basis=basis_from(TODAY), today=TODAY, now=now
        )


def test_marks_remain_as_numbers_and_no_register_waits(world, act, everything, clock):
    """One of two participants is shared no longer: the register is complete without, the old mark counts."""
    with everything() as session:
        run = make_run(world, state=RunState.RUNNING)
        stays = make_participant(world, run, world.caseworker, world.municipality)
        leaves = make_participant(world, run, world.caseworker, world.municipality)
        first, second, _third = run_sessions(session, run.id)
        make_mark(stays, first, world.coordinator, status=MarkStatus.PRESENT)
        make_mark(leaves, first, world.coordinator, status=MarkStatus.ABSENT)
        make_mark(stays, second, world.coordinator, status=MarkStatus.PRESENT)
        session.get(Nomination, leaves.nomination_id).basis_until = TODAY
        run_id = run.id
    clock.forward(days=7)
    for actor in (world.coordinator, world.teacher):
        with act(actor) as session:
            found = registers_of(run_id, clock().date())
            assert [row.state for row in found[:2]] == [RegisterState.TAKEN, RegisterState.TAKEN]
            assert (found[0].roster, found[0].missed_minutes) == (2, 270)
            assert (found[1].roster, found[1].marked) == (1, 1)
            assert len(session.scalars(select(Candidate)).all()) == 1
            assert len(session.scalars(select(Mark)).all()) == 3


def test_a_run_is_cancelled_past_those_out_of_sight(world, act, everything, now, seated, stands):
    nomination_id, seat_id, run_id = seated()
    with act(world.coordinator):
        course_runs.cancel_run(world.coordinator, run_id, "For få", now=now)
    assert stands(nomination_id, seat_id) == ("accepted", "withdrawn")
