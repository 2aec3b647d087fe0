"""Parking: out of the pool until a day, back by the clock, and who is told what meanwhile."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from coordination.domain.actors import Role
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.errors import Invalid, NotFound, Refused, Stale
from coordination.domain.nominations import NominationState
from coordination.models import CourseRun, Letter, Nomination, NominationMove, User
from coordination.queries import enrolments, nominations, pooling, today
from coordination.queries.forecast import forecast
from coordination.queries.parked import ParkedCount
from coordination.queries.pooling import PoolFilter
from coordination.services import enrolments as seats
from coordination.services import nominations as services
from tests.factories import (
    CREATED,
    make_candidate,
    make_enrolment,
    make_nomination,
    make_participant,
    make_run,
)

TODAY = date(2026, 11, 23)
SPRING = date(2027, 3, 3)


@pytest.fixture
def nomination_id(world, everything):
    with everything():
        person = make_candidate(world.municipality, world.caseworker, name="Amira Eksempel")
        return make_nomination(person, (world.kitchen,), submitted_at=CREATED).id


@pytest.fixture
def park(world, act, now, nomination_id):
    def go(actor=None, until=SPRING, reason="childcare", nomination=nomination_id):
        who = actor or world.caseworker
        with act(who):
            services.park(who, nomination, until, reason, today=TODAY, now=now)

    return go


def row_of(everything, nomination_id):
    with everything() as session:
        row = session.get(Nomination, nomination_id)
        return row.state, row.parked_until, row.park_reason, row.submitted_at


def test_a_parked_candidate_keeps_the_place_and_the_history_tells_until_when(
    world, act, everything, park, nomination_id
):
    park()
    assert row_of(everything, nomination_id) == (NominationState.PARKED, SPRING, "childcare", CREATED)
    with act(world.coordinator):
        page = nominations.detail_page(world.coordinator, nomination_id, TODAY)
    (move,) = page.moves
    assert (move.deed, move.until, move.reason) == ("park", SPRING, "mangler børnepasning")
    assert (page.reason, page.may_park, page.may_unpark) == ("mangler børnepasning", True, True)


def test_the_coordinator_parks_on_behalf_and_stands_in_the_history(world, everything, park, nomination_id):
    park(world.coordinator)
    with everything() as session:
        move = session.scalars(select(NominationMove)).one()
        assert move.by_id == world.coordinator.user_id


@pytest.mark.parametrize(
    ("until", "reason", "fields"),
    [
        (None, "childcare", ["until"]),
        (TODAY, "childcare", ["until"]),
        (date(2027, 11, 24), "childcare", ["until"]),
        (SPRING, None, ["reason"]),
        (SPRING, "fordi", ["reason"]),
        (None, "", ["until", "reason"]),
    ],
)
def test_what_is_wrong_is_told_all_at_once_and_nothing_is_saved(
    everything, park, nomination_id, until, reason, fields
):
    with pytest.raises(Invalid) as invalid:
        park(until=until, reason=reason)
    assert list(invalid.value.errors) == fields
    assert row_of(everything, nomination_id)[0] is NominationState.SUBMITTED


@pytest.mark.parametrize(
    "person", ["other_caseworker", "far_caseworker", "far_coordinator", "admin", "leader"]
)
def test_nobody_else_parks(world, everything, park, nomination_id, person):
    with pytest.raises((NotFound, Refused)):
        park(getattr(world, person))
    assert row_of(everything, nomination_id)[0] is NominationState.SUBMITTED


def test_a_pause_can_be_moved_and_ended(world, act, everything, park, nomination_id, now):
    park()
    park(until=date(2027, 5, 1), reason="other")
    assert row_of(everything, nomination_id)[1:3] == (date(2027, 5, 1), "other")
    with act(world.caseworker):
        services.unpark(world.caseworker, nomination_id, now=now)
    assert row_of(everything, nomination_id) == (NominationState.SUBMITTED, None, "", CREATED)
    with pytest.raises(Refused, match=r"nomination\.move"), act(world.caseworker):
        services.unpark(world.caseworker, nomination_id, now=now)


def test_a_parked_candidate_can_be_withdrawn_but_not_nominated_anew(world, act, everything, park, now):
    park()
    with everything() as session:
        row = session.scalars(select(Nomination)).one()
        person_id, nomination_id = row.candidate_id, row.id
    with pytest.raises(Refused, match=r"nomination\.live"), act(world.caseworker):
        services.nominate(
            world.caseworker, person_id, [world.kitchen], basis=None, draft=True, today=TODAY, now=now
        )
    with act(world.caseworker):
        services.withdraw(world.caseworker, nomination_id, "got_job", now=now)
    assert row_of(everything, nomination_id)[:3] == (NominationState.WITHDRAWN, None, "")


def test_a_parked_candidate_is_not_in_the_pool_and_gets_no_offer(
    world, act, everything, park, nomination_id, now
):
    with everything():
        run_id = make_run(world, starts_on=date(2027, 1, 4)).id
    park()
    with act(world.coordinator):
        page = pooling.pool_page(world.coordinator, PoolFilter(sector_id=world.kitchen), TODAY)
        assert (page.total, [tab.count for tab in page.sectors]) == (0, [0, 0])
    with pytest.raises(Stale, match=r"seat\.not_in_pool"), act(world.coordinator):
        seats.offer_seat(world.coordinator, run_id, [nomination_id], now=now)
    with pytest.raises(Stale, match=r"seat\.not_in_pool"), act(world.coordinator):
        seats.put_in_line(world.coordinator, run_id, [nomination_id], now=now)


def clock_strikes(act_all, moment):
    with act_all():
        services.return_parked(now=moment)


def test_the_clock_brings_back_on_the_day_and_tells_the_caseworker_once(
    everything, world, park, nomination_id
):
    park()
    clock_strikes(everything, datetime(2027, 3, 2, 22, 55, tzinfo=UTC))  # 23.55 the day before
    assert row_of(everything, nomination_id)[0] is NominationState.PARKED
    for _twice in range(2):
        clock_strikes(everything, datetime(2027, 3, 2, 23, 15, tzinfo=UTC))  # 0.15 on the day
    assert row_of(everything, nomination_id) == (NominationState.SUBMITTED, None, "", CREATED)
    with everything() as session:
        letters = session.scalars(select(Letter).where(Letter.letter == "parking_ended")).all()
        assert [letter.recipient_id for letter in letters] == [world.caseworker.user_id]
        assert letters[0].facts["nominations"][0]["nomination_id"] == nomination_id
        last = session.scalars(select(NominationMove).order_by(NominationMove.id.desc())).first()
        assert (last.deed, last.by_id, last.after) == ("unpark", None, "submitted")


def test_a_clock_that_was_stopped_brings_back_what_is_overdue(everything, park, nomination_id):
    park()
    clock_strikes(everything, datetime(2027, 3, 20, 12, tzinfo=UTC))
    assert row_of(everything, nomination_id)[0] is NominationState.SUBMITTED


def test_one_letter_per_caseworker_and_the_jobcenter_where_an_account_is_closed(
    world, act, everything, park, now
):
    with everything() as session:
        people = [
            make_candidate(world.municipality, world.caseworker),
            make_candidate(world.municipality, world.caseworker),
            make_candidate(world.other_municipality, world.other_caseworker),
        ]
        ids = [make_nomination(person, (world.kitchen,)).id for person in people]
    for nomination, who in zip(ids, ("caseworker", "caseworker", "other_caseworker"), strict=True):
        park(getattr(world, who), nomination=nomination)
    with everything() as session:
        old = session.get(User, world.other_caseworker.user_id)
        colleague = User(
            email="kollega@example.org",
            name="Kollega",
            role=Role.JOBCENTER,
            password="x",
            active=True,
            fs_uniquifier="kollega",
            jobcenter_id=world.other_municipality,
        )
        session.add(colleague)
        old.active = False
        session.flush()
        colleague_id = colleague.id
    clock_strikes(everything, datetime(2027, 3, 3, 6, tzinfo=UTC))
    with everything() as session:
        letters = session.scalars(select(Letter).where(Letter.letter == "parking_ended")).all()
        told = {letter.recipient_id: len(letter.facts["nominations"]) for letter in letters}
        assert told == {world.caseworker.user_id: 2, colleague_id: 1}


@pytest.fixture
def three_parked(world, everything):
    """Two of the second municipality and one of the first, who wish for the kitchen; one who does not."""
    with everything():
        run = make_run(world, starts_on=date(2027, 1, 4), minimum=2)
        parked = {"state": NominationState.PARKED, "parked_until": SPRING, "park_reason": "other"}
        owners = (
            (world.other_municipality, world.other_caseworker, world.kitchen),
            (world.other_municipality, world.other_caseworker, world.kitchen),
            (world.municipality, world.caseworker, world.kitchen),
            (world.municipality, world.caseworker, world.care),
        )
        people = [make_candidate(home, worker) for home, worker, _sector in owners]
        for person, (_home, _worker, sector) in zip(people, owners, strict=True):
            make_nomination(person, (sector,), **parked)
        return run.id, people[2].id


def test_a_run_short_of_its_minimum_tells_how_many_on_a_pause_would_fit(world, act, three_parked):
    run_id, _own = three_parked
    everybody = (ParkedCount("Haderslev", 1), ParkedCount("Aabenraa", 2))  # aa is å
    for actor, counts in (
        (world.coordinator, everybody),
        (world.caseworker, (ParkedCount("Haderslev", 1),)),
        (world.teacher, ()),
    ):
        with act(actor):
            found = forecast(actor, run_id, TODAY)
            assert (found.parked if found else ()) == counts
            assert enrolments.seats_page(actor, run_id, TODAY).parked == counts
    with act(world.coordinator):
        (short,) = today.start_page(world.coordinator, TODAY).short_runs
        assert short.parked == everybody
        assert short.could_fill == ()


def test_a_run_that_has_enough_does_not(world, act, everything, three_parked):
    run_id, _own = three_parked
    with everything() as session:
        run = session.get(CourseRun, run_id)
        for _seat in range(run.minimum):
            make_participant(world, run, world.caseworker, world.municipality)
    with act(world.coordinator):
        assert enrolments.seats_page(world.coordinator, run_id, TODAY).parked == ()


def test_the_start_page_of_the_jobcenter_lists_its_own(world, act, three_parked):
    _run, own = three_parked
    with act(world.caseworker):
        page = today.start_page(world.caseworker, TODAY)
        assert own in [row.candidate_id for row in page.parked]
        assert len(page.parked) == 2
        assert own in page.person_ids
        assert page.waiting == 0
    with act(world.coordinator):
        assert today.start_page(world.coordinator, TODAY).parked == ()


def test_on_the_waiting_list_a_parked_candidate_is_passed_over_and_keeps_the_place(
    world, act, everything, park, nomination_id
):
    with everything() as session:
        run = make_run(world, state=RunState.OPEN, starts_on=date(2027, 1, 4))
        first = session.get(Nomination, nomination_id)
        second = make_nomination(make_candidate(world.municipality, world.caseworker), (world.kitchen,))
        line = [make_enrolment(row, run, state=EnrolmentState.WAITING).id for row in (first, second)]
        run_id = run.id
    park()
    with act(world.coordinator):
        page = enrolments.seats_page(world.coordinator, run_id, TODAY)
        assert [(row.enrolment_id, row.parked_until) for row in page.waiting] == [
            (line[0], SPRING),
            (line[1], None),
        ]
        assert page.waiting[1].place == 1
        assert page.next_in_line.enrolment_id == line[1]
        assert not any(row.elsewhere for row in page.waiting)
