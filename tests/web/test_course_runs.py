"""Course runs through HTTP: who sees and does what, previews before saving, errors beside fields."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from coordination.domain.course_runs import RunState
from coordination.domain.improvements import ChangeState
from coordination.models import CourseRun, CourseSession, ProposedChange
from tests.factories import (
    make_candidate,
    make_enrolment,
    make_nomination,
    make_participant,
    make_proposed_change,
    make_reserved,
    make_run,
)

PLAN = {
    "starts_on": "2026-12-07",
    "ends_on": "4/1-2027",
    "weekdays": ["0", "4"],
    "start_time": "9.00",
    "end_time": "14:30",
    "break_minutes": "30",
    "count": "",
    "module_id": "",
}


@pytest.fixture
def run(world, everything):
    with everything():
        return make_run(world, title="Køkkenhold 7", starts_on=date(2027, 1, 4)).id


@pytest.fixture
def draft(world, everything):
    with everything():
        return make_run(world, title="Kladdehold", state=RunState.DRAFT, weeks=1).id


def sessions(everything, run_id):
    with everything() as session:
        found = session.scalars(select(CourseSession).where(CourseSession.course_run_id == run_id))
        return sorted((row.day, row.minutes, row.cancelled) for row in found)


def state_of(everything, run_id):
    with everything() as session:
        return session.get(CourseRun, run_id).state


def test_each_role_sees_its_runs_and_nobody_is_named(world, login, everything, run, draft):
    with everything() as session:
        make_participant(
            world, session.get(CourseRun, run), world.caseworker, world.municipality, name="Synlig Person"
        )
        make_nomination(
            make_candidate(world.other_municipality, world.other_caseworker, name="Pulje Person"),
            (world.kitchen,),
        )
    seen = {
        world.coordinator: (True, True),
        world.teacher: (True, True),
        world.caseworker: (True, False),
        world.other_teacher: (False, False),
        world.far_coordinator: (False, False),
        world.far_caseworker: (False, False),
    }
    for actor, (sees_run, sees_draft) in seen.items():
        client = login(actor)
        listed = client.get("/course-runs?state=all").text
        assert ("Køkkenhold 7" in listed, "Kladdehold" in listed) == (sees_run, sees_draft), actor
        for run_id, sees in ((run, sees_run), (draft, sees_draft)):
            page = client.get(f"/course-runs/{run_id}")
            assert page.status_code == (200 if sees else 404), actor
            assert not any(name in page.text for name in ("Synlig Person", "Pulje Person"))
    for actor in (world.leader, world.admin):
        assert login(actor).get("/course-runs").status_code == 404


def test_only_the_coordinator_plans(world, login, everything, run, draft):
    pages = ("edit", "schedule", "next", "opening", "confirmation", "cancellation", "sessions/new")
    for actor in (world.caseworker, world.teacher, world.far_coordinator):
        client = login(actor)
        for page in pages:
            assert client.get(f"/course-runs/{run}/{page}").status_code == 404
            assert client.post(f"/course-runs/{run}/{page}").status_code == 404
        assert "Ret hold" not in client.get(f"/course-runs/{run}").text
    assert state_of(everything, run) is RunState.OPEN


def test_the_page_tells_what_is_missing_and_who_could_fill_it(world, login, everything, run):
    with everything():
        for municipality in (world.municipality, world.municipality, world.other_municipality):
            make_nomination(make_candidate(municipality, world.caseworker), (world.kitchen,))
    text = " ".join(login(world.coordinator).get(f"/course-runs/{run}").text.split())
    assert "2 mangler til minimum på 2" in text
    assert "3 i puljen passer" in text
    assert "3 undervisningsgange, i alt 13 t. 30 min." in text
    for actor in (world.caseworker, world.teacher):
        text = login(actor).get(f"/course-runs/{run}").text
        assert "2 mangler til minimum" in text
        assert "3 i puljen passer" not in text


def test_days_the_sessions_were_moved_away_from_are_named(world, login, everything, run):
    words = (
        "Beslutningen om start ligger efter",
        "Reserverede pladser frigives først efter",
        "Skolen tager afløsere til efter",
    )
    heading = "holdets datoer passer ikke mere"
    assert heading not in login(world.coordinator).get(f"/course-runs/{run}").text
    with everything() as session:
        row = session.get(CourseRun, run)
        late = row.ends_on + timedelta(days=1)
        row.decide_by = row.substitutes_until = late
        make_reserved(row, world.municipality, 1, release_on=late)
    page = login(world.coordinator).get(f"/course-runs/{run}").text
    for sentence in (heading, *words):
        assert sentence in page
    assert heading not in login(world.caseworker).get(f"/course-runs/{run}").text


def test_the_list_is_filtered_by_its_address(world, login, everything, run):
    with everything():
        make_run(world, title="Andet hold", school=world.other_school, track_id=world.care_track)
        make_run(world, title="Gammelt hold", state=RunState.EVALUATED)
        full = make_run(world, title="Fuldt hold", capacity=2)
        for _ in range(2):
            make_participant(world, full, world.caseworker, world.municipality)
    client = login(world.coordinator)
    cases = {
        "": {"Køkkenhold 7", "Andet hold", "Fuldt hold"},
        "?state=all": {"Køkkenhold 7", "Andet hold", "Fuldt hold", "Gammelt hold"},
        "?state=evaluated": {"Gammelt hold"},
        f"?sector={world.care}": {"Andet hold"},
        f"?school={world.other_school}": {"Andet hold"},
        "?free=y": {"Køkkenhold 7", "Andet hold"},
        "?state=vrøvl&sector=x&page=99999999999999": {"Køkkenhold 7", "Andet hold", "Fuldt hold"},
        "?sort=-title": {"Køkkenhold 7", "Andet hold", "Fuldt hold"},
        "?state=cancelled": set(),
    }
    names = {"Køkkenhold 7", "Andet hold", "Fuldt hold", "Gammelt hold"}
    for query, expected in cases.items():
        text = client.get(f"/course-runs{query}").text
        assert {name for name in names if name in text} == expected, query
    assert "Ingen hold passer til det valgte" in client.get("/course-runs?state=cancelled").text


def test_a_run_is_made_from_a_track(world, login, everything):
    client = login(world.coordinator)
    assert f"?track={world.track}" in client.get("/course-runs/new").text
    form = client.get(f"/course-runs/new?track={world.track}").text
    assert "EUC Syd" in form
    assert "EUC Nord" not in form
    typed = {
        "school_id": world.school,
        "title": "Nyt hold",
        "minimum": "5",
        "capacity": "4",
        "decide_by": "1/12-2026",
    }
    answer = client.post(f"/course-runs/new?track={world.track}", data=typed)
    assert answer.status_code == 422
    assert "mindst lige så stort" in answer.text
    assert 'value="Nyt hold"' in answer.text
    answer = client.post(f"/course-runs/new?track={world.track}", data={**typed, "capacity": "8"})
    assert answer.status_code == 302
    assert answer.location.endswith("/schedule")
    assert "oprettet som kladde" in client.get(answer.location).text
    for track in (world.far_track, 0, "x"):
        assert client.get(f"/course-runs/new?track={world.far_track}").status_code == 404
        assert client.post(f"/course-runs/new?track={track}", data=typed).status_code == 404


def test_two_who_change_a_run_do_not_overwrite_each_other(world, login, everything, run):
    typed = {"title": "Mit navn", "minimum": "2", "capacity": "5", "decide_by": "", "version": "1"}
    client = login(world.coordinator)
    assert client.post(f"/course-runs/{run}/edit", data=typed).status_code == 302
    answer = client.post(f"/course-runs/{run}/edit", data={**typed, "title": "Andet navn"})
    assert answer.status_code in {409, 422}
    assert "En anden har ændret" in answer.text
    assert 'value="Andet navn"' in answer.text
    with everything() as session:
        assert session.get(CourseRun, run).title == "Mit navn"


def test_sessions_are_shown_with_hours_before_they_are_saved(world, login, everything, draft):
    client = login(world.coordinator)
    shown = client.get(f"/course-runs/{draft}/schedule", query_string=PLAN)
    text = " ".join(shown.text.split())
    assert "7 undervisningsgange, i alt 35 t." in text
    assert "25. december 2026: Juledag" in text
    assert "Gem 7 undervisningsgange" in text
    assert len(sessions(everything, draft)) == 1
    answer = client.post(f"/course-runs/{draft}/schedule", data=PLAN)
    assert answer.status_code == 302
    assert "7 undervisningsgange er gemt" in client.get(answer.location).text
    assert len(sessions(everything, draft)) == 8
    again = client.post(f"/course-runs/{draft}/schedule", data=PLAN)
    assert again.status_code == 422
    assert "allerede undervisning på samme tid" in again.text
    assert len(sessions(everything, draft)) == 8


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"starts_on": "31-02-2026"}, "Skriv en dato, der findes"),
        ({"starts_on": ""}, "Feltet skal udfyldes"),
        ({"ends_on": "2026-12-01"}, "Sidste dag ligger før første dag"),
        ({"ends_on": ""}, "Angiv en sidste dag eller et antal"),
        ({"ends_on": "", "count": "401"}, "højst have 400 undervisningsgange"),
        ({"ends_on": "", "count": "tolv"}, "Skriv et helt tal"),
        ({"weekdays": []}, "Vælg mindst én ugedag"),
        ({"start_time": "25.00"}, "Skriv et klokkeslæt"),
        ({"end_time": "8.00"}, "Sluttidspunktet skal ligge efter"),
        ({"break_minutes": "330"}, "Pausen skal være"),
        ({"starts_on": "2099-01-01", "ends_on": "2100-12-31"}, "undervisningsgange, i alt"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_beside_its_field(world, login, everything, draft, change, sentence):
    client = login(world.coordinator)
    shown = client.get(f"/course-runs/{draft}/schedule", query_string=PLAN | change)
    assert shown.status_code == 200
    assert sentence in shown.text
    if "i alt" not in sentence:
        answer = client.post(f"/course-runs/{draft}/schedule", data=PLAN | change)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert len(sessions(everything, draft)) == 1


def test_one_session_is_added_moved_and_cancelled(world, login, everything, draft):
    client = login(world.coordinator)
    with everything() as session:
        first = session.scalar(select(CourseSession.id).where(CourseSession.course_run_id == draft))
    typed = {
        "day": "24-12-2026",
        "start_time": "9",
        "end_time": "12.00",
        "break_minutes": "",
        "module_id": "",
    }
    assert client.get(f"/course-runs/{draft}/sessions/new").status_code == 200
    assert client.post(f"/course-runs/{draft}/sessions/new", data=typed).status_code == 302
    refused = client.post(f"/course-runs/{draft}/sessions/new", data=typed)
    assert refused.status_code == 422
    assert "allerede undervisning på det tidspunkt" in refused.text
    assert 'value="09:00"' in client.get(f"/sessions/{first}/edit").text
    moved = {**typed, "day": "2026-12-01"}
    assert client.post(f"/sessions/{first}/edit", data=moved).status_code == 302
    assert client.get(f"/sessions/{first}/cancellation").status_code == 200
    assert client.post(f"/sessions/{first}/cancellation").status_code == 302
    assert sessions(everything, draft) == [
        (date(2026, 12, 1), 180, True),
        (date(2026, 12, 24), 180, False),
    ]
    assert client.post(f"/sessions/{first}/cancellation").status_code == 422
    assert "tæller ikke" in client.get(f"/course-runs/{draft}").text
    assert client.post(f"/sessions/{first}/restoration").status_code == 302
    assert all(not row[2] for row in sessions(everything, draft))
    for actor in (world.teacher, world.caseworker, world.far_coordinator):
        other = login(actor)
        assert other.get(f"/sessions/{first}/edit").status_code == 404
        assert other.post(f"/sessions/{first}/cancellation").status_code == 404


def test_a_run_opens_only_when_every_change_is_decided(world, login, everything, draft):
    with everything():
        earlier = make_run(world, state=RunState.ENDED)
        change = make_proposed_change(earlier, next_run_id=draft, title="Niveauet var for højt").id
    client = login(world.coordinator)
    page = client.get(f"/course-runs/{draft}/opening").text
    assert "Niveauet var for højt" in page
    assert f'/improvements/{change}"' in page
    assert "Åbn for indstillinger</span></button>" not in page
    answer = client.post(f"/course-runs/{draft}/opening")
    assert answer.status_code == 422
    assert state_of(everything, draft) is RunState.DRAFT
    assert "1 mangler en beslutning" in client.get(f"/course-runs/{draft}").text
    with everything() as session:
        session.get(ProposedChange, change).state = ChangeState.ADOPTED
    assert "Haderslev" in client.get(f"/course-runs/{draft}/opening").text
    answer = client.post(f"/course-runs/{draft}/opening")
    assert answer.status_code == 302
    assert "åbent for indstillinger" in client.get(answer.location).text
    assert client.post(f"/course-runs/{draft}/opening").status_code == 422
    assert login(world.caseworker).get(f"/course-runs/{draft}").status_code == 200


def test_a_run_is_confirmed_and_cancelled_after_a_question(world, login, everything, run):
    with everything() as session:
        nomination = make_nomination(make_candidate(world.municipality, world.caseworker), (world.kitchen,))
        make_enrolment(nomination, session.get(CourseRun, run), state="waiting")
    client = login(world.coordinator)
    assert "2 mangler til minimum på 2" in client.get(f"/course-runs/{run}/confirmation").text
    assert client.post(f"/course-runs/{run}/confirmation").status_code == 302
    again = client.get(f"/course-runs/{run}/confirmation", follow_redirects=True)
    assert "Det kan ikke gøres med holdet, som det står nu" in again.text
    page = client.get(f"/course-runs/{run}/cancellation").text
    assert "Haderslev" in page
    assert client.post(f"/course-runs/{run}/cancellation", data={"reason": " "}).status_code == 422
    assert state_of(everything, run) is RunState.CONFIRMED
    answer = client.post(f"/course-runs/{run}/cancellation", data={"reason": "Skolen mangler lærere"})
    assert answer.status_code == 302
    page = client.get(answer.location).text
    assert "Skolen mangler lærere" in page
    assert "Planlæg næste hold" in page
    closed = client.get(f"/course-runs/{run}/edit", follow_redirects=True)
    assert "planen kan ikke længere ændres" in closed.text
    assert client.post(f"/course-runs/{run}/schedule", data=PLAN).status_code == 422
    assert client.post(f"/course-runs/{run}/cancellation", data={"reason": "Igen"}).status_code == 422
    assert "Skolen mangler lærere" in login(world.caseworker).get(f"/course-runs/{run}").text


def test_the_next_run_is_shown_before_it_is_planned(world, login, everything):
    with everything():
        earlier = make_run(world, title="Køkkenhold 3", state=RunState.ENDED, starts_on=date(2026, 11, 2))
        make_proposed_change(earlier, title="Mere praksis", wording="Køkkenet fra dag 2")
        earlier_id = earlier.id
    client = login(world.coordinator)
    assert 'value="Køkkenhold 4"' in client.get(f"/course-runs/{earlier_id}/next").text
    typed = {"title": "Køkkenhold 4", "school_id": world.school, "starts_on": "2027-03-17"}
    page = " ".join(client.get(f"/course-runs/{earlier_id}/next", query_string=typed).text.split())
    assert "3 undervisningsgange, i alt 13 t. 30 min." in page
    assert "Anden påskedag" in page
    assert "Mere praksis" in page
    assert client.get(f"/course-runs/{earlier_id}/next?starts_on=hmm").status_code == 200
    answer = client.post(f"/course-runs/{earlier_id}/next", data={**typed, "title": ""})
    assert answer.status_code == 422
    answer = client.post(f"/course-runs/{earlier_id}/next", data=typed)
    assert answer.status_code == 302
    page = client.get(answer.location).text
    assert "Køkkenhold 3" in page
    assert "1 mangler en beslutning" in page
    assert (
        client.post(
            f"/course-runs/{earlier_id}/next", data={**typed, "school_id": world.far_school}
        ).status_code
        == 422
    )


def test_pages_speak_english(world, login, run):
    client = login(world.coordinator)
    assert client.post("/language", data={"language": "en", "next": "/"}).status_code == 302
    assert client.get(f"/course-runs/{run}").status_code == 200
