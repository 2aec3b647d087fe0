"""Planning and changing many sessions through HTTP: shown before saved, refused beside the field."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from coordination.models import CourseSession
from tests.factories import make_run

TIMES = {"start_time": "9.00", "end_time": "14.30", "break_minutes": "30"}


@pytest.fixture
def run(world, everything):
    """An open run on three Mondays in January."""
    with everything():
        return make_run(world, title="Køkkenhold 7", starts_on=date(2027, 1, 4)).id


def days(everything, run):
    with everything() as session:
        found = session.scalars(select(CourseSession).where(CourseSession.course_run_id == run))
        return sorted((row.day, row.cancelled) for row in found)


def words(answer):
    return " ".join(answer.text.split())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ({"kind": "weeks", "year": "2027", "weeks": "12-13"}, "7 undervisningsgange, i alt 35 t."),
        ({"kind": "weeks", "year": "2027", "weeks": "12-x"}, "»12-x« er ikke et ugenummer"),
        ({"kind": "weeks", "year": "2027", "weeks": "53"}, "Der er ingen uge 53 i 2027"),
        ({"kind": "days", "days": "22-3-2027, 26-3-2027"}, "1 undervisningsgang, i alt 5 t."),
        ({"kind": "days", "days": "22-3-2027, 31-2-2027"}, "»31-2-2027« er ikke en dato, der findes"),
        ({"kind": "days", "days": "4-1-2027"}, "allerede undervisning på samme tid"),
    ],
)
def test_whole_weeks_and_single_days_are_shown_before_they_are_saved(
    world, login, everything, run, typed, shown
):
    client = login(world.coordinator)
    assert shown in words(client.get(f"/course-runs/{run}/schedule", query_string=TIMES | typed))
    answer = client.post(f"/course-runs/{run}/schedule", data=TIMES | typed)
    assert answer.status_code == (302 if "i alt" in shown else 422)
    assert (len(days(everything, run)) > 3) is ("i alt" in shown)


def test_several_sessions_are_moved_after_they_were_shown(world, login, everything, run):
    client = login(world.coordinator)
    page = words(client.get(f"/course-runs/{run}/sessions/changes"))
    assert "mandag den 4. januar 2027 kl. 9.00–14.00" in page
    typed = {"change": "move", "from_day": "2027-01-11", "days": "7", "direction": "later"}
    shown = words(client.get(f"/course-runs/{run}/sessions/changes", query_string=typed))
    assert "Flyt 2 undervisningsgange" in shown
    answer = client.post(f"/course-runs/{run}/sessions/changes", data=typed)
    assert answer.status_code == 302
    assert "2 undervisningsgange er flyttet" in client.get(answer.location).text
    moved = [(date(2027, 1, 4), False), (date(2027, 1, 18), False), (date(2027, 1, 25), False)]
    assert days(everything, run) == moved
    for wrong, sentence in (
        ({}, "hvor mange dage der skal flyttes"),
        ({"days": "x"}, "Skriv et helt tal"),
        ({"days": "7", "from_day": "", "sessions": ["999999"]}, "Vælg mindst én undervisningsgang"),
        ({"change": "restore"}, "Vælg mindst én aflyst"),
        ({"days": "63"}, "Anden påskedag"),
    ):
        refused = client.post(f"/course-runs/{run}/sessions/changes", data=typed | {"days": ""} | wrong)
        assert (refused.status_code, sentence in refused.text) == (422, True), wrong
    assert days(everything, run) == moved


def test_a_clash_with_another_run_is_named_until_the_school_has_room(world, login, everything, run):
    with everything():
        other = make_run(world, title="Naboholdet", starts_on=date(2027, 1, 5)).id
    client = login(world.coordinator)
    typed = {"change": "move", "from_day": "2027-01-04", "days": "1", "direction": "later"}
    shown = client.get(f"/course-runs/{run}/sessions/changes", query_string=typed).text
    assert "»Naboholdet« har undervisning på skolen på samme tid den 5. jan. 2027" in shown
    assert client.post(f"/course-runs/{run}/sessions/changes", data=typed).status_code == 422
    both = typed | {"room_for_both": "y"}
    assert client.post(f"/course-runs/{run}/sessions/changes", data=both).status_code == 302
    assert days(everything, run) == days(everything, other)


def test_a_session_that_cannot_come_back_tells_why_on_the_page_that_can_help(world, login, everything, run):
    with everything() as session:
        of_run = select(CourseSession).where(CourseSession.course_run_id == run).order_by(CourseSession.day)
        gone = session.scalars(of_run).first()
        gone.cancelled = True
        key = gone.id
        make_run(world, title="Naboholdet", starts_on=date(2027, 1, 4))
    client = login(world.coordinator)
    answer = client.post(f"/sessions/{key}/restoration", follow_redirects=True)
    assert "»Naboholdet« har undervisning på skolen på samme tid" in answer.text
    assert "kl. 9.00–14.00 (aflyst)" in answer.text
    back = {"change": "restore", "sessions": [key], "room_for_both": "y"}
    assert client.post(f"/course-runs/{run}/sessions/changes", data=back).status_code == 302
    assert (date(2027, 1, 4), False) in days(everything, run)


def test_only_the_coordinator_changes_sessions(world, login, run):
    for actor in (world.caseworker, world.teacher, world.far_coordinator):
        client = login(actor)
        assert client.get(f"/course-runs/{run}/sessions/changes").status_code == 404
        assert client.post(f"/course-runs/{run}/sessions/changes").status_code == 404
