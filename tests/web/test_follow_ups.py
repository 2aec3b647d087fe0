"""Follow-ups through HTTP: the shared worklist, one case, its forms, and everybody who must not see it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest
from sqlalchemy import select

from coordination.domain.follow_ups import FollowUpState
from coordination.models import ContactAttempt, CourseSession, FollowUp
from tests.factories import make_follow_up, make_participant, make_run


class Cases(NamedTuple):
    run: int
    own: int
    own_second: int
    other: int


@pytest.fixture
def cases(world, everything):
    """Amina of the own jobcenter stayed away twice, Bo of the other one once."""
    with everything() as session:
        run = make_run(world, starts_on=date(2026, 11, 9))
        amina = make_participant(world, run, world.caseworker, world.municipality, name="Amina Ali")
        bo = make_participant(world, run, world.other_caseworker, world.other_municipality, name="Bo Berg")
        first, second, _ = session.scalars(select(CourseSession).order_by(CourseSession.day))
        return Cases(
            run.id,
            make_follow_up(amina, first, due_on=date(2026, 11, 12)).id,
            make_follow_up(amina, second, due_on=date(2026, 11, 30)).id,
            make_follow_up(bo, first, due_on=date(2026, 11, 25)).id,
        )


@pytest.fixture
def stored(everything):
    def rows(model):
        with everything() as session:
            return session.scalars(select(model).order_by(model.id)).all()

    return rows


def test_the_list_has_one_row_per_person_and_the_overdue_first(world, login, cases):
    page = login(world.coordinator).get("/follow-ups")
    assert page.status_code == 200
    assert page.text.count(">Amina Ali</a>") == page.text.count(">Bo Berg</a>") == 1
    assert page.text.index("Amina Ali") < page.text.index("Bo Berg")
    assert "2 udeblivelser" in page.text
    assert page.text.count("overskredet") == 1
    assert f"/follow-ups/{cases.own}" in page.text


def test_a_jobcenter_sees_its_own_people_only(world, login, cases):
    page = login(world.caseworker).get("/follow-ups")
    assert "Amina Ali" in page.text
    assert "Bo Berg" not in page.text


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("?state=closed", False),
        ("?state=all", True),
        ("?mine=1", True),
        ("?run=999999", False),
        ("?run=x&state=junk&page=zz", True),
        ("?page=99", True),
    ],
)
def test_the_filters_live_in_the_address(world, login, cases, query, seen):
    page = login(world.caseworker).get(f"/follow-ups{query}")
    assert page.status_code == 200
    assert ("Amina Ali" in page.text) is seen


def test_mine_are_a_caseworkers_candidates_and_a_coordinators_contacts(world, login, cases):
    client = login(world.coordinator)
    assert "Amina Ali" not in client.get("/follow-ups?mine=1").text
    client.post(f"/follow-ups/{cases.own}/contacts", data=contact("no_answer"))
    assert "Amina Ali" in client.get("/follow-ups?mine=1").text


ELSEWHERE = ["teacher", "other_caseworker", "far_caseworker", "far_coordinator", "leader", "admin"]


@pytest.mark.parametrize("who", ELSEWHERE)
def test_others_find_nothing_and_change_nothing(world, login, cases, stored, who):
    client = login(getattr(world, who))
    missing = client.get("/follow-ups/999999")
    page = client.get(f"/follow-ups/{cases.own}")
    assert (page.status_code, page.text) == (404, missing.text)
    for deed in ("contacts", "close", "reopen"):
        data = {**contact("no_answer"), "reason": "other", "note": "x"}
        assert client.post(f"/follow-ups/{cases.own}/{deed}", data=data).status_code in {404, 422}
    assert stored(ContactAttempt) == []
    assert {row.state for row in stored(FollowUp)} == {FollowUpState.OPEN}


def contact(outcome, version=1, **more):
    return {"version": version, "channel": "phone", "outcome": outcome, **more}


def test_the_case_has_the_phone_the_no_shows_and_what_each_outcome_proposes(world, login, cases):
    page = login(world.caseworker).get(f"/follow-ups/{cases.own}")
    assert 'href="tel:20000000"' in page.text
    assert "Jens Jobcenter" in page.text
    assert "Fik ikke fat i deltageren – igen senest 24. november" in page.text
    assert f"/follow-ups/{cases.own_second}" in page.text


def test_a_contact_is_logged_and_stands_in_the_story(world, login, cases, stored):
    client = login(world.caseworker)
    data = contact("reached_needs_help", note="Mangler bus om morgenen")
    page = client.post(f"/follow-ups/{cases.own}/contacts", data=data, follow_redirects=True)
    assert "Næste henvendelse er senest 25. november 2026" in page.text
    assert "Mangler bus om morgenen" in page.text
    assert stored(FollowUp)[0].due_on == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"channel": ""}, "Feltet skal udfyldes"),
        ({"outcome": "ill"}, "Hvad kom der ud af det?"),
        ({"next_contact_on": "31-02-2027"}, "Skriv en dato, der findes"),
        ({"next_contact_on": "22-11-2026"}, "Vælg en dag fra i dag og højst 90 dage frem"),
    ],
)
def test_errors_stand_beside_the_field_and_keep_what_was_typed(world, login, cases, stored, more, sentence):
    data = {**contact("no_answer", note="Prøvede to gange"), **more}
    page = login(world.caseworker).post(f"/follow-ups/{cases.own}/contacts", data=data)
    assert page.status_code == 422
    assert sentence in page.text
    assert "Prøvede to gange" in page.text
    assert stored(ContactAttempt) == []


def test_closing_with_a_reason_and_reopening(world, login, cases, stored):
    client = login(world.caseworker)
    path = f"/follow-ups/{cases.own}"
    missing = client.post(f"{path}/close", data={"version": 1, "reason": "other", "note": ""})
    assert missing.status_code == 422
    assert "Skriv noget her" in missing.text
    done = {"version": 1, "reason": "back_in_class", "others_too": "y"}
    page = client.post(f"{path}/close", data=done, follow_redirects=True)
    assert "2 opfølgninger er lukket." in page.text
    assert "Ingen at følge op på" in page.text
    closed = client.get(path)
    assert "Opfølgningen er lukket: er tilbage på holdet." in closed.text
    page = client.post(f"{path}/reopen", data={"version": 2, "note": "Kom ikke"}, follow_redirects=True)
    assert "åben igen" in page.text
    assert "Kom ikke" in page.text
    assert stored(FollowUp)[0].state is FollowUpState.OPEN


def test_two_at_once_the_second_sees_what_the_first_did_and_keeps_the_words(world, login, cases, stored):
    login(world.coordinator).post(f"/follow-ups/{cases.own}/contacts", data=contact("no_answer"))
    client = login(world.caseworker)
    page = client.post(
        f"/follow-ups/{cases.own}/contacts", data=contact("reached_returns", note="Kommer i morgen")
    )
    assert page.status_code == 409
    assert "En anden har arbejdet på opfølgningen imens" in page.text
    assert "Kommer i morgen" in page.text
    assert 'name="version" type="hidden" value="2"' in page.text
    assert len(stored(ContactAttempt)) == 1
    again = client.post(
        f"/follow-ups/{cases.own}/contacts",
        data=contact("reached_returns", version=2, note="Kommer i morgen"),
    )
    assert again.status_code == 302
    assert [row.close_reason for row in stored(FollowUp)] == [None] * 3
