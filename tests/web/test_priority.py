"""The coordinator gives priority on a page of its own; the nominator reads why a candidate waits."""

from __future__ import annotations

from datetime import date

import pytest

from coordination.domain.candidates import DanishExam
from coordination.models import CourseRun, Nomination, Track
from tests.conftest import MONDAY
from tests.factories import (
    make_candidate,
    make_enrolment,
    make_nomination,
    make_participant,
    make_reserved,
    make_run,
)


@pytest.fixture
def waiting(world, everything):
    """The own candidate behind one of another municipality who waited longer and one with priority."""
    with everything():
        others = [
            make_nomination(
                make_candidate(world.other_municipality, world.other_caseworker, name=f"Fremmed {number}"),
                (world.kitchen,),
            )
            for number in range(2)
        ]
        mine = make_nomination(
            make_candidate(world.municipality, world.caseworker, name="Egen Person"), (world.kitchen,)
        )
        for row, hour in zip((*others, mine), (6, 9, 8), strict=True):
            row.submitted_at = MONDAY.replace(hour=hour)
        run = make_run(world, title="Køkken i Tønder", starts_on=date(2027, 1, 4), capacity=1, minimum=1)
        make_participant(world, run, world.other_caseworker, world.other_municipality)
        make_enrolment(mine, run, state="waiting", offered_at=None)
        make_enrolment(others[0], run, state="waiting", offered_at=None)
        return {"mine": mine.id, "run": run.id, "late": others[1].id}


def test_the_coordinator_gives_priority_for_a_reason_and_takes_it_back(world, login, waiting, everything):
    client = login(world.coordinator)
    page = f"/nominations/{waiting['late']}"
    assert f'href="{page}/priority"' in client.get(page).text
    wrong = client.post(f"{page}/priority", data={"reason": "derfor"})
    assert wrong.status_code == 422
    assert "Vælg en årsag på listen." in wrong.text
    done = client.post(f"{page}/priority", data={"reason": "igu_ends_soon"}, follow_redirects=True).text
    assert "Kandidaten har nu forrang" in done
    assert "ja: IGU-forløbet slutter snart" in done
    assert "Har fået forrang" in done
    assert "forrang" in client.get("/pool").text
    assert "Forrangen er fjernet" in client.post(f"{page}/priority/end", follow_redirects=True).text
    with everything() as session:
        assert session.get(Nomination, waiting["late"]).priority == "normal"
    for who in (world.caseworker, world.other_caseworker, world.teacher):
        assert login(who).get(f"{page}/priority").status_code == 404


def test_the_nominator_reads_why_the_candidate_waits_and_names_of_nobody(world, login, waiting, everything):
    with everything() as session:
        session.get(Nomination, waiting["late"]).priority = "high"
        session.get(Track, world.track).exam_needed = DanishExam.PD3
    client = login(world.caseworker)
    text = client.get(f"/nominations/{waiting['mine']}").text
    assert "Nummer 3 af 3, der venter på" in text
    assert "Foran: 1 har forrang, 1 har ventet længere." in text
    assert "nummer 2 på ventelisten" in text
    assert "Fuldt: den ene plads er tilbudt eller besat." in text
    assert "Fremmed" not in text
    with everything() as session:
        run = session.get(CourseRun, waiting["run"])
        run.capacity = 2
        make_reserved(run, world.other_municipality, 2)
    text = client.get(f"/nominations/{waiting['mine']}").text
    assert "Den ledige plads er reserveret til en anden kommune." in text
    other = login(world.other_caseworker).get(f"/nominations/{waiting['late']}").text
    assert "1 ledig plads, som koordinatoren kan tilbyde." in other
    assert "Ingen står foran." in other
    assert "Egen Person" not in other


def test_the_run_says_who_is_next_of_those_a_seat_is_free_for(world, login, waiting, everything):
    path = f"/course-runs/{waiting['run']}/seats"
    client = login(world.coordinator)
    assert "Næste i køen er" not in client.get(path).text
    with everything() as session:
        run = session.get(CourseRun, waiting["run"])
        run.capacity, first = 2, session.get(Nomination, waiting["mine"]).code
        make_reserved(run, world.municipality, 1)
    assert f"Næste i køen er {first}" in client.get(path).text
    with everything() as session:
        mine = session.get(Nomination, waiting["mine"])
        mine.state, mine.parked_until = "parked", date(2027, 1, 1)
    assert "Ingen på ventelisten kan få en ledig plads nu" in client.get(path).text
