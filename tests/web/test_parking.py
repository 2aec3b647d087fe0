"""Parking as caseworker and coordinator meet it, and whose turn it is in every state for every reader."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from flask import get_template_attribute

from coordination.domain.actors import Role
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.nominations import NominationState
from coordination.queries.nominations import NominationRow, SeatRow
from tests.factories import CREATED, make_candidate, make_nomination, make_run

SPRING = date(2027, 3, 3)


@pytest.fixture
def nomination(world, everything):
    with everything():
        person = make_candidate(world.municipality, world.caseworker, name="Amira Eksempel")
        return f"/nominations/{make_nomination(person, (world.kitchen,), submitted_at=CREATED).id}"


def park(client, nomination, **more):
    data = {"until": "2027-03-03", "reason": "childcare"} | more
    return client.post(f"{nomination}/parking", data=data)


def test_a_caseworker_parks_and_everybody_reads_until_when(world, login, nomination):
    client = login(world.caseworker)
    assert "Sæt på pause" in client.get(nomination).text
    form = client.get(f"{nomination}/parking").text
    assert "mangler børnepasning" in form
    assert park(client, nomination).location == nomination
    page = client.get(nomination).text
    assert "Kandidaten er sat på pause til 3. marts 2027" in page
    assert "sat på pause til 3. mar. 2027" in page
    assert "Ingens tur før 3. mar. 2027" in page
    assert "Årsag: mangler børnepasning" in page
    for path in ("/nominations", "/candidates"):
        assert "sat på pause til 3. mar. 2027" in client.get(path).text
    start = client.get("/").text
    assert "Sat på pause" in start
    assert "Tilbage i puljen 3. mar. 2027" in start
    assert "Ingens tur før 3. mar. 2027" in login(world.coordinator).get(nomination).text


def test_the_coordinator_is_told_that_it_is_on_behalf(world, login, nomination):
    client = login(world.coordinator)
    assert "på jobcenterets vegne" in client.get(f"{nomination}/parking").text
    assert park(client, nomination).status_code == 302
    assert "Karen Koordinator" in client.get(nomination).text


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"until": ""}, "Skriv den dag, kandidaten skal tilbage i puljen."),
        ({"until": "2026-11-23"}, "Dagen skal ligge efter i dag"),
        ({"until": "2028-01-01"}, "En pause varer højst tolv måneder. Skriv en dag senest 23. nov. 2027"),
        ({"until": "3/3-27"}, "Skriv en dato, der findes"),
        ({"reason": ""}, "Vælg en årsag på listen."),
        ({"reason": "fordi"}, "Vælg en årsag på listen."),
    ],
)
def test_what_is_wrong_stands_beside_its_field(world, login, nomination, sent, told):
    client = login(world.caseworker)
    answer = park(client, nomination, **sent)
    assert answer.status_code == 422
    assert told in answer.text
    (field,) = sent
    assert f'id="{field}-error"' in answer.text
    assert "i puljen" in client.get(nomination).text


def test_the_pause_is_changed_and_ended_by_hand(world, login, nomination):
    client = login(world.caseworker)
    park(client, nomination)
    form = client.get(f"{nomination}/parking").text
    assert 'value="2027-03-03"' in form
    park(client, nomination, until="01-05-2027")
    assert "1. maj 2027" in client.get(nomination).text
    answer = client.post(f"{nomination}/unpark", follow_redirects=True)
    assert "Pausen er slut." in answer.text
    assert client.post(f"{nomination}/unpark").status_code == 422


def test_only_one_in_the_pool_is_parked(world, login, everything):
    with everything():
        person = make_candidate(world.municipality, world.caseworker)
        seated = make_nomination(person, (world.kitchen,), state=NominationState.ACCEPTED).id
    client = login(world.caseworker)
    page = client.get(f"/nominations/{seated}/parking").text
    assert "Kandidaten kan ikke sættes på pause nu" in page
    assert park(client, f"/nominations/{seated}").status_code == 422


def test_people_on_a_pause_are_a_warning_where_a_run_lacks_participants(world, login, everything):
    with everything():
        run = make_run(world, starts_on=date(2027, 1, 4)).id
        person = make_candidate(world.other_municipality, world.other_caseworker, name="Navn Der Skjules")
        make_nomination(person, (world.kitchen,), state=NominationState.PARKED, parked_until=SPRING)
    wishes, fits = "ønsker branchen", "passer"
    told = {"/": wishes, f"/course-runs/{run}": fits, f"/course-runs/{run}/seats": wishes}
    coordinator = login(world.coordinator)
    for path, words in told.items():
        assert f"Aabenraa har 1 på pause, som {words}." in coordinator.get(path).text, path
    listed = coordinator.get(f"/nominations?state=parked&sector={world.kitchen}").text
    assert "Navn Der Skjules" in listed
    own = login(world.other_caseworker)
    other, school = login(world.caseworker), login(world.teacher)
    for path in (f"/course-runs/{run}", f"/course-runs/{run}/seats"):
        assert f"I har 1 på pause, som {told[path]}." in own.get(path).text
        assert "på pause" not in other.get(path).text
        assert "på pause" not in school.get(path).text


def row(state, seat):
    seats = ()
    if seat is not None:
        seats = (SeatRow(1, 1, 1, "Hold", seat, RunState.OPEN, SPRING, SPRING),)
    return NominationRow(
        id=1,
        code="K-1",
        candidate_id=1,
        name="Amira",
        municipality="Haderslev",
        caseworker="Jens",
        state=state,
        submitted_at=CREATED,
        parked_until=SPRING if state is NominationState.PARKED else None,
        wishes=(),
        seats=seats,
    )


TURNS = {
    "draft": ("Din tur: send kladden", "Jobcenteret sender kladden"),
    "submitted": ("Koordinatoren finder en plads", "Din tur: find en plads"),
    "parked": ("Ingens tur før 3. mar. 2027",) * 2,
    "offered": ("Din tur: svar på pladsen senest", "Jobcenteret svarer på pladsen senest"),
    "declined": ("Ingens tur: jobcenteret sagde nej",) * 2,
    "withdrawn": ("Ingens tur: indstillingen er trukket tilbage",) * 2,
    "expired": ("Din tur: send tilbage", "Jobcenteret sender tilbage"),
    "completed": ("Ingens tur: forløbet er slut",) * 2,
}
AFTER_ACCEPT = {
    EnrolmentState.ACCEPTED: ("Skolen svarer på deltageren",) * 2,
    EnrolmentState.CONFIRMED: ("Ingens tur: alt er på plads",) * 2,
    EnrolmentState.DROPPED_OUT: ("Ingens tur: forløbet er slut",) * 2,
}
SEAT = {NominationState.OFFERED: EnrolmentState.OFFERED}


def test_the_page_says_whose_turn_it_is_in_every_state(app):
    with app.test_request_context():
        turn = get_template_attribute("nominations/parts.html", "turn")
        cases = [(state, SEAT.get(state), TURNS[state]) for state in NominationState if state != "accepted"]
        cases += [(NominationState.ACCEPTED, seat, told) for seat, told in AFTER_ACCEPT.items()]
        for state, seat, (jobcenter, coordinator) in cases:
            assert turn(row(state, seat), Role.JOBCENTER).strip().startswith(jobcenter), (state, seat)
            assert turn(row(state, seat), Role.COORDINATOR).strip().startswith(coordinator), (state, seat)
        assert turn(row(NominationState.ACCEPTED, EnrolmentState.ACCEPTED), Role.SCHOOL) == (
            "Din tur: svar på deltageren"
        )


def test_whatever_the_seat_somebody_or_nobody_is_named(app):
    with app.test_request_context():
        turn = get_template_attribute("nominations/parts.html", "turn")
        for state, seat, reader in product(NominationState, (None, *EnrolmentState), Role):
            told = turn(row(state, seat), reader)
            assert told.startswith(("Din tur", "Ingens tur", "Jobcenteret", "Koordinatoren", "Skolen")), state
