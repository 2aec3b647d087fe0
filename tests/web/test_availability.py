"""The pages on which days are written that somebody cannot come, and the warnings where seats are offered."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from coordination.domain.enrolments import EnrolmentState
from coordination.domain.nominations import NominationState
from coordination.models import Candidate, CourseRun, Enrolment, Nomination, PersonView, Unavailability
from tests.factories import make_candidate, make_enrolment, make_nomination, make_run, make_unavailability

TYPED = {"from_day": "14-12-2026", "until_day": "20-12-2026", "kind": "holiday"}


@pytest.fixture
def person(world, everything):
    """Someone in the pool who is in practice on Mondays, and three Mondays' run that is open."""
    with everything():
        candidate = make_candidate(
            world.municipality, world.caseworker, name="Amira Eksempel", practice_days=[0, 2]
        )
        make_nomination(candidate, (world.kitchen,))
        return candidate.id


@pytest.fixture
def run(world, everything):
    with everything():
        return make_run(world, starts_on=date(2026, 12, 7), title="Decemberhold").id


@pytest.fixture
def address(person):
    return f"/candidates/{person}/availability"


def test_a_period_is_written_and_removed_again(world, login, address, person, everything):
    client = login(world.caseworker)
    answer = client.post(address, data=TYPED, follow_redirects=True)
    for words in ("Perioden er gemt", "ferie", "14. dec. 2026", "I praktik hver mandag og onsdag"):
        assert words in answer.text
    with everything() as session:
        row = session.scalars(select(Unavailability.id)).one()
    assert "Fjern perioden?" in client.get(f"/unavailabilities/{row}/remove").text
    assert "Perioden er fjernet" in client.post(f"/unavailabilities/{row}/remove", follow_redirects=True).text
    with everything() as session:
        assert session.scalars(select(Unavailability)).all() == []
        views = select(PersonView.candidate_id).where(PersonView.purpose == "availability.overview")
        assert set(session.scalars(views)) == {person}


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"until_day": "13-12-2026"}, "until_day", "Den sidste dag ligger før den første"),
        ({"from_day": ""}, "from_day", "Feltet skal udfyldes."),
        ({"from_day": "01-11-2026", "until_day": "02-11-2026"}, "until_day", "Perioden er allerede slut"),
        (
            {"from_day": "24-12-2026", "until_day": "25-12-2026"},
            "from_day",
            "oven i en anden: ferie fra",
        ),
        ({"kind": "illness"}, "kind", "Vælg"),
    ],
)
def test_a_period_that_cannot_be_is_refused_beside_its_field(
    world, login, address, person, everything, change, field, words
):
    with everything() as session:
        days = {"from_day": date(2026, 12, 21), "until_day": date(2027, 1, 3)}
        make_unavailability(session.get(Candidate, person), world.caseworker, **days)
    answer = login(world.caseworker).post(address, data=TYPED | change)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert words in answer.text
    with everything() as session:
        assert len(session.scalars(select(Unavailability)).all()) == 1


def test_only_jobcenter_and_coordinator_read_it(world, login, address):
    for actor in (world.caseworker, world.coordinator):
        assert login(actor).get(address).status_code == 200
    for actor in (world.other_caseworker, world.teacher, world.leader, world.admin, world.far_coordinator):
        assert login(actor).get(address).status_code == 404


def test_the_pool_warns_once_a_run_is_chosen(world, login, person, run, everything):
    client = login(world.coordinator)
    assert "kan ikke 3 af 3 gange (praktik mandag)" in client.get(f"/pool?run={run}").text
    with everything() as session:
        session.get(Candidate, person).practice_days = []
    assert "kan ikke" not in client.get(f"/pool?run={run}").text
    with everything() as session:
        make_unavailability(session.get(Candidate, person), world.caseworker)
    assert "kan ikke 1 af 3 gange (ferie)" in client.get(f"/pool?run={run}").text


def test_the_jobcenter_is_warned_when_it_answers_and_the_school_sees_nothing(world, login, run, everything):
    with everything() as session:
        candidate = make_candidate(world.municipality, world.caseworker, practice_days=[0])
        nomination = make_nomination(candidate, (world.kitchen,), state=NominationState.OFFERED)
        seat = make_enrolment(nomination, session.get(CourseRun, run), state=EnrolmentState.OFFERED).id
    answer = login(world.caseworker).get(f"/enrolments/{seat}/answer")
    assert "kan ikke 3 af 3 gange (praktik mandag)" in answer.text
    with everything() as session:
        session.get(Enrolment, seat).state = EnrolmentState.ACCEPTED
    school = login(world.teacher)
    for page in (f"/enrolments/{seat}", f"/course-runs/{run}/seats"):
        text = school.get(page).text
        assert "praktik mandag" not in text
        assert "kan ikke 3" not in text


def test_the_waiting_list_warns_those_who_may_offer_the_seat(world, login, person, run, everything):
    with everything() as session:
        nomination = session.scalars(select(Nomination).where(Nomination.candidate_id == person)).one()
        make_enrolment(nomination, session.get(CourseRun, run), state=EnrolmentState.WAITING)
    for actor in (world.coordinator, world.caseworker):
        text = login(actor).get(f"/course-runs/{run}/seats").text
        assert "kan ikke 3 af 3 gange (praktik mandag)" in text
    for actor in (world.teacher, world.other_caseworker):
        assert "praktik mandag" not in login(actor).get(f"/course-runs/{run}/seats").text


def test_a_seat_that_collides_is_told_on_the_persons_page(world, login, address, person, run, everything):
    with everything() as session:
        nomination = session.scalars(select(Nomination).where(Nomination.candidate_id == person)).one()
        make_enrolment(nomination, session.get(CourseRun, run))
    text = login(world.caseworker).get(address).text
    assert "Falder sammen med Decemberhold" in text
    assert "Amira Eksempel har en plads på holdet, men kan ikke 3 af 3 gange (praktik mandag)." in text
