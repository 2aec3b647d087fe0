"""The page of the week before a run, through HTTP: each role's part of it, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from coordination.domain.course_runs import RunState
from coordination.models import StartCheck
from coordination.services import start_checks
from tests.factories import make_participant, make_run


@pytest.fixture
def run(world, everything, now):
    with everything():
        row = make_run(world, starts_on=now.date() + timedelta(days=5), state=RunState.CONFIRMED)
        seat = make_participant(world, row, world.caseworker, world.municipality, name="Amina Ali")
        make_participant(world, row, world.other_caseworker, world.other_municipality, name="Bo Berg")
        found = row.id, seat.id
    with everything():
        start_checks.ask(now=now)
    return found


def test_a_jobcenter_answers_for_its_own(world, run, login, everything):
    run_id, seat_id = run
    client = login(world.caseworker)
    path = f"/course-runs/{run_id}/start-checks"
    page = client.get(path).text
    assert "Amina Ali" in page
    assert "Bo Berg" not in page
    empty = client.post(path, data={})
    assert empty.status_code == 422
    assert "mindst én deltager" in empty.text
    odd = client.post(path, data={f"coming_{seat_id}": "maybe"})
    assert odd.status_code == 422
    assert client.post(path, data={"coming_999999": "yes"}).status_code == 404
    done = client.post(path, data={f"coming_{seat_id}": "yes"}, follow_redirects=True)
    assert "Svarene er gemt" in done.text
    with everything() as session:
        answers = session.scalars(select(StartCheck.coming).where(StartCheck.enrolment_id == seat_id)).all()
    assert answers == [True]


def test_the_coordinator_sees_silence_and_the_school_may_only_read(world, run, login, clock):
    run_id, seat_id = run
    clock.forward(days=1)
    path = f"/course-runs/{run_id}/start-checks"
    seen = login(world.coordinator).get(path).text
    assert seen.count("state-error") == 2
    assert "Giv pladsen videre" in seen
    school = login(world.teacher)
    read = school.get(path).text
    assert "Amina Ali" in read
    assert 'type="radio"' not in read
    assert school.post(path, data={f"coming_{seat_id}": "yes"}).status_code == 404
    assert "uden svar" in login(world.coordinator).get("/").text
