"""The search in the frame: finds what one may see, by name, code or number, and nothing of a neighbour's."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from coordination.models import AuditEntry, PersonView
from tests.factories import make_candidate, make_enrolment, make_nomination, make_run
from tests.web.test_candidates import TYPED


def find(client, words):
    answer = client.post("/search", data={"words": words})
    assert answer.status_code == 302
    assert len(words) < 3 or words not in answer.location or not words.strip()
    return client.get(answer.location)


@pytest.fixture
def people(world, everything):
    """A participant, one who was offered a seat, one never nominated, and a neighbour's; ids by name."""
    with everything():
        run = make_run(world, title="Køkkenhold Kolding", state="running")
        far_run = make_run(world, school=world.other_school, title="Køkkenhold Esbjerg")
        home = (world.municipality, world.caseworker)
        seated = make_candidate(*home, name="Amina Deltager")
        offered = make_candidate(*home, name="Amina Tilbudt")
        hidden = make_candidate(*home, name="Amina Skjult")
        neighbour = make_candidate(world.other_municipality, world.other_caseworker, name="Amina Nabo")
        seats = {
            "seat": make_enrolment(make_nomination(seated, (), state="accepted", code="K-2001"), run),
            "offer": make_enrolment(
                make_nomination(offered, (), state="offered", code="K-2002"), run, state="offered"
            ),
            "elsewhere": make_enrolment(
                make_nomination(neighbour, (), state="accepted", code="K-2003"), far_run
            ),
        }
        return {name: seat.id for name, seat in seats.items()} | {
            "nomination": seats["seat"].nomination_id,
            "run": run.id,
            "seated": seated.id,
            "hidden": hidden.id,
        }


FOUND = {
    "caseworker": {"Amina Deltager", "Amina Tilbudt", "Amina Skjult"},
    "other_caseworker": {"Amina Nabo"},
    "coordinator": {"Amina Deltager", "Amina Tilbudt", "Amina Nabo"},
    "teacher": {"Amina Deltager"},
    "other_teacher": {"Amina Nabo"},
    "far_coordinator": set(),
    "far_caseworker": set(),
    "far_teacher": set(),
}


@pytest.mark.parametrize("who", FOUND)
def test_a_name_finds_exactly_those_one_may_see(world, login, people, who):
    text = find(login(getattr(world, who)), "amina").text
    every = set().union(*FOUND.values())
    assert {name for name in every if name in text} == FOUND[who]
    assert ("Intet passer til søgningen" in text) == (not FOUND[who])


@pytest.mark.parametrize("who", ["leader", "admin"])
def test_those_who_see_no_people_have_no_search(world, login, people, who):
    client = login(getattr(world, who))
    assert 'id="site-search"' not in client.get("/").text
    assert client.post("/search", data={"words": "amina"}).status_code == 404
    assert client.get("/search").status_code == 404


def test_a_whole_code_leads_straight_to_it(world, login, people):
    for words in ("K-2001", "k2001", "k 2001"):
        answer = login(world.caseworker).post("/search", data={"words": words})
        assert answer.status_code == 302
        straight = login(world.caseworker).get(answer.location)
        assert straight.location == f"/nominations/{people['nomination']}"
    teacher = login(world.teacher)
    for code, seat in (("K-2001", "seat"), ("K-2002", "offer")):
        location = teacher.post("/search", data={"words": code}).location
        assert teacher.get(location).location == f"/enrolments/{people[seat]}"
    page = teacher.get(f"/enrolments/{people['offer']}").text
    assert "Amina" not in page, "a school learns the name once the seat is accepted"
    for who, code in (("caseworker", "K-2003"), ("teacher", "K-2003"), ("other_teacher", "K-2001")):
        assert "Intet passer" in find(login(getattr(world, who)), code).text


def test_a_whole_number_finds_the_person_but_never_for_a_school(world, login, everything):
    caseworker = login(world.caseworker)
    typed = {**TYPED, "caseworker_id": world.caseworker.user_id}
    registered = caseworker.post("/candidates", data=typed)
    assert registered.status_code == 302
    for words in ("070761-4285", "0707614285"):
        assert "Amira Eksempel" in find(caseworker, words).text
    for who in ("other_caseworker", "far_caseworker", "teacher", "coordinator"):
        assert "Intet passer" in find(login(getattr(world, who)), "070761-4285").text
    assert "Intet passer" in find(caseworker, "070761").text


def test_course_runs_are_found_by_title(world, login, people, everything):
    with everything():
        make_run(world, title="Køkkenhold Kladde", state="draft")
    found = {
        who: {
            place
            for place in ("Kolding", "Esbjerg", "Kladde")
            if place in find(login(getattr(world, who)), "køkkenhold").text
        }
        for who in ("caseworker", "coordinator", "teacher", "far_coordinator")
    }
    assert found == {
        "caseworker": {"Kolding", "Esbjerg"},
        "coordinator": {"Kolding", "Esbjerg", "Kladde"},
        "teacher": {"Kolding", "Kladde"},
        "far_coordinator": set(),
    }


def test_a_school_finds_nobody_once_its_access_has_ended(world, login, people, clock):
    clock.forward(days=400)
    assert "Amina" not in find(login(world.teacher), "amina").text.replace("»amina«", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [("", "Skriv et navn, en puljekode"), ("   ", "Skriv et navn"), ("a", "Skriv mindst to tegn.")],
)
def test_too_little_is_told(world, login, words, said):
    assert said in find(login(world.caseworker), words).text


@pytest.mark.parametrize("words", ["%", "__", "%%%", "' OR 1=1 --", "\\", "x" * 5000, "عربي", "a\u202eb"])
def test_odd_words_find_nobody_and_break_nothing(world, login, people, words):
    answer = find(login(world.caseworker), words)
    assert answer.status_code == 200
    assert "Amina" not in answer.text


def test_words_that_nobody_sealed_are_no_search(world, login, people):
    caseworker = login(world.caseworker)
    assert "Deltager</a>" not in caseworker.get("/search?q=amina").text
    assert caseworker.get("/search?q=%00%FF").status_code == 200


def test_a_search_and_every_person_it_shows_are_on_record(world, login, people, everything):
    find(login(world.caseworker), "skjult")
    with everything() as session:
        (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.deed == "search.find"))
        assert (entry.actor_id, entry.facts) == (world.caseworker.user_id, {})
        views = session.execute(select(PersonView.candidate_id, PersonView.purpose)).all()
        assert [tuple(view) for view in views] == [(people["hidden"], "search.overview")]


def test_more_than_twenty_are_shown_in_the_list(world, login, everything):
    with everything():
        for number in range(21):
            make_candidate(world.municipality, world.caseworker, name=f"Mange {number:02}")
    caseworker = login(world.caseworker)
    text = find(caseworker, "mange").text
    assert "Mange 19" in text
    assert "Mange 20" not in text
    link = next(part.split('"')[0] for part in text.split('href="') if part.startswith("/candidates?q="))
    assert "Mange 20" in caseworker.get(link).text


def test_searching_has_a_limit(application, app, world, login, monkeypatch):
    client = login(world.caseworker)
    monkeypatch.setitem(application.config, "RATELIMIT_ENABLED", True)
    asked = [client.post("/search", data={"words": "amina"}).status_code for _ in range(61)]
    assert asked == [302] * 60 + [429]
