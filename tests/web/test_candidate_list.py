"""The list of candidates: filters in the address, people chosen for one deed, and the next one in a row."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from coordination.domain.candidates import DanishExam, Scheme
from coordination.models import Nomination, PersonView
from tests.factories import make_candidate, make_nomination, make_user
from tests.html_forms import form_in, forms_in


@pytest.fixture
def caseworker(world, login):
    return login(world.caseworker)


@pytest.fixture
def people(world, everything):
    """Ada, Bo, Cita and Dan; each is what one filter asks for. Gives their ids by name."""
    with everything():
        colleague = make_user("x", "jobcenter", "Kaja Kollega", jobcenter_id=world.municipality)
        made = {
            "Ada": {"igu_start": date(2026, 9, 1), "danish_exam": DanishExam.PD3},
            "Bo": {"caseworker_id": colleague.id, "danish_exam": DanishExam.NONE},
            "Cita": {"scheme": Scheme.ORDINARY, "igu_start": None},
            "Dan": {"igu_start": date(2026, 7, 1)},
        }
        rows = {
            name: make_candidate(world.municipality, world.caseworker, name=name, **more)
            for name, more in made.items()
        }
        make_nomination(rows["Cita"], (world.kitchen,), basis_until=date(2026, 12, 1))
        make_nomination(rows["Dan"], (world.care,))
        return {name: row.id for name, row in rows.items()} | {"colleague": colleague.id}


def names(page: str) -> str:
    """Who stands in the list, by first letter."""
    return "".join(name[0] for name in ("Ada", "Bo", "Cita", "Dan") if f">{name}</a>" in page)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", "ABCD"),
        ("state=never", "AB"),
        ("state=submitted", "CD"),
        ("scheme=ordinary", "C"),
        ("caseworker=mine", "ACD"),
        ("caseworker={colleague}", "B"),
        ("sector={kitchen}", "C"),
        ("exam=pd2", "A"),
        ("exam=pd1", "ACD"),
        ("igu_from=2026-08-01", "AB"),
        ("igu_from=2026-08-02", "A"),
        ("igu_until=2026-07-31", "D"),
        ("igu_from=2026-07-01&igu_until=2026-08-01", "BD"),
        ("basis=1", "C"),
        ("state=submitted&sector={care}&caseworker=mine", "D"),
        ("state=never&sector={care}", ""),
        ("igu_from=nonsense&exam=x&sector=x&caseworker=x", "ABCD"),
    ],
)
def test_every_filter_lives_in_the_address(world, caseworker, people, asked, expected):
    asked = asked.format(colleague=people["colleague"], kitchen=world.kitchen, care=world.care)
    page = caseworker.get(f"/candidates?{asked}").text
    assert names(page) == expected
    assert f"{len(expected)} i alt" in page or not expected


def test_the_form_leads_to_an_address_and_every_filter_can_be_taken_away_alone(caseworker, people):
    typed = {"state": "submitted", "igu_from": "01-07-2026", "basis": "y", "caseworker": "mine", "q": "ci"}
    answer = caseworker.post("/candidates/search", data=typed)
    asked = parse_qs(urlsplit(answer.location).query)
    sealed = asked.pop("q")
    assert asked == {
        k: [v] for k, v in (typed | {"igu_from": "2026-07-01", "basis": "1"}).items() if k != "q"
    }
    page = caseworker.get(f"{answer.location}&page=1&sort=-name").text
    for words in ("Indstilling: i puljen", "IGU-start fra: 1. jul. 2026", "Sagsbehandler: mine", "Søg: ci"):
        assert words in page
    chips = [part.split('"', 1)[0] for part in page.split('class="chip" href="')[1:]]
    left = [parse_qs(urlsplit(chip.replace("&amp;", "&")).query) for chip in chips]
    every = {*asked, "q", "sort"}
    assert [every - set(query) for query in left] == [
        {"q"},
        {"state"},
        {"caseworker"},
        {"igu_from"},
        {"basis"},
    ]
    assert sealed


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"igu_from": "32-13-2026"}, "IGU-start fra: Skriv en dato, der findes"),
        ({"igu_from": "2026-08-01", "igu_until": "2026-07-01"}, "Slutdatoen ligger før startdatoen"),
    ],
)
def test_a_filter_that_cannot_be_read_is_told_and_left_out(caseworker, people, typed, said):
    answer = caseworker.post("/candidates/search", data=typed | {"state": "never"})
    assert "state=never" in answer.location
    page = caseworker.get(answer.location).text
    assert said in page
    assert names(page) == "AB"


def test_a_coordinator_filters_by_municipality_and_sees_no_colleagues(world, login, people, everything):
    with everything():
        other = make_candidate(world.other_municipality, world.other_caseworker, name="Ada")
        make_nomination(other, (world.kitchen,))
    coordinator = login(world.coordinator)
    assert names(coordinator.get("/candidates").text) == "ACD"
    assert names(coordinator.get(f"/candidates?municipality={world.municipality}").text) == "CD"
    assert "Kaja Kollega" not in coordinator.get("/candidates").text


def test_a_look_at_the_list_logs_everybody_on_it(world, caseworker, people, everything):
    caseworker.get("/candidates?state=never")
    with everything() as session:
        views = session.execute(
            select(PersonView.candidate_id, PersonView.user_id, PersonView.municipality_id)
        )
        expected = {(people[name], world.caseworker.user_id, world.municipality) for name in ("Ada", "Bo")}
        assert {tuple(view) for view in views} == expected


# ---- several people at once


def confirm(client, deed, *ids, kept="state=never"):
    return client.post("/candidates/bulk", data={"deed": deed, "person": list(ids), "list": kept})


def send(client, page, deed, **typed):
    """The form of the page that asks, filled in."""
    return client.post(
        f"/candidates/bulk/{deed}", data=_multi(form_in(page.text, f"/{deed}").filled(**typed))
    )


def _multi(fields):
    found: dict[str, list[str]] = {}
    for name, value in fields:
        found.setdefault(name, []).append(value)
    return found


def test_people_chosen_in_the_list_are_counted_nominated_and_told(world, caseworker, people, everything):
    listed = caseworker.get("/candidates?state=never").text
    assert form_in(listed, "/candidates/bulk").offered["person"] == [str(people["Ada"]), str(people["Bo"])]
    page = confirm(caseworker, "nominate", people["Ada"], people["Bo"], people["Cita"])
    for words in (
        "Indstil 2 kandidater til puljen?",
        "1 kan ikke tages med",
        "allerede en indstilling i gang",
    ):
        assert words in page.text
    typed = {"wish_1": str(world.care), "wish_2": "0", "basis": "informed"}
    refused = send(caseworker, page, "nominate", **typed)
    assert refused.status_code == 422
    assert "Sæt kryds her for at fortsætte uden dem" in refused.text
    assert (
        'id="basis-0" name="basis" type="radio" value="informed" checked'
        in refused.text.replace("checked ", "")
        or "checked" in refused.text
    )
    done = send(caseworker, page, "nominate", leave_out="y", **typed)
    assert done.location == "/candidates?state=never"
    text = caseworker.get(done.location).text
    assert "2 kandidater er i puljen." in text
    assert "1 blev sprunget over." in text
    again = confirm(caseworker, "nominate", people["Ada"], people["Bo"])
    assert "Ingen af de valgte kan tages med" in again.text
    assert send(caseworker, page, "nominate", leave_out="y", **typed).status_code == 422
    with everything() as session:
        assert session.scalar(select(func.count()).select_from(Nomination)) == 4


def test_several_are_parked_and_withdrawn(caseworker, people):
    page = confirm(caseworker, "park", people["Cita"], people["Dan"], kept="")
    assert "Sæt 2 kandidater på pause?" in page.text
    refused = send(caseworker, page, "park")
    assert refused.status_code == 422
    reason = form_in(page.text, "/park").offered["reason"][0]
    done = send(caseworker, page, "park", until="2027-01-11", reason=reason)
    assert done.location == "/candidates"
    assert "2 kandidater er sat på pause" in caseworker.get("/candidates").text
    page = confirm(caseworker, "withdraw", people["Cita"], people["Dan"], people["Ada"])
    assert "Træk 2 indstillinger tilbage?" in page.text
    assert "Er ikke indstillet." in page.text
    reason = form_in(page.text, "/withdraw").offered["reason"][0]
    send(caseworker, page, "withdraw", leave_out="y", reason=reason)
    assert "2 indstillinger er trukket tilbage" in caseworker.get("/candidates").text


def test_nobody_chosen_leads_back_with_a_word(caseworker, people):
    answer = confirm(caseworker, "nominate")
    assert answer.location == "/candidates?state=never"
    assert "Sæt kryds ved mindst én kandidat." in caseworker.get(answer.location).text


@pytest.mark.parametrize("deed", ["", "/nominate", "/park", "/withdraw"])
def test_foreign_and_made_up_people_are_not_there(world, caseworker, people, everything, deed):
    with everything():
        foreign = make_candidate(world.other_municipality, world.other_caseworker, name="Naboens").id
    for odd in (foreign, 999_999, "x", "-1", "0", "99999999999999999999"):
        typed = {
            "deed": "nominate",
            "person": [people["Ada"], odd],
            "wish_1": world.care,
            "basis": "informed",
        }
        answer = caseworker.post(f"/candidates/bulk{deed}", data=typed)
        assert answer.status_code == 404, odd
        assert "Naboens" not in answer.text
    with everything() as session:
        assert session.scalar(select(func.count()).select_from(Nomination)) == 2


def test_more_than_two_hundred_and_an_unknown_deed_are_refused(caseworker, people):
    answer = confirm(caseworker, "nominate", *range(1, 202))
    assert answer.status_code == 422
    assert "Vælg højst 200 kandidater ad gangen." in answer.text
    assert confirm(caseworker, "delete", people["Ada"]).status_code == 404


def test_the_way_back_leads_to_our_own_list_only(caseworker, people):
    page = confirm(caseworker, "nominate", people["Ada"], kept="next=https://evil.example&state=never&q=Ada")
    assert 'href="/candidates?state=never"' in page.text
    assert "evil" not in page.text.replace('value="next=https://evil.example&amp;state=never&amp;q=Ada"', "")


# ---- one after another


def test_from_one_person_to_the_next_with_the_last_wishes(world, caseworker, people):
    listed = caseworker.get("/candidates?state=never").text
    first = f"/candidates/{people['Ada']}/nominate?list=state%3Dnever"
    assert first in listed
    page = caseworker.get(first).text
    assert "Send i puljen, og tag den næste" in page
    (form,) = [form for form in forms_in(page) if "nominate" in form.action]
    typed = {"wish_1": str(world.care), "wish_2": "0", "basis": "informed", "deed": "next"}
    answer = caseworker.post(form.action, data=_multi(form.filled(**typed)))
    assert answer.location == f"/candidates/{people['Bo']}/nominate?list=state%3Dnever"
    page = caseworker.get(answer.location).text
    assert "Ada er i puljen." in page
    assert f'<option selected value="{world.care}">' in page
    (form,) = [form for form in forms_in(page) if "nominate" in form.action]
    answer = caseworker.post(form.action, data=_multi(form.filled(wish_2="0", basis="consent", deed="next")))
    assert answer.location == "/candidates?state=never"
    assert "Ingen kandidater passer" in caseworker.get(answer.location).text


def test_without_a_list_a_nomination_ends_on_its_own_page(world, caseworker, people):
    page = caseworker.get(f"/candidates/{people['Ada']}/nominate").text
    assert "tag den næste" not in page
    typed = {"wish_1": world.care, "wish_2": 0, "basis": "informed", "basis_given_on": "2026-11-23"}
    answer = caseworker.post(f"/candidates/{people['Ada']}/nominate", data=typed | {"deed": "next"})
    assert answer.location.startswith("/nominations/")


def test_who_is_nominated_elsewhere_too_is_told_with_the_jobcenter_to_call(world, caseworker, everything):
    with everything():
        first = make_candidate(
            world.other_municipality, world.other_caseworker, name="Hemmelig", cpr_hash="x"
        )
        make_nomination(first, (world.kitchen,))
        own = make_candidate(world.municipality, world.caseworker, name="Ada", cpr_hash="x").id
    page = confirm(caseworker, "nominate", own)
    answer = send(caseworker, page, "nominate", wish_1=str(world.care), wish_2="0", basis="informed")
    text = caseworker.get(answer.location).text
    assert "Et andet jobcenter har også indstillet Ada. Kontakt Jobcenter Aabenraa." in text
    assert "Fremmed" not in text
