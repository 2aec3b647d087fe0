"""The pool in the browser: who sees it, in which order, and what comes of ticking people."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from coordination.domain.candidates import DanishExam, Scheme
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.nominations import NominationState
from coordination.models import (
    Candidate,
    CourseRun,
    Enrolment,
    Municipality,
    Nomination,
    PersonView,
    Sector,
    Track,
)
from tests.factories import make_candidate, make_enrolment, make_nomination, make_run

JANUARY = date(2027, 1, 4)


@pytest.fixture
def pool(world, everything):
    """Four people: three in the kitchen's pool, the last of them newest, and one of the other partnership."""
    with everything() as session:
        session.get(Track, world.track).exam_needed = DanishExam.PD2
        make = {
            "Sidste Person": (world.municipality, world.caseworker, 20, DanishExam.PD2, Scheme.IGU),
            "Første Person": (world.municipality, world.caseworker, 1, DanishExam.PD1, Scheme.INTERNSHIP),
            "Anden Person": (world.other_municipality, world.other_caseworker, 9, DanishExam.PD3, Scheme.IGU),
        }
        ids = {}
        for name, (municipality, caseworker, day, exam, scheme) in make.items():
            person = make_candidate(municipality, caseworker, name=name, danish_exam=exam, scheme=scheme)
            submitted = datetime(2026, 9, day, 8, tzinfo=UTC)
            ids[name] = make_nomination(person, (world.kitchen, world.care), submitted_at=submitted).id
        far = make_candidate(world.far_municipality, world.far_caseworker, name="Fjern Person")
        make_nomination(far, (world.far_sector,))
        run = make_run(world, starts_on=JANUARY, capacity=2, minimum=2, title="Januarholdet")
        ids["run"] = run.id
    return ids


def names(answer):
    return re.findall(r"(Første|Anden|Sidste|Fjern) Person", answer.text)


def states(everything):
    with everything() as session:
        return sorted(session.scalars(select(Enrolment.state)))


def test_the_coordinator_sees_who_has_waited_longest_first(world, pool, login):
    answer = login(world.coordinator).get(f"/pool?sector={world.kitchen}")
    assert names(answer) == ["Første", "Anden", "Sidste"]
    assert "Køkken og rengøring Syd (3)" in answer.text
    assert "nr. 1" in answer.text
    assert answer.text.count("under det anbefalede") == 1
    for words in ("Januarholdet", "2 ledige af 2", "2 mangler til minimum på 2", "2. Social og sundhed Syd"):
        assert words in answer.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("municipality={other}", ["Anden"]),
        ("exam=pd2", ["Anden", "Sidste"]),
        ("scheme=internship", ["Første"]),
        ("exam=pd3&scheme=internship", []),
        ("exam=volapyk&scheme=9&municipality=x&run=%00&page=-3", ["Første", "Anden", "Sidste"]),
    ],
)
def test_the_pool_is_narrowed_and_places_in_line_stay(world, pool, login, query, found):
    query = query.format(other=world.other_municipality)
    answer = login(world.coordinator).get(f"/pool?sector={world.kitchen}&{query}")
    assert answer.status_code == 200
    assert names(answer) == found
    if found == ["Anden"]:
        assert "nr. 2" in answer.text


def test_every_person_seen_is_noted(world, pool, login, everything):
    login(world.coordinator).get(f"/pool?sector={world.kitchen}")
    with everything() as session:
        seen = session.scalars(select(PersonView)).all()
    assert [row.purpose for row in seen] == ["pooling.pool"] * 3


