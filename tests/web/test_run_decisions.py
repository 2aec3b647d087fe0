"""The decision whether a run starts, and its reserved seats, through HTTP."""

from __future__ import annotations

from datetime import date

import pytest

from coordination.domain.course_runs import RunState
from coordination.models import CourseRun
from tests.factories import make_participant, make_run


@pytest.fixture
def run(world, everything):
    """An open run that is decided by the 10th of December."""
    with everything():
        return make_run(
            world, title="Køkkenhold 7", starts_on=date(2027, 1, 4), decide_by=date(2026, 12, 10)
        ).id


def words(answer):
    return " ".join(answer.text.split())


def test_the_run_counts_down_to_the_decision(world, login, everything, run):
    client = login(world.coordinator)
    page = words(client.get(f"/course-runs/{run}"))
    assert "17 dage til beslutningen om start" in page
    assert f'href="/course-runs/{run}/decision"' in page
    assert "17 dage til beslutningen om start" in words(login(world.caseworker).get(f"/course-runs/{run}"))
    for sentence, typed in (("Feltet skal udfyldes", {}), ("Feltet skal udfyldes", {"verdict": "stop"})):
        refused = client.post(f"/course-runs/{run}/decision", data=typed)
        assert (refused.status_code, sentence in refused.text) == (422, True)
    answer = client.post(f"/course-runs/{run}/decision", data={"verdict": "stop", "reason": "Tre for få"})
    assert "Tre for få" in client.get(answer.location).text
    with everything() as session:
        assert session.get(CourseRun, run).state is RunState.CANCELLED
    again = client.get(f"/course-runs/{run}/decision", follow_redirects=True)
    assert "Det kan ikke gøres med holdet, som det står nu" in again.text


def test_only_the_coordinator_decides(world, login, run):
    for actor in (world.caseworker, world.teacher, world.far_coordinator):
        client = login(actor)
        assert client.get(f"/course-runs/{run}/decision").status_code == 404
        assert client.post(f"/course-runs/{run}/decision", data={"verdict": "start"}).status_code == 404


def test_reserved_seats_are_typed_on_the_runs_form_and_shown(world, login, everything, run):
    client = login(world.coordinator)
    here, there = world.municipality, world.other_municipality
    typed = {
        "title": "Køkkenhold 7",
        "minimum": "2",
        "capacity": "4",
        "decide_by": "10-12-2026",
        "price": "125.000",
        "decider_id": world.coordinator.user_id,
        "warn_days": "7",
        "version": "1",
        f"reserved_{here}": "5",
        f"release_{here}": "21-12-2026",
    }
    for change, sentence in (
        ({}, "Der er reserveret 5 pladser, men holdet har kun 4"),
        ({f"reserved_{here}": "x"}, "Skriv et helt tal"),
        ({f"reserved_{here}": "2", f"release_{here}": "5-1-2027"}, "Holdet begynder den 4. jan. 2027"),
        ({f"reserved_{here}": "2", "price": "mange penge"}, "Skriv et beløb i kroner"),
        ({f"reserved_{here}": "2", "warn_days": "90"}, "fra 0 til 60"),
    ):
        refused = client.post(f"/course-runs/{run}/edit", data=typed | change)
        assert (refused.status_code, sentence in refused.text) == (422, True), change
        assert 'value="Køkkenhold 7"' in refused.text
    answer = client.post(f"/course-runs/{run}/edit", data=typed | {f"reserved_{here}": "2"})
    page = words(client.get(answer.location))
    assert "2 pladser er ledige for alle kommuner" in page
    assert "125.000 kr." in page
    assert 'value="125.000"' in client.get(f"/course-runs/{run}/edit").text
    with everything() as session:
        run_row = session.get(CourseRun, run)
        for _ in range(2):
            make_participant(world, run_row, world.other_caseworker, there)
    for path in (f"/course-runs/{run}", f"/course-runs/{run}/seats"):
        page = words(login(world.caseworker).get(path))
        assert "2 pladser er ledige for jeres kandidater" in page
    page = words(login(world.other_caseworker).get(f"/course-runs/{run}"))
    assert "0 pladser er ledige for jeres kandidater" in page
    assert "Haderslev" not in page
