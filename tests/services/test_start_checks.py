"""The week before a run: who is asked, who answers, who is told; steps that stand still are chased once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.errors import NotFound, Refused
from coordination.domain.nominations import NominationState
from coordination.domain.stalled import ChaseLevel, StepKind
from coordination.domain.start_checks import StartState
from coordination.models import Chase, Letter, StartCheck
from coordination.queries.start_checks import of_run_page
from coordination.queries.today import start_page, waiting_count
from coordination.services import stalled, start_checks
from tests.factories import make_candidate, make_enrolment, make_nomination, make_participant, make_run

START = date(2026, 12, 14)


def at(days_before):
    return datetime(2026, 12, 14, 7, 20, tzinfo=UTC) - timedelta(days=days_before)


@pytest.fixture
def run(world, everything):
    """A run that begins on 14 December, with one participant of each of two jobcenters."""
    with everything():
        row = make_run(world, starts_on=START, state=RunState.CONFIRMED)
        make_participant(world, row, world.caseworker, world.municipality, name="Amina Ali")
        make_participant(world, row, world.other_caseworker, world.other_municipality, name="Bo Berg")
        return row.id


@pytest.fixture
def ask(everything):
    def asked(days_before):
        with everything():
            start_checks.ask(now=at(days_before))

    return asked


@pytest.fixture
def stored(everything):
    def rows(model):
        with everything() as session:
            return session.scalars(select(model).order_by(model.id)).all()

    return rows


@pytest.fixture
def page(act):
    def seen(actor, run_id, days_before):
        with act(actor):
            return of_run_page(actor, run_id, at(days_before).date())

    return seen


def test_each_jobcenter_is_asked_once_a_round_in_one_letter(world, run, ask, stored):
    ask(8)
    assert stored(StartCheck) == []
    ask(7)
    ask(7)
    ask(5)
    assert [row.days_before for row in stored(StartCheck)] == [7, 7]
    letters = [row for row in stored(Letter) if row.letter == "start_check"]
    assert {row.recipient_id for row in letters} == {world.caseworker.user_id, world.other_caseworker.user_id}
    assert len(letters) == 2
    assert letters[0].facts["runs"][0] == {
        "course_run": letters[0].facts["runs"][0]["course_run"],
        "course_run_id": run,
        "starts_on": "2026-12-14",
        "count": 1,
    }
    ask(2)
    assert sorted(row.days_before for row in stored(StartCheck)) == [2, 2, 7, 7]


def test_silence_is_red_and_an_answer_ends_it(world, run, ask, act, page):
    ask(7)
    mine = page(world.caseworker, run, 7)
    assert [(row.label, row.standing) for row in mine.rows] == [("Amina Ali", StartState.ASKED)]
    assert [row.standing for row in page(world.coordinator, run, 6).rows] == [StartState.SILENT] * 2
    with act(world.caseworker):
        start_checks.answer(world.caseworker, run, {mine.rows[0].enrolment_id: True}, now=at(6))
    seen = page(world.coordinator, run, 6)
    assert {row.label: row.standing for row in seen.rows} == {
        "Amina Ali": StartState.COMING,
        "Bo Berg": StartState.SILENT,
    }
    assert [row.label for row in seen.missing] == ["Bo Berg"]
    assert not page(world.teacher, run, 6).may_answer


def test_a_no_tells_the_coordinator_and_may_be_taken_back(world, run, ask, act, page, stored):
    ask(7)
    mine = page(world.caseworker, run, 7).rows[0].enrolment_id
    with act(world.caseworker):
        assert start_checks.answer(world.caseworker, run, {mine: False}, now=at(7)) == 1
    with act(world.caseworker):
        assert start_checks.answer(world.caseworker, run, {mine: False}, now=at(7)) == 0
    told = [row for row in stored(Letter) if row.letter == "start_refused"]
    assert [(row.recipient_id, row.facts["count"]) for row in told] == [(world.coordinator.user_id, 1)]
    with act(world.caseworker):
        start_checks.answer(world.caseworker, run, {mine: True}, now=at(6))
    assert page(world.caseworker, run, 6).rows[0].standing is StartState.COMING


def test_nobody_answers_for_another_jobcenter_nor_out_of_time(world, run, ask, act, page, stored):
    ask(7)
    theirs = next(row for row in page(world.coordinator, run, 7).rows if row.label == "Bo Berg").enrolment_id
    with act(world.caseworker), pytest.raises(NotFound):
        start_checks.answer(world.caseworker, run, {theirs: False}, now=at(7))
    own = page(world.caseworker, run, 7).rows[0].enrolment_id
    for when in (at(9), at(0)):
        with act(world.caseworker), pytest.raises(Refused, match=r"start_check\.closed"):
            start_checks.answer(world.caseworker, run, {own: True}, now=when)
    assert all(row.coming is None for row in stored(StartCheck))


def test_the_start_page_lists_what_it_counts(world, run, ask, act):
    ask(7)
    for actor, days, expected in (
        (world.caseworker, 7, 1),
        (world.coordinator, 7, 0),  # nobody is silent on the day they are asked
        (world.coordinator, 6, 2),
        (world.teacher, 6, 0),
        (world.far_coordinator, 6, 0),
    ):
        with act(actor):
            page = start_page(actor, at(days).date())
            assert sum(row.unanswered for row in page.starting) == expected
            assert page.waiting == waiting_count(actor, at(days).date())


@pytest.fixture
def chase(everything):
    def chased(when):
        with everything():
            return stalled.chase(now=when)

    return chased


def test_steps_that_stand_still_are_chased_once_per_level(world, everything, chase, stored, now):
    with everything():
        run = make_run(world, starts_on=START, state=RunState.OPEN)
        draft = make_candidate(world.municipality, world.caseworker, name="Kladde")
        make_nomination(
            draft, (world.kitchen,), state=NominationState.DRAFT, submitted_at=None, created_at=now
        )
        seated = make_candidate(world.municipality, world.caseworker, name="Venter")
        nomination = make_nomination(seated, (world.kitchen,), state=NominationState.ACCEPTED)
        make_enrolment(nomination, run, state=EnrolmentState.ACCEPTED, answered_at=now)
    assert chase(now + timedelta(days=1)) == 0
    assert chase(now + timedelta(days=7)) == 2
    assert chase(now + timedelta(days=7)) == 0
    letters = [row for row in stored(Letter) if row.letter == "steps_stalled"]
    assert {(row.recipient_id, row.facts["steps"][0]["kind"]) for row in letters} == {
        (world.caseworker.user_id, "draft"),
        (world.teacher.user_id, "participant"),
    }
    assert chase(now + timedelta(days=14)) == 1  # the coordinator hears of the seat, never of a draft
    assert {(row.kind, row.level) for row in stored(Chase)} == {
        (StepKind.DRAFT, ChaseLevel.ASKED),
        (StepKind.PARTICIPANT, ChaseLevel.ASKED),
        (StepKind.PARTICIPANT, ChaseLevel.TOLD),
    }