def test_a_jobcenter_sees_its_own_people_by_name_and_the_others_by_code(world, pool, login, everything):
    with everything() as session:
        other = session.scalars(select(Nomination).where(Nomination.id == pool["Anden Person"])).one()
        other.code = "K-4711"
    answer = login(world.caseworker).get(f"/pool?sector={world.kitchen}")
    assert names(answer) == ["Første", "Sidste"]
    text = re.sub(r"<[^>]+>|\s+", " ", answer.text)
    assert "K-4711" in text
    row = next(row for row in answer.text.split("<tr>") if "K-4711" in row)
    for words in (
        "Aabenraa",
        "1. Køkken og rengøring Syd",
        "2. Social og sundhed Syd",
        "Prøve i Dansk 3",
        "nr. 2",
    ):
        assert words in row, words
    assert "9. sep. 2026" in row
    assert f'/nominations/{pool["Anden Person"]}"' not in answer.text
    assert f'/nominations/{pool["Første Person"]}"' in answer.text
    assert "navnet vises kun for eget jobcenter" in answer.text
    with everything() as session:
        assert session.scalars(select(PersonView.purpose)).all() == ["pooling.pool"] * 3


@pytest.mark.parametrize("closed", ["basis_until", "basis_withdrawn_at", "parked", "draft"])
def test_who_is_not_shared_or_not_waiting_is_not_among_the_codes(world, pool, login, everything, closed):
    with everything() as session:
        other = session.get(Nomination, pool["Anden Person"])
        other.code = "K-4711"
        if closed in {"parked", "draft"}:
            other.state = NominationState(closed)
        else:
            day = date(2026, 11, 22)
            setattr(other, closed, day if closed == "basis_until" else datetime(2026, 11, 22, tzinfo=UTC))
    answer = login(world.caseworker).get(f"/pool?sector={world.kitchen}")
    assert "K-4711" not in answer.text
    assert "Køkken og rengøring Syd (2)" in answer.text


def test_a_jobcenter_sees_nothing_of_another_partnership(world, pool, login):
    client = login(world.far_caseworker)
    assert names(client.get("/pool")) == ["Fjern"]
    assert client.get(f"/pool?sector={world.kitchen}").status_code == 404
    for odd in ("?sector=x", "?page=-3", "?page=99", "?sector=%00"):
        assert client.get(f"/pool{odd}").status_code == 200


def test_a_school_reads_code_wishes_danish_and_how_many_needs_of_a_seat_that_is_offered(
    world, pool, login, everything
):
    with everything() as session:
        nomination = session.get(Nomination, pool["Anden Person"])
        session.get(Candidate, nomination.candidate_id).needs = ["interpreter", "transport"]
        nomination.code = "K-4711"
        seat = make_enrolment(nomination, session.get(CourseRun, pool["run"]), state=EnrolmentState.OFFERED)
        seat_id = seat.id
    client = login(world.teacher)
    for path in (f"/course-runs/{pool['run']}/seats", f"/enrolments/{seat_id}"):
        text = re.sub(r"<[^>]+>|\s+", " ", client.get(path).text)
        for words in (
            "K-4711",
            "Aabenraa",
            "2. Social og sundhed Syd",
            "Prøve i Dansk 3",
            "9. sep. 2026",
            "2 behov",
        ):
            assert words in text, (path, words)
        assert "Anden Person" not in text
        assert "tolk" not in text
    with everything() as session:
        session.get(Nomination, pool["Anden Person"]).basis_withdrawn_at = datetime(2026, 11, 22, tzinfo=UTC)
    assert "Prøve i Dansk 3" not in client.get(f"/enrolments/{seat_id}").text


def test_nobody_but_coordinator_and_jobcenter_sees_the_pool(world, pool, login):
    for actor in (world.teacher, world.leader, world.admin):
        assert login(actor).get("/pool").status_code == 404
    far = login(world.far_coordinator)
    assert names(far.get("/pool")) == ["Fjern"]
    assert far.get(f"/pool?sector={world.kitchen}").status_code == 404
    assert far.get(f"/pool?run={pool['run']}").status_code == 404


