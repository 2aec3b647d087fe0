"""Two web processes and many people at once: one result per deed, never a seat too many."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

import pytest
from sqlalchemy import select

from coordination import outbox
from coordination.domain.attendance import MarkStatus
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.nominations import NominationState
from coordination.models import Enrolment, Letter, Mark, Nomination, User
from coordination.queries.enrolments import seats_held
from tests.conftest import MONDAY
from tests.factories import make_candidate, make_enrolment, make_nomination, make_run
from tests.processes.people import together
from tests.processes.registers import check_register, make_registers, marked

CAPACITY = 4
AT_ONCE = 8


@pytest.fixture
def sessions(world, everything):
    with everything():
        return make_registers(world, days=6)


def all_marked(form, status: MarkStatus) -> list[tuple[str, str]]:
    names = [name for name in form.offered if name.startswith("status_")]
    return form.filled(**dict.fromkeys(names, status))


def test_whoever_saves_second_sees_both_values_and_overwrites_nothing(world, everything, sit_down, sessions):
    path = f"/sessions/{sessions[0]}/register"
    first, second = sit_down(world.teacher), sit_down(world.coordinator)
    mine, theirs = first.get(path).form(path), second.get(path).form(path)
    assert first.post(path, all_marked(mine, MarkStatus.PRESENT)).status == 302
    answer = second.post(path, all_marked(theirs, MarkStatus.ABSENT))
    assert answer.status == 409
    assert "Lise Lærer har imens registreret: til stede. Du valgte: fraværende." in answer.words
    again = answer.form(path)
    typed = {value for name, value in again.fields if name.startswith("status_")}
    assert typed == {MarkStatus.ABSENT}
    by_script = second.post(path, all_marked(theirs, MarkStatus.ABSENT), Accept="application/json")
    assert by_script.status == 409
    clashes = json.loads(by_script.text)["conflicts"]
    assert {(clash["theirs"], clash["yours"]) for clash in clashes} == {("til stede", "fraværende")}
    assert second.post(path, again.fields).status == 302
    with everything() as session:
        marks = session.scalars(select(Mark).where(Mark.session_id == sessions[0])).all()
    assert {(mark.status, mark.by_id) for mark in marks} == {(MarkStatus.ABSENT, world.coordinator.user_id)}


def test_of_two_who_press_at_the_same_moment_one_is_told(world, everything, sit_down, sessions):
    first, second = sit_down(world.teacher), sit_down(world.coordinator)
    for session_id in sessions[:4]:
        path = f"/sessions/{session_id}/register"
        forms = [(person, person.get(path).form(path)) for person in (first, second)]
        numbered = enumerate(forms, 1)
        answers = together(
            [partial(who.post, path, marked(form, number)) for number, (who, form) in numbered]
        )
        assert sorted(answer.status for answer in answers) == [302, 409]
        with everything() as session:
            standing = check_register(session, world, session_id)
        assert standing.saves == 1
        assert answers[standing.number - 1].status == 302


@pytest.mark.postgresql  # SQLite lets one write at a time
def test_two_who_take_a_letter_back_at_the_same_moment_both_do(application, world, everything):
    with everything() as session:
        people = [session.get(User, world.caseworker.user_id)]
        for number in (1, 2):
            outbox.queue("no_show", people, now=MONDAY, follow_up_id=number)

    def take_back_the_other() -> None:
        with application.app_context(), everything():
            outbox.take_back("no_show", follow_up_id=2)

    with everything() as session, ThreadPoolExecutor(1) as another:
        outbox.take_back("no_show", follow_up_id=1)
        session.flush()
        another.submit(take_back_the_other).result()
    with everything() as session:
        assert session.scalars(select(Letter)).all() == []


def test_a_double_click_saves_once(world, everything, sit_down, sessions):
    teacher = sit_down(world.teacher)
    for session_id in sessions[:3]:
        path = f"/sessions/{session_id}/register"
        fields = marked(teacher.get(path).form(path), 1)
        answers = together([partial(teacher.twin().post, path, fields) for _ in range(2)])
        assert [answer.status for answer in answers] == [302, 302]
        with everything() as session:
            assert check_register(session, world, session_id).saves == 1


@pytest.fixture
def run(world, everything):
    """A run of four seats, three of them offered."""
    with everything():
        run = make_run(world, starts_on=date(2027, 1, 4), capacity=CAPACITY)
        for _ in range(CAPACITY - 1):
            person = make_candidate(world.municipality, world.caseworker)
            nomination = make_nomination(person, (world.kitchen,), state=NominationState.OFFERED)
            make_enrolment(nomination, run, state=EnrolmentState.OFFERED)
        return run.id


@pytest.fixture
def pooled(world, everything):
    """Eight people in the pool, of two municipalities."""
    homes = [(world.municipality, world.caseworker), (world.other_municipality, world.other_caseworker)]
    with everything():
        people = [make_candidate(*homes[number % 2]) for number in range(AT_ONCE)]
        return [make_nomination(person, (world.kitchen,)).id for person in people]


def check_seats(session, run_id: int, **states: int) -> list[int]:
    """Never a seat too many; each seat's nomination tells the same; the seats by id."""
    assert seats_held(run_id) <= CAPACITY
    seats = session.scalars(select(Enrolment).where(Enrolment.course_run_id == run_id)).all()
    for seat in seats:
        assert session.get(Nomination, seat.nomination_id).state == seat.state
    assert Counter(seat.state for seat in seats) == states
    return [seat.id for seat in seats]


