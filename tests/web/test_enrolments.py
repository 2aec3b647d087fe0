"""Seats in the browser: what each role sees of a run's people, and the answers of jobcenter and school."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from coordination.domain.candidates import TeachingNeed
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.nominations import NominationState
from coordination.models import Candidate, CourseRun, CourseSession, Enrolment, Nomination, PersonView
from tests.factories import (
    make_candidate,
    make_enrolment,
    make_nomination,
    make_participant,
    make_run,
    make_session,
)

Seat, Pool = EnrolmentState, NominationState
JANUARY = date(2027, 1, 4)
NOMINATION = {Seat.OFFERED: Pool.OFFERED, Seat.ACCEPTED: Pool.ACCEPTED, Seat.CONFIRMED: Pool.ACCEPTED}


def marks(word):
    """Facts of a person that can be found on a page."""
    return {
        "name": f"Navn{word}",
        "phone": f"7{len(word)}00000{len(word)}",
        "email": f"{word.lower()}@example.net",
        "address": f"Adresse{word}",
        "town": f"By{word}",
        "employer": f"Firma{word}",
        "notes": f"Note{word}",
        "needs": [TeachingNeed.INTERPRETER],
    }


@pytest.fixture
def seats(world, everything):
    """One person of each municipality in every state of a seat, by state and municipality."""
    made = {}
    with everything():
        run = make_run(world, starts_on=JANUARY, capacity=8, minimum=5, title="Januarholdet")
        made["run"] = run.id
        for state in (Seat.OFFERED, Seat.ACCEPTED, Seat.CONFIRMED, Seat.WAITING, Seat.REJECTED):
            own = (world.municipality, world.caseworker, "Egen")
            other = (world.other_municipality, world.other_caseworker, "Anden")
            for municipality, caseworker, whose in (own, other):
                person = make_candidate(municipality, caseworker, **marks(f"{whose}{state.title()}"))
                nomination = make_nomination(
                    person, (world.kitchen,), state=NOMINATION.get(state, Pool.SUBMITTED)
                )
                made[state, whose] = make_enrolment(nomination, run, state=state).id
    return made


def state_of(everything, enrolment_id):
    with everything() as session:
        seat = session.get(Enrolment, enrolment_id)
        return seat.state, session.get(Nomination, seat.nomination_id).state


def test_the_coordinator_sees_everyone_on_the_run(world, seats, login):
    page = login(world.coordinator).get(f"/course-runs/{seats['run']}/seats").text
    for state in ("Offered", "Accepted", "Confirmed", "Waiting", "Rejected"):
        for whose in ("Egen", "Anden"):
            assert f"Navn{whose}{state}" in page
    assert "Adresse" not in page.replace("Adressemærke", "")
    assert "Note" not in page
    assert "4 optaget, 2 tilbudt, 2 ledige af 8" in page
    assert "Næste i køen er" in page
    assert "Fordelt på kommuner" in page


def test_a_jobcenter_sees_its_own_people_and_the_figures_of_all(world, seats, login):
    page = login(world.caseworker).get(f"/course-runs/{seats['run']}/seats").text
    assert "NavnEgenConfirmed" in page
    assert "Anden" not in page
    assert "4 optaget, 2 tilbudt, 2 ledige af 8" in page
    assert "2 står på ventelisten" in page
    assert "Aabenraa" not in page.replace("Jobcenter Aabenraa", "")


def test_a_school_reads_names_once_a_seat_is_accepted(world, seats, login, everything):
    page = login(world.teacher).get(f"/course-runs/{seats['run']}/seats").text
    for known in ("EgenAccepted", "AndenConfirmed"):
        facts = marks(known)
        for field in ("name", "phone", "email", "town", "employer"):
            assert facts[field] in page, field
        for field in ("address", "notes"):
            assert facts[field] not in page, field
    for state in ("Offered", "Waiting", "Rejected"):
        assert f"Egen{state}" not in page
        assert f"egen{state}".lower() not in page
    with everything() as session:
        codes = {
            state: session.get(Enrolment, seats[state, "Egen"]).code for state in (Seat.OFFERED, Seat.WAITING)
        }
        seen = set(session.scalars(select(PersonView.candidate_id)))
        named = select(Enrolment.candidate_id).where(Enrolment.state.in_([Seat.ACCEPTED, Seat.CONFIRMED]))
        assert seen == set(session.scalars(named))
    assert codes[Seat.OFFERED] in page
    assert codes[Seat.WAITING] not in page
    assert "tolk" in page


def test_a_protected_town_stays_hidden_from_the_school(world, seats, login, everything, clock):
    with everything() as session:
        person = session.get(Candidate, session.get(Enrolment, seats[Seat.CONFIRMED, "Egen"]).candidate_id)
        person.protected_until = clock().date()
    path = f"/enrolments/{seats[Seat.CONFIRMED, 'Egen']}"
    assert "ByEgenConfirmed" not in login(world.teacher).get(path).text
    assert "ByEgenConfirmed" not in login(world.teacher).get(f"/course-runs/{seats['run']}/seats").text
    clock.forward(days=1)
    assert "ByEgenConfirmed" in login(world.teacher).get(path).text


def test_others_find_no_such_page(world, seats, login):
    run, offer = seats["run"], seats[Seat.OFFERED, "Egen"]
    accepted = seats[Seat.ACCEPTED, "Egen"]
    for actor in (world.far_coordinator, world.far_caseworker, world.other_teacher, world.far_teacher):
        assert login(actor).get(f"/course-runs/{run}/seats").status_code == 404
    for actor in (world.other_caseworker, world.far_caseworker, world.coordinator, world.teacher):
        client = login(actor)
        assert client.get(f"/enrolments/{offer}/answer").status_code == 404
        assert client.post(f"/enrolments/{offer}/accept").status_code == 404
    for actor in (world.other_teacher, world.far_teacher, world.caseworker, world.coordinator):
        client = login(actor)
        assert client.get(f"/enrolments/{accepted}").status_code == 404
        assert client.post(f"/enrolments/{accepted}/reject", data={}).status_code == 404
    other = login(world.other_caseworker)
    assert other.get(f"/enrolments/{accepted}/leaving").status_code == 404
    assert other.post(f"/enrolments/{accepted}/leaving", data={}).status_code == 404


def test_the_answer_page_tells_what_the_offer_is(world, seats, login):
    page = login(world.caseworker).get(f"/enrolments/{seats[Seat.OFFERED, 'Egen']}/answer").text
    for words in (
        "Svar senest mandag den 30. november 2026",
        "Der er 6 arbejdsdage tilbage",
        "Januarholdet",
        "EUC Syd",
        "mandag kl. 9.00–14.00 (3 gange)",
        "4. januar 2027 – 18. januar 2027",
        "13 t. 30 min.",
        "Behold kandidaten i puljen",
    ):
        assert words in page, words


def test_the_jobcenter_says_yes_once(world, seats, login, everything):
    seat = seats[Seat.OFFERED, "Egen"]
    client = login(world.caseworker)
    answer = client.post(f"/enrolments/{seat}/accept", follow_redirects=True)
    assert "Nu venter den på skolens svar" in answer.text
    assert state_of(everything, seat) == (Seat.ACCEPTED, Pool.ACCEPTED)
    again = client.post(f"/enrolments/{seat}/accept")
    assert again.status_code == 422
    assert "Det kan ikke gøres med pladsen, som den står nu" in again.text
    assert "Nu er det skolens tur" in again.text


@pytest.mark.parametrize(("pool", "after"), [("keep", Pool.SUBMITTED), ("leave", Pool.DECLINED)])
def test_the_jobcenter_says_no_with_a_reason(world, seats, login, everything, pool, after):
    seat = seats[Seat.OFFERED, "Egen"]
    client = login(world.caseworker)
    answer = client.post(f"/enrolments/{seat}/decline", data={"pool": "leave"})
    assert answer.status_code == 422
    assert "Vælg en årsag på listen." in answer.text
    assert re.search(r'<input checked[^>]*value="leave"', answer.text)
    assert client.post(f"/enrolments/{seat}/decline", data={"reason": "x"}).status_code == 422
    assert state_of(everything, seat) == (Seat.OFFERED, Pool.OFFERED)
    answer = client.post(
        f"/enrolments/{seat}/decline", data={"reason": "childcare", "pool": pool}, follow_redirects=True
    )
    assert "Årsag: børnepasning" in answer.text
    assert state_of(everything, seat) == (Seat.DECLINED, after)


def test_the_answer_comes_too_late(world, seats, login, clock):
    clock.forward(days=8)
    client = login(world.caseworker)
    path = f"/enrolments/{seats[Seat.OFFERED, 'Egen']}"
    assert "Fristen er udløbet" in client.get(f"{path}/answer").text
    answer = client.post(f"{path}/accept")
    assert answer.status_code == 422
    assert "Svarfristen er overskredet" in answer.text


def test_the_nominator_reads_the_place_in_line(world, seats, login):
    page = login(world.other_caseworker).get(f"/enrolments/{seats[Seat.WAITING, 'Anden']}/answer").text
    assert "Nr. 2 på ventelisten" in page
    assert "Egen" not in page


def test_the_school_says_yes(world, seats, login, everything):
    seat = seats[Seat.ACCEPTED, "Egen"]
    client = login(world.teacher)
    assert "Kan personen begynde på holdet?" in client.get(f"/enrolments/{seat}").text
    answer = client.post(f"/enrolments/{seat}/confirm", follow_redirects=True)
    assert "Deltageren er godkendt" in answer.text
    assert state_of(everything, seat) == (Seat.CONFIRMED, Pool.ACCEPTED)
    assert client.post(f"/enrolments/{seat}/confirm").status_code == 422


def test_the_school_says_no_and_the_jobcenter_reads_why(world, seats, login, everything):
    seat = seats[Seat.ACCEPTED, "Egen"]
    client = login(world.teacher)
    answer = client.post(f"/enrolments/{seat}/reject", data={})
    assert answer.status_code == 422
    assert "Vælg en årsag på listen." in answer.text
    answer = client.post(
        f"/enrolments/{seat}/reject", data={"reason": "safety_requirement"}, follow_redirects=True
    )
    assert answer.status_code == 200
    assert "EgenAccepted" not in answer.text
    assert state_of(everything, seat) == (Seat.REJECTED, Pool.SUBMITTED)
    again = client.post(f"/enrolments/{seat}/reject", data={"reason": "other"})
    assert again.status_code == 422
    assert "Måske har en anden lige nået det" in again.text
    page = login(world.caseworker).get(f"/enrolments/{seat}/answer").text
    assert "sikkerhedskrav kan ikke opfyldes" in page
    assert "tilbage i puljen" in page


def test_a_school_sees_no_person_behind_an_offer(world, seats, login):
    page = login(world.teacher).get(f"/enrolments/{seats[Seat.OFFERED, 'Egen']}")
    assert page.status_code == 200
    assert "Egen" not in page.text
    for state in (Seat.WAITING, Seat.DECLINED):
        seat = seats.get((state, "Egen"))
        if seat:
            assert login(world.teacher).get(f"/enrolments/{seat}").status_code == 404


def test_the_coordinator_takes_a_seat_back_after_a_question(world, seats, login, everything):
    seat = seats[Seat.OFFERED, "Egen"]
    client = login(world.coordinator)
    page = client.get(f"/enrolments/{seat}/withdrawal")
    assert "Træk pladsen til NavnEgenOffered tilbage?" in page.text
    answer = client.post(f"/enrolments/{seat}/withdrawal", follow_redirects=True)
    assert "Pladsen er trukket tilbage" in answer.text
    assert state_of(everything, seat) == (Seat.WITHDRAWN, Pool.SUBMITTED)
    assert client.post(f"/enrolments/{seat}/withdrawal").status_code == 422
    waiting = seats[Seat.WAITING, "Anden"]
    assert "af ventelisten?" in client.get(f"/enrolments/{waiting}/withdrawal").text


def test_the_next_in_line_is_offered_a_seat_on_the_runs_own_page(world, seats, login, everything):
    client = login(world.coordinator)
    seat = seats[Seat.WAITING, "Egen"]
    with everything() as session:
        nomination = session.get(Enrolment, seat).nomination_id
    path = f"/course-runs/{seats['run']}/seats?back=seats"
    answer = client.post(path, data={"nominations": nomination})
    assert answer.location.endswith(f"/course-runs/{seats['run']}/seats")
    assert state_of(everything, seat) == (Seat.OFFERED, Pool.OFFERED)
    again = client.post(path, data={"nominations": nomination})
    assert again.status_code == 422
    assert "Deltagere: Januarholdet" in again.text
    assert "er ikke længere i puljen" in again.text


@pytest.fixture
def participant(world, everything):
    with everything():
        run = make_run(
            world, state=RunState.RUNNING, starts_on=date(2026, 11, 2), weeks=6, capacity=1, minimum=1
        )
        return make_participant(world, run, world.caseworker, world.municipality, name="Stopper Person").id


def test_a_participant_stops_and_the_coordinator_undoes_it(world, login, everything, participant):
    client = login(world.caseworker)
    path = f"/enrolments/{participant}/leaving"
    assert "Er Stopper Person stoppet på holdet?" in client.get(path).text
    for data, words in (
        ({}, "Vælg en årsag på listen."),
        ({"reason": "got_job", "left_on": "31-02-2026"}, "Skriv en dato, der findes"),
        ({"reason": "got_job", "left_on": "01-11-2026"}, "Den sidste dag skal ligge fra"),
    ):
        answer = client.post(path, data=data)
        assert answer.status_code == 422
        assert words in answer.text
    assert state_of(everything, participant)[0] is Seat.CONFIRMED
    answer = client.post(path, data={"reason": "got_job", "left_on": "20-11-2026"}, follow_redirects=True)
    assert "sidste dag 20. nov. 2026" in answer.text
    assert state_of(everything, participant)[0] is Seat.DROPPED_OUT
    assert client.post(f"/enrolments/{participant}/resume").status_code == 404
    school = login(world.teacher).get(answer.request.path).text
    assert "Stopper Person" in school
    assert "arbejde" not in school
    coordinator = login(world.coordinator)
    answer = coordinator.post(f"/enrolments/{participant}/resume", follow_redirects=True)
    assert "Personen er igen deltager" in answer.text
    assert state_of(everything, participant)[0] is Seat.CONFIRMED


def test_who_stays_away_makes_room_while_the_school_takes_substitutes(
    world, login, everything, participant, clock
):
    with everything() as session:
        run = session.get(CourseRun, session.get(Enrolment, participant).course_run_id)
        run.starts_on, run.substitutes_until = date(2026, 11, 23), date(2026, 11, 27)
        days = select(CourseSession.id).where(
            CourseSession.course_run_id == run.id, CourseSession.day == date(2026, 11, 23)
        )
        second = make_session(run, date(2026, 11, 24))
        substitute = make_candidate(world.other_municipality, world.other_caseworker, name="Aisha Afløser")
        nomination = make_nomination(substitute, (world.kitchen,))
        waiting = make_enrolment(nomination, run, state=Seat.WAITING, offered_at=None)
        run_id, first, second, seat = run.id, session.scalars(days).one(), second.id, waiting.id
    coordinator = login(world.coordinator)
    page = coordinator.get(f"/course-runs/{run_id}/seats").text
    assert "Skolen tager afløsere til og med 27. november 2026." in page
    assert f"/pool?run={run_id}" in page
    assert "i gang, afløsere til og med 27. nov. 2026" in coordinator.get(f"/pool?run={run_id}").text
    stopped = {"reason": "stayed_away", "left_on": "23-11-2026"}
    answer = coordinator.post(f"/enrolments/{participant}/leaving", data=stopped, follow_redirects=True)
    assert "Pladsen er tilbudt den næste på ventelisten." in answer.text
    clock.forward(days=1)
    assert login(world.other_caseworker).post(f"/enrolments/{seat}/accept").status_code == 302
    school = login(world.teacher)
    for key, named, absent in ((first, "Stopper", "Aisha"), (second, "Aisha", "Stopper")):
        register = school.get(f"/sessions/{key}/register").text
        assert named in register
        assert absent not in register


def test_a_full_run_takes_nobody_back(world, login, everything, participant):
    with everything() as session:
        seat = session.get(Enrolment, participant)
        seat.state, seat.left_on = Seat.DROPPED_OUT, date(2026, 11, 20)
        run = session.get(CourseRun, seat.course_run_id)
        make_participant(world, run, world.other_caseworker, world.other_municipality)
    answer = login(world.coordinator).post(f"/enrolments/{participant}/resume")
    assert answer.status_code == 422
    assert "Alle 1 pladser" in answer.text
    assert state_of(everything, participant)[0] is Seat.DROPPED_OUT


def test_an_empty_run_says_what_to_do(world, login, everything):
    with everything():
        run = make_run(world, starts_on=JANUARY).id
    for actor, words in (
        (world.coordinator, "Find kandidater i puljen"),
        (world.caseworker, "Indstil kandidater til branchen"),
        (world.teacher, "når et jobcenter har taget imod en plads"),
    ):
        assert words in login(actor).get(f"/course-runs/{run}/seats").text