def test_seats_are_offered_to_those_ticked(world, pool, login, everything):
    client = login(world.coordinator)
    ticked = [pool["Første Person"], pool["Anden Person"]]
    answer = client.post(
        f"/course-runs/{pool['run']}/seats?sector={world.kitchen}", data={"nominations": ticked}
    )
    assert answer.status_code == 302
    page = client.get(answer.location)
    assert (
        "2 pladser er tilbudt. Jobcentrene svarer senest torsdag den 26. november 2026 kl. 10.00."
        in page.text
    )
    assert "Under den anbefalede danskprøve" in page.text
    assert names(page) == ["Sidste"]
    assert states(everything) == [EnrolmentState.OFFERED] * 2


def test_an_over_full_offer_saves_nothing_and_keeps_the_ticks(world, pool, login, everything):
    client = login(world.coordinator)
    ticked = [pool["Første Person"], pool["Anden Person"], pool["Sidste Person"]]
    answer = client.post(f"/course-runs/{pool['run']}/seats", data={"nominations": ticked})
    assert answer.status_code == 422
    assert "Du har valgt 3, men holdet har kun 2 ledige. Intet er gemt." in answer.text
    assert answer.text.count(" checked") == 3
    assert states(everything) == []


@pytest.mark.parametrize("data", [{}, {"nominations": "x"}, {"nominations": ""}])
def test_an_offer_to_nobody_is_explained(world, pool, login, everything, data):
    answer = login(world.coordinator).post(f"/course-runs/{pool['run']}/seats", data=data)
    assert answer.status_code == 422
    assert "error-summary" in answer.text
    assert states(everything) == []


def test_a_second_press_gets_a_sentence(world, pool, login, everything):
    client = login(world.coordinator)
    for status in (302, 422):
        answer = client.post(
            f"/course-runs/{pool['run']}/seats", data={"nominations": [pool["Første Person"]]}
        )
        assert answer.status_code == status
    assert "er ikke længere i puljen" in answer.text
    assert states(everything) == [EnrolmentState.OFFERED]


def test_people_are_put_on_the_waiting_list(world, pool, login, everything):
    client = login(world.coordinator)
    answer = client.post(
        f"/course-runs/{pool['run']}/waiting-list?sector={world.kitchen}&exam=pd1",
        data={"nominations": [pool["Anden Person"]]},
    )
    assert answer.status_code == 302
    assert "exam=pd1" in answer.location
    page = client.get(answer.location)
    assert "1 er sat på ventelisten" in page.text
    assert "på venteliste på dette hold" in page.text
    assert states(everything) == [EnrolmentState.WAITING]


def test_a_seat_on_another_run_is_shown(world, pool, login, everything):
    with everything() as session:
        other = make_run(world, starts_on=JANUARY, title="Februarholdet", state=RunState.CONFIRMED)
        make_enrolment(session.get(Nomination, pool["Anden Person"]), other, state=EnrolmentState.WAITING)
    page = login(world.coordinator).get(f"/pool?sector={world.kitchen}&run={pool['run']}")
    assert "på venteliste: Februarholdet" in page.text


def test_without_an_open_run_the_page_says_what_to_do(world, login, everything):
    page = login(world.coordinator).get(f"/pool?sector={world.care}")
    assert "Intet hold i branchen er åbent" in page.text
    assert "Ingen i puljen ønsker denne branche" in page.text


def test_without_sectors_the_page_says_what_is_missing(world, login, everything):
    with everything() as session:
        for sector in session.scalars(select(Sector).where(Sector.partnership_id == world.far_partnership)):
            sector.active = False
        assert session.get(Municipality, world.far_municipality)
    assert "Ingen brancher endnu" in login(world.far_coordinator).get("/pool").text


def test_a_long_pool_has_pages(world, pool, login, everything):
    with everything():
        for _ in range(50):
            make_nomination(make_candidate(world.municipality, world.caseworker), (world.kitchen,))
    client = login(world.coordinator)
    assert "Side </span>2" in client.get(f"/pool?sector={world.kitchen}").text
    assert client.get(f"/pool?sector={world.kitchen}&page=2").text.count('name="nominations"') == 3