def offers(coordinator, form, who):
    """The coordinator, in a tab each, offers a seat to each of them."""
    return [
        partial(coordinator.twin().post, form.action, form.filled(nominations=str(nomination)))
        for nomination in who
    ]


def test_eight_who_offer_the_last_seat_at_once_give_it_to_one(world, everything, sit_down, run, pooled):
    coordinator = sit_down(world.coordinator)
    offer = coordinator.get(f"/pool?run={run}").form(f"/course-runs/{run}/seats")
    assert set(offer.offered["nominations"]) == set(map(str, pooled))
    answers = together(offers(coordinator, offer, pooled))
    assert Counter(answer.status for answer in answers) == {302: 1, 422: AT_ONCE - 1}
    assert all("ledige pladser" in answer.words for answer in answers if answer.status == 422)
    with everything() as session:
        check_seats(session, run, offered=CAPACITY)


def test_answers_and_offers_at_once_never_exceed_the_capacity(world, everything, sit_down, run, pooled):
    coordinator, caseworker = sit_down(world.coordinator), sit_down(world.caseworker)
    with everything() as session:
        seats = check_seats(session, run, offered=CAPACITY - 1)
    offer = coordinator.get(f"/pool?run={run}").form(f"/course-runs/{run}/seats")
    token = [caseworker.get(f"/enrolments/{seats[0]}/answer").form("/accept").fields[0]]
    accepts = [
        partial(caseworker.twin().post, f"/enrolments/{seat}/accept", token) for seat in [*seats, *seats]
    ]
    answers = together([*accepts, *offers(coordinator, offer, pooled[:3])])
    taken, given = answers[: len(accepts)], answers[len(accepts) :]
    assert Counter(answer.status for answer in taken) == {302: len(seats), 422: len(seats)}
    assert Counter(answer.status for answer in given) == {302: 1, 422: 2}
    with everything() as session:
        check_seats(session, run, accepted=len(seats), offered=1)


def test_an_offer_taken_back_while_it_is_accepted_ends_as_one_of_the_two(world, everything, sit_down, run):
    coordinator, caseworker = sit_down(world.coordinator), sit_down(world.caseworker)
    with everything() as session:
        seats = check_seats(session, run, offered=CAPACITY - 1)
    for seat in seats:
        back = coordinator.get(f"/enrolments/{seat}/withdrawal").form(f"/enrolments/{seat}/withdrawal")
        yes = caseworker.get(f"/enrolments/{seat}/answer").form("/accept")
        presses = [partial(coordinator.post, back.action, back.fields)]
        answers = together([*presses, partial(caseworker.post, yes.action, yes.fields)])
        assert {answer.status for answer in answers} <= {302, 404, 409, 422}
        assert 302 in {answer.status for answer in answers}
        with everything() as session:
            row = session.get(Enrolment, seat)
            nomination = session.get(Nomination, row.nomination_id)
        outcome = {"accepted": "accepted", "withdrawn": "submitted"}
        assert outcome[row.state] == nomination.state
