"""Nominating, withdrawing and coming back: who may, what is left on record, and who gets a letter."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.errors import Invalid, NotFound, Refused
from coordination.domain.nominations import NominationState
from coordination.models import (
    AuditEntry,
    Candidate,
    Enrolment,
    Letter,
    Nomination,
    NominationMove,
    NominationWish,
)
from coordination.queries import nominations as queries
from coordination.services import nominations as services
from tests.factories import CREATED, basis_from, make_candidate, make_enrolment, make_nomination, make_run

MONDAY = date(2026, 11, 23)


@pytest.fixture
def candidate_id(world, everything):
    with everything():
        return make_candidate(world.municipality, world.caseworker, name="Amira Eksempel").id


def nominate(act, actor, candidate_id, sectors, now, **more):
    with act(actor):
        allowed = {"basis": basis_from(now.date()), "today": now.date(), **more}
        return services.nominate(actor, candidate_id, sectors, now=now, **allowed)


def history(session, nomination_id):
    found = session.execute(
        select(NominationMove.deed, NominationMove.before, NominationMove.after, NominationMove.by_id)
        .where(NominationMove.nomination_id == nomination_id)
        .order_by(NominationMove.id)
    )
    return [tuple(row) for row in found]


def test_a_nomination_goes_straight_into_the_pool_with_its_wishes_in_order(
    world, act, everything, now, candidate_id
):
    made = nominate(act, world.caseworker, candidate_id, [world.care, world.kitchen], now)
    with everything() as session:
        row = session.get(Nomination, made)
        assert (row.state, row.submitted_at, row.code) == (NominationState.SUBMITTED, now, f"K-{1000 + made}")
        assert row.caseworker_id == world.caseworker.user_id
        wishes = session.execute(
            select(NominationWish.rank, NominationWish.sector_id).order_by(NominationWish.rank)
        )
        assert [tuple(wish) for wish in wishes] == [(1, world.care), (2, world.kitchen)]
        assert history(session, made) == [("submit", "", "submitted", world.caseworker.user_id)]
        assert session.scalar(select(Letter.id)) is None


def test_a_draft_waits_until_it_is_sent(world, act, everything, now, candidate_id, clock):
    made = nominate(act, world.caseworker, candidate_id, [world.kitchen], now, draft=True)
    with act(world.coordinator), pytest.raises(NotFound):
        queries.detail_page(world.coordinator, made, MONDAY)
    clock.forward(hours=1)
    with act(world.caseworker):
        services.submit(
            world.caseworker, made, basis=basis_from(now.date()), today=clock().date(), now=clock()
        )
    with act(world.coordinator):
        assert queries.detail_page(world.coordinator, made, MONDAY).nomination.submitted_at == clock()
    with everything() as session:
        assert [line[:3] for line in history(session, made)] == [
            ("begin", "", "draft"),
            ("submit", "draft", "submitted"),
        ]


@pytest.mark.parametrize("wishes", [[], ["kitchen", "kitchen"], ["far_sector"], [999_999]])
def test_wishes_that_cannot_be_used_are_told_and_nothing_is_saved(
    world, act, everything, now, candidate_id, wishes
):
    sectors = [getattr(world, wish) if isinstance(wish, str) else wish for wish in wishes]
    with pytest.raises(Invalid) as invalid:
        nominate(act, world.caseworker, candidate_id, sectors, now)
    assert list(invalid.value.errors) == ["wishes"]
    with everything() as session:
        assert session.scalar(select(Nomination.id)) is None


def test_one_live_nomination_per_person(world, act, now, candidate_id):
    nominate(act, world.caseworker, candidate_id, [world.kitchen], now)
    with pytest.raises(Refused, match=r"nomination\.live"):
        nominate(act, world.caseworker, candidate_id, [world.care], now)


def test_after_the_course_a_person_can_be_nominated_anew(world, act, everything, now, candidate_id):
    with everything() as session:
        run = make_run(world, state=RunState.ENDED)
        first = make_nomination(
            session.get(Candidate, candidate_id), (world.kitchen,), state=NominationState.ACCEPTED
        )
        make_enrolment(first, run)
        first_id = first.id
    made = nominate(act, world.caseworker, candidate_id, [world.care], now)
    with everything() as session:
        assert session.get(Nomination, first_id).state is NominationState.COMPLETED
        assert session.get(Nomination, made).state is NominationState.SUBMITTED


def test_other_jobcenters_do_not_know_the_person(world, act, now, candidate_id):
    for actor in (world.other_caseworker, world.far_caseworker, world.far_coordinator, world.coordinator):
        with pytest.raises(NotFound):
            nominate(act, actor, candidate_id, [world.kitchen], now)


def test_the_coordinator_nominates_on_behalf_once_the_person_is_known(
    world, act, everything, now, candidate_id
):
    with everything() as session:
        known = session.get(Candidate, candidate_id)
        make_nomination(known, (world.kitchen,), state=NominationState.WITHDRAWN, submitted_at=CREATED)
    with pytest.raises(Refused, match=r"nomination\.draft_on_behalf"):
        nominate(act, world.coordinator, candidate_id, [world.care], now, draft=True)
    made = nominate(act, world.coordinator, candidate_id, [world.care], now)
    with everything() as session:
        assert session.get(Nomination, made).caseworker_id == world.caseworker.user_id
        assert history(session, made)[0][3] == world.coordinator.user_id
        entry = session.scalar(select(AuditEntry).where(AuditEntry.deed == "nominations.nominate"))
        assert entry.actor_id == world.coordinator.user_id


def test_other_wishes_keep_the_place_in_line(world, act, everything, now, candidate_id, clock):
    made = nominate(act, world.caseworker, candidate_id, [world.kitchen, world.care], now)
    clock.forward(days=1)
    with act(world.caseworker):
        services.save_wishes(world.caseworker, made, [world.care, world.kitchen], now=clock())
    with act(world.caseworker):
        assert queries.wishes_page(world.caseworker, made).wished == (world.care, world.kitchen)
        assert queries.detail_page(world.caseworker, made, MONDAY).nomination.submitted_at == now
    with act(world.caseworker):
        services.withdraw(world.caseworker, made, "mistake", now=clock())
    with pytest.raises(Refused, match=r"nomination\.move"), act(world.caseworker):
        services.save_wishes(world.caseworker, made, [world.kitchen], now=clock())


def seated(world, session, candidate_id, *, state, seat, run_state=RunState.OPEN):
    run = make_run(world, state=run_state)
    nomination = make_nomination(session.get(Candidate, candidate_id), (world.kitchen,), state=state)
    return nomination.id, make_enrolment(nomination, run, state=seat).id


def letters(session):
    found = session.scalars(select(Letter.recipient_id).where(Letter.letter == "nomination_withdrawn"))
    return set(found)


@pytest.mark.parametrize(
    ("state", "seat", "told"),
    [
        ("submitted", "waiting", set()),
        ("offered", "offered", {"coordinator"}),
        ("accepted", "confirmed", {"coordinator", "teacher"}),
    ],
)
def test_withdrawing_gives_up_the_seat_and_tells_those_it_concerns(
    world, act, everything, now, candidate_id, state, seat, told
):
    with everything() as session:
        nomination_id, seat_id = seated(world, session, candidate_id, state=state, seat=seat)
    with act(world.caseworker):
        services.withdraw(world.caseworker, nomination_id, "got_job", note=" Begynder mandag ", now=now)
    with everything() as session:
        row = session.get(Nomination, nomination_id)
        assert (row.state, row.withdraw_reason) == (NominationState.WITHDRAWN, "got_job")
        assert session.get(Enrolment, seat_id).state is EnrolmentState.WITHDRAWN
        assert letters(session) == {getattr(world, name).user_id for name in told}
        assert [line[0] for line in history(session, nomination_id)] == ["withdraw", "withdraw"]
    with act(world.caseworker):
        moves = queries.detail_page(world.caseworker, nomination_id, MONDAY).moves
        assert [move.reason for move in moves] == ["har fået arbejde"] * 2
        assert moves[-1].note == "Begynder mandag"


def test_who_withdraws_gets_no_letter(world, act, everything, now, candidate_id):
    with everything() as session:
        nomination_id, _seat = seated(world, session, candidate_id, state="offered", seat="offered")
    with act(world.coordinator):
        services.withdraw(world.coordinator, nomination_id, "got_job", now=now)
    with everything() as session:
        assert letters(session) == set()


@pytest.mark.parametrize("reason", [None, "", "because"])
def test_withdrawing_needs_a_reason_from_the_list(world, act, everything, now, candidate_id, reason):
    made = nominate(act, world.caseworker, candidate_id, [world.kitchen], now)
    with pytest.raises(Invalid), act(world.caseworker):
        services.withdraw(world.caseworker, made, reason, now=now)
    with everything() as session:
        assert session.get(Nomination, made).state is NominationState.SUBMITTED


def test_a_course_that_has_begun_is_not_withdrawn_from(world, act, everything, now, candidate_id):
    with everything() as session:
        nomination_id, seat_id = seated(
            world, session, candidate_id, state="accepted", seat="confirmed", run_state=RunState.RUNNING
        )
    with pytest.raises(Refused, match=r"nomination\.run_begun"), act(world.caseworker):
        services.withdraw(world.caseworker, nomination_id, "got_job", now=now)
    with act(world.caseworker):
        assert not queries.detail_page(world.caseworker, nomination_id, MONDAY).may_withdraw
    with everything() as session:
        assert session.get(Enrolment, seat_id).state is EnrolmentState.CONFIRMED


def test_an_expired_nomination_returns_with_its_old_place_unless_another_one_lives(
    world, act, everything, now, candidate_id
):
    with everything() as session:
        person = session.get(Candidate, candidate_id)
        expired = make_nomination(
            person, (world.kitchen,), state=NominationState.EXPIRED, submitted_at=CREATED
        ).id
        declined = make_nomination(person, (world.care,), state=NominationState.DECLINED).id
    with act(world.caseworker):
        services.return_to_pool(world.caseworker, expired, now=now)
    with everything() as session:
        row = session.get(Nomination, expired)
        assert (row.state, row.submitted_at) == (NominationState.SUBMITTED, CREATED)
    with pytest.raises(Refused, match=r"nomination\.live"), act(world.caseworker):
        services.return_to_pool(world.caseworker, declined, now=now)
    with pytest.raises(Refused, match=r"nomination\.move"), act(world.caseworker):
        services.return_to_pool(world.caseworker, expired, now=now)


def test_whom_a_rule_of_the_scheme_keeps_out_may_be_a_draft_and_no_more(world, act, everything, now):
    """Too old when the IGU began: refused with every rule, until the fact is corrected."""
    with everything():
        person = make_candidate(world.municipality, world.caseworker, birth_date=date(1930, 1, 1)).id
    with pytest.raises(Refused, match=r"eligibility\.cannot") as refused:
        nominate(act, world.caseworker, person, [world.kitchen], now)
    assert refused.value.facts["findings"]
    draft = nominate(act, world.caseworker, person, [world.kitchen], now, draft=True)
    with act(world.caseworker), pytest.raises(Refused, match=r"eligibility\.cannot"):
        services.submit(world.caseworker, draft, basis=basis_from(MONDAY), today=MONDAY, now=now)
    with everything() as session:
        session.get(Candidate, person).birth_date = date(1990, 1, 1)
    with act(world.caseworker):
        services.submit(world.caseworker, draft, basis=basis_from(MONDAY), today=MONDAY, now=now)
