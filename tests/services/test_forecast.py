"""The forecast of a run: who fits by the rules of the pooling, in figures within the reader's reach."""

from __future__ import annotations

from datetime import date

import pytest

from coordination.domain.candidates import DanishExam
from coordination.domain.course_runs import RunState
from coordination.domain.errors import NotFound
from coordination.domain.nominations import NominationState
from coordination.domain.pooling.pairs import Reason
from coordination.models import CourseRun, Track
from coordination.queries.forecast import HomeRow, forecast
from coordination.queries.parked import ParkedCount
from tests.factories import make_candidate, make_enrolment, make_nomination, make_participant, make_run

TODAY = date(2026, 11, 23)


@pytest.fixture
def run(world, everything):
    """An open run that asks for Prøve i Dansk 2, with people around it."""
    with everything() as session:
        session.get(Track, world.track).exam_needed = DanishExam.PD2
        run = make_run(world, starts_on=date(2027, 1, 4), minimum=4, capacity=5)

        def nominate(home, by, sector=None, *, exam=DanishExam.PD2, **more):
            person = make_candidate(home, by, danish_exam=exam)
            return make_nomination(person, (sector or world.kitchen,), **more)

        here, there = (
            (world.municipality, world.caseworker),
            (world.other_municipality, world.other_caseworker),
        )
        nominate(*here)
        nominate(*here)
        nominate(*here, exam=DanishExam.PD1)
        nominate(*here, sector=world.care)
        nominate(*there, state=NominationState.PARKED, parked_until=date(2026, 12, 1))
        make_enrolment(nominate(*there), run, state="declined")
        make_participant(world, run, *reversed(there))
        return run.id


def test_the_coordinator_counts_everyone_a_jobcenter_its_own(world, act, run):
    with act(world.coordinator):
        found = forecast(world.coordinator, run, TODAY)
        assert (found.fits, found.missing, found.unfit) == (2, 3, 2)
        assert found.homes == (HomeRow("Haderslev", 2, 0), HomeRow("Aabenraa", 0, 1))
        assert found.parked == (ParkedCount("Aabenraa", 1),)
        assert found.why_not == ((Reason.NO_WISH, 1), (Reason.LANGUAGE, 1))
    with act(world.other_caseworker):
        found = forecast(world.other_caseworker, run, TODAY)
        assert (found.fits, found.missing, found.homes) == (0, 3, (HomeRow("Aabenraa", 0, 1),))
    with act(world.teacher):
        assert forecast(world.teacher, run, TODAY) is None
    with pytest.raises(NotFound), act(world.far_coordinator):
        forecast(world.far_coordinator, run, TODAY)


def test_a_run_that_has_begun_or_takes_nobody_has_none(world, act, everything, run):
    with act(world.coordinator):
        assert forecast(world.coordinator, run, date(2027, 1, 4)) is None
    with everything() as session:
        session.get(CourseRun, run).state = RunState.CANCELLED
    with act(world.coordinator):
        assert forecast(world.coordinator, run, TODAY) is None
