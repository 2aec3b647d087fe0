"""Pages of nominations: ranked wishes without a script, whose turn it is, and why."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from coordination.models import Candidate, Enrolment, Nomination
from tests.factories import make_candidate, make_enrolment, make_nomination, make_run

INFORMED = {"basis": "informed", "basis_given_on": "2026-11-20", "basis_until": ""}


@pytest.fixture
def caseworker(world, login):
    return login(world.caseworker)


@pytest.fixture
def person(world, everything):
    with everything():
        return f"/candidates/{make_candidate(world.municipality, world.caseworker, name='Amira Eksempel').id}"


def nominate(client, person, *wishes, deed="submit"):
    data = {f"wish_{rank}": wish for rank, wish in enumerate(wishes, 1)} | {"deed": deed} | INFORMED
    return client.post(f"{person}/nominate", data=data)


def test_nominating_with_ranked_wishes(world, caseworker, person):
    form = caseworker.get(f"{person}/nominate").text
    assert "1. ønske" in form
    assert "2. ønske" in form
    assert "Køkken og rengøring Syd" in form
    assert "Nord" not in form
    answer = nominate(caseworker, person, world.care, world.kitchen)
    assert answer.status_code == 302
    page = caseworker.get(answer.location).text
    assert "Kandidaten er i puljen" in page
    assert page.index("Social og sundhed") < page.index("Køkken og rengøring")
    assert "Koordinatoren finder en plads" in page
    assert "Indstillet til puljen" in page
    again = caseworker.get(f"{person}/nominate").text
    assert "allerede en indstilling i gang" in again


def test_wishes_that_cannot_be_used_stand_beside_the_first(world, caseworker, person, everything):
    for wishes in ((0, 0), (world.kitchen, world.kitchen), (world.far_sector, 0), ("x", 0)):
        answer = nominate(caseworker, person, *wishes)
        assert answer.status_code == 422
        assert 'id="wish_1-error"' in answer.text
    with everything() as session:
        assert session.scalar(select(Nomination.id)) is None
    assert nominate(caseworker, person, 0, world.kitchen).status_code == 302


def test_a_draft_is_sent_later(world, caseworker, person, login):
    draft = nominate(caseworker, person, world.kitchen, 0, deed="draft").location
    text = caseworker.get(draft).text
    assert "Din tur: send kladden i puljen" in text
    assert login(world.coordinator).get(draft).status_code == 404
    assert login(world.coordinator).post(f"{draft}/submit").status_code == 404
    assert caseworker.post(f"{draft}/submit", data=INFORMED).status_code == 302
    text = login(world.coordinator).get(draft).text
    assert "Din tur: find en plads" in text
    assert "Amira Eksempel" in text
    assert caseworker.post(f"{draft}/submit", data=INFORMED).status_code == 422


def test_withdrawing_asks_for_a_reason_first(world, caseworker, person):
    page = nominate(caseworker, person, world.kitchen, 0).location
    asked = caseworker.get(f"{page}/withdraw").text
    assert "Træk indstillingen tilbage?" in asked
    assert "har fået arbejde" in asked
    refused = caseworker.post(f"{page}/withdraw", data={"note": "Ringede i dag"})
    assert refused.status_code == 422
    assert "Vælg en årsag på listen" in refused.text
    assert "Ringede i dag" in refused.text
    assert caseworker.post(f"{page}/withdraw", data={"reason": "got_job"}).status_code == 302
    text = caseworker.get(page).text
    assert "trukket tilbage" in text
    assert "Årsag: har fået arbejde" in text
    assert "Indstil til puljen" in caseworker.get(person).text


def test_other_wishes(world, caseworker, person):
    page = nominate(caseworker, person, world.kitchen, world.care).location
    form = caseworker.get(f"{page}/wishes").text
    assert re.search(rf'<option selected value="{world.kitchen}">', form)
    assert caseworker.post(f"{page}/wishes", data={"wish_1": world.care, "wish_2": 0}).location == page
    text = caseworker.get(page).text
    assert "Ønsker ændret" in text
    assert "Køkken og rengøring" not in text


def test_the_place_in_line_and_the_seat_are_told_in_words(world, caseworker, person, everything):
    with everything() as session:
        run = make_run(world, title="Køkkenhold i Tønder")
        candidate = session.get(Candidate, int(person.rpartition("/")[2]))
        other = make_candidate(world.other_municipality, world.other_caseworker, name="Anden Person")
        first = make_nomination(other, (world.kitchen,))
        mine = make_nomination(candidate, (world.kitchen,))
        make_enrolment(first, run, state="waiting")
        seat = make_enrolment(mine, run, state="waiting")
        seat_id, mine_id = seat.id, mine.id
    for path in (person, f"/nominations/{mine_id}"):
        text = caseworker.get(path).text
        assert "nummer 2 på ventelisten" in text
        assert "Køkkenhold i Tønder" in text
        assert "Anden Person" not in text
    with everything() as session:
        session.get(Nomination, mine_id).state = "offered"
        session.get(Enrolment, seat_id).state = "offered"
    text = caseworker.get(f"/nominations/{mine_id}").text
    assert "Din tur: svar på pladsen senest 30. nov. 2026" in text
    assert f"/enrolments/{seat_id}/answer" in text


@pytest.mark.parametrize(
    "who", ["other_caseworker", "far_caseworker", "far_coordinator", "teacher", "leader"]
)
def test_for_everyone_else_the_nomination_is_not_there(world, caseworker, person, login, who):
    page = nominate(caseworker, person, world.kitchen, 0).location
    client = login(getattr(world, who))
    for path in (page, f"{page}/withdraw", f"{page}/wishes"):
        assert client.get(path).status_code == 404
    for deed in ("submit", "return", "wishes", "withdraw"):
        assert client.post(f"{page}/{deed}", data={"reason": "got_job"}).status_code == 404
    assert "Amira" not in client.get("/nominations").text
    assert "i puljen" in caseworker.get(page).text


def test_the_list_narrows_and_says_what_to_do_when_empty(world, caseworker, person, login):
    assert "Ingen indstillinger endnu" in caseworker.get("/nominations").text
    page = nominate(caseworker, person, world.kitchen, 0).location
    for asked in ("", "?state=submitted", f"?sector={world.kitchen}", "?mine=y", "?sort=-name", "?page=7"):
        assert "Amira Eksempel" in caseworker.get(f"/nominations{asked}").text, asked
    for asked in ("?state=draft", f"?sector={world.care}", "?sector=99999999999"):
        assert caseworker.get(f"/nominations{asked}").status_code == 200
    assert "Ingen indstillinger passer" in caseworker.get("/nominations?state=draft").text
    caseworker.post(f"{page}/withdraw", data={"reason": "mistake"})
    assert "Amira Eksempel" not in caseworker.get("/nominations").text
    assert "Amira Eksempel" in caseworker.get("/nominations?state=all").text
    assert "Aabenraa" not in caseworker.get("/nominations").text
    assert "Haderslev" in login(world.coordinator).get("/nominations?state=all").text


def test_every_rule_that_stops_a_nomination_is_told_in_words(world, caseworker, everything):
    with everything():
        row = make_candidate(world.municipality, world.caseworker, birth_date=date(1930, 1, 1))
        person = f"/candidates/{row.id}"
    answer = nominate(caseworker, person, world.kitchen, 0)
    assert answer.status_code == 422
    assert "40" in answer.text
    assert nominate(caseworker, person, world.kitchen, 0, deed="draft").status_code == 302
