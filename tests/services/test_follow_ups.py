"""Follow-ups with a database: what a no-show opens, what working it leaves, and what one may not."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest
from sqlalchemy import select

from coordination.db import db
from coordination.domain.attendance import MarkInput, MarkStatus
from coordination.domain.errors import Invalid, NotFound, Refused, Stale
from coordination.domain.follow_ups import (
    Channel,
    CloseReason,
    ContactInput,
    ContactOutcome,
    FollowUpState,
    Step,
    Trigger,
)
from coordination.models import (
    ContactAttempt,
    CourseSession,
    Enrolment,
    FollowUp,
    FollowUpMove,
    Letter,
    Mark,
    User,
)
from coordination.services import attendance, follow_ups
from tests.factories import make_follow_up, make_mark, make_participant, make_run

PRESENT, LATE, LEFT_EARLY, ABSENT = MarkStatus


class Case(NamedTuple):
    seat: int
    session: int
    follow_up: int


@pytest.fixture
def stored(everything):
    def rows(model):
        with everything() as session:
            return session.scalars(select(model).order_by(model.id)).all()

    return rows


@pytest.fixture
def mark(act, clock):
    """The day's mark of one seat, saved by somebody; the version is looked up as the page would."""

    def save(actor, seat, session_id, status, **more):
        with act(actor):
            stored = db.session.scalar(
                select(Mark.version).where(Mark.enrolment_id == seat, Mark.session_id == session_id)
            )
            given = MarkInput(seat, status, seen_version=stored or 0, **more)
            return attendance.save_roll_call(actor, session_id, [given], now=clock())

    return save


@pytest.fixture
def first_day(world, everything):
    """A run whose first session is today, with one participant."""
    with everything() as session:
        run = make_run(world)
        seat = make_participant(world, run, world.caseworker, world.municipality)
        days = select(CourseSession.id).where(CourseSession.course_run_id == run.id)
        return Case(seat.id, session.scalars(days.order_by(CourseSession.day)).first(), 0)


@pytest.fixture
def case(world, everything):
    """A no-show that is being followed up."""
    with everything() as session:
        run = make_run(world)
        seat = make_participant(world, run, world.caseworker, world.municipality)
        missed = session.scalars(select(CourseSession).order_by(CourseSession.day)).first()
        return Case(seat.id, missed.id, make_follow_up(seat, missed).id)


@pytest.mark.parametrize("who", ["coordinator", "teacher"])
def test_a_no_show_opens_one_follow_up_and_a_letter_home(world, mark, first_day, stored, who):
    actor = getattr(world, who)
    for _ in range(2):
        mark(actor, first_day.seat, first_day.session, ABSENT)
    [opened] = stored(FollowUp)
    assert (opened.trigger, opened.step, opened.state) == (
        Trigger.FIRST_DAY,
        Step.CALL_CANDIDATE,
        FollowUpState.OPEN,
    )
    assert opened.due_on == date(2026, 11, 25)  # two working days
    letters = [letter for letter in stored(Letter) if letter.letter == "no_show"]
    told = {world.caseworker.user_id, world.coordinator.user_id} - {actor.user_id}
    assert {letter.recipient_id for letter in letters} == told
    assert set(letters[0].facts) == {"follow_up_id", "run", "day", "due"}
    assert [move.deed for move in stored(FollowUpMove)] == ["open"]


def test_an_announced_absence_opens_nothing(world, mark, first_day, stored):
    mark(world.teacher, first_day.seat, first_day.session, ABSENT, announced=True)
    assert stored(FollowUp) == stored(Letter) == []


def test_when_the_caseworker_has_left_everybody_at_the_jobcenter_is_told(
    world, everything, mark, first_day, stored
):
    with everything() as session:
        session.get(User, world.caseworker.user_id).active = False
        colleague = User(
            email="ny@example.org",
            name="Ny Kollega",
            role="jobcenter",
            jobcenter_id=world.municipality,
            fs_uniquifier="ny",
        )
        session.add(colleague)
        session.flush()
        told = {colleague.id, world.coordinator.user_id}
    mark(world.teacher, first_day.seat, first_day.session, ABSENT)
    assert {letter.recipient_id for letter in stored(Letter)} == told


@pytest.mark.parametrize("who", ["coordinator", "teacher"])
def test_correcting_the_mark_closes_it_and_marking_again_reopens_it(world, mark, first_day, stored, who):
    actor = getattr(world, who)
    mark(actor, first_day.seat, first_day.session, ABSENT)
    mark(actor, first_day.seat, first_day.session, LATE, minutes_missed=30)
    [closed] = stored(FollowUp)
    assert (closed.state, closed.close_reason) == (FollowUpState.CLOSED, CloseReason.MISTAKEN_MARK)
    assert stored(Letter) == []  # nobody had taken it yet
    mark(actor, first_day.seat, first_day.session, ABSENT)
    [reopened] = stored(FollowUp)
    assert (reopened.id, reopened.state, reopened.close_reason) == (closed.id, FollowUpState.OPEN, None)
    assert [(move.deed, move.reason) for move in stored(FollowUpMove)] == [
        ("open", ""),
        ("close", "mistaken_mark"),
        ("reopen", ""),
    ]


def test_the_third_no_show_brings_the_jobcenter_to_the_table(world, everything, mark, stored):
    with everything() as session:
        run = make_run(world, starts_on=date(2026, 11, 9))
        seat = make_participant(world, run, world.caseworker, world.municipality)
        *earlier, today = session.scalars(select(CourseSession).order_by(CourseSession.day))
        for missed in earlier:
            make_mark(seat, missed, world.teacher, status=ABSENT)
        seat_id, today_id = seat.id, today.id
    mark(world.teacher, seat_id, today_id, ABSENT)
    [opened] = stored(FollowUp)
    assert (opened.trigger, opened.step) == (Trigger.IN_A_ROW, Step.MEET_JOBCENTER)


def contact(outcome, note=""):
    return ContactInput(Channel.PHONE, outcome, note)


@pytest.mark.parametrize("who", ["coordinator", "caseworker"])
def test_a_contact_moves_step_and_due_date(world, act, now, case, stored, who):
    actor = getattr(world, who)
    with act(actor):
        given = contact(ContactOutcome.REACHED_NEEDS_HELP, "Mangler bus")
        due = follow_ups.log_contact(
            actor, case.follow_up, given, next_contact_on=None, seen_version=1, now=now
        )
    [after] = stored(FollowUp)
    assert (due, after.due_on, after.step) == (date(2026, 11, 25), date(2026, 11, 25), Step.MEET_JOBCENTER)
    [attempt] = stored(ContactAttempt)
    assert (attempt.note, attempt.by_id, attempt.next_contact_on) == ("Mangler bus", actor.user_id, due)


def test_the_date_wished_for_goes_before_the_proposed_and_lies_ahead(world, act, now, case, stored):
    wished = date(2026, 12, 7)
    with act(world.caseworker), pytest.raises(Invalid) as invalid:
        follow_ups.log_contact(
            world.caseworker,
            case.follow_up,
            contact(ContactOutcome.NO_ANSWER),
            next_contact_on=date(2026, 11, 22),
            seen_version=1,
            now=now,
        )
    assert list(invalid.value.errors) == ["next_contact_on"]
    assert stored(ContactAttempt) == []
    with act(world.caseworker):
        given = contact(ContactOutcome.NO_ANSWER)
        follow_ups.log_contact(
            world.caseworker, case.follow_up, given, next_contact_on=wished, seen_version=1, now=now
        )
    assert stored(FollowUp)[0].due_on == wished


def test_one_call_moves_every_open_follow_up_of_the_seat(world, act, everything, now, case, stored):
    with everything() as session:
        later = session.scalars(select(CourseSession).order_by(CourseSession.day.desc())).first()
        make_follow_up(session.get(Enrolment, case.seat), later, due_on=date(2026, 12, 24))
    with act(world.caseworker):
        given = contact(ContactOutcome.REACHED_RETURNS)
        follow_ups.log_contact(
            world.caseworker, case.follow_up, given, next_contact_on=None, seen_version=1, now=now
        )
    assert {row.due_on for row in stored(FollowUp)} == {date(2026, 11, 30)}
    with act(world.caseworker):
        closed = follow_ups.close(
            world.caseworker,
            case.follow_up,
            CloseReason.BACK_IN_CLASS,
            "",
            seen_version=2,
            now=now,
            others_too=True,
        )
    assert closed == 2
    assert {row.state for row in stored(FollowUp)} == {FollowUpState.CLOSED}


def test_closing_needs_a_reason_that_can_stand_and_reopening_keeps_the_history(world, act, now, case, stored):
    actor = world.caseworker
    with act(actor), pytest.raises(Invalid):
        follow_ups.close(actor, case.follow_up, CloseReason.OTHER, "", seen_version=1, now=now)
    with act(actor):
        follow_ups.close(actor, case.follow_up, CloseReason.HANDED_OVER, "", seen_version=1, now=now)
    with act(actor), pytest.raises(Refused, match=r"follow_up\.closed"):
        follow_ups.log_contact(
            actor,
            case.follow_up,
            contact(ContactOutcome.NO_ANSWER),
            next_contact_on=None,
            seen_version=2,
            now=now,
        )
    with act(actor):
        due = follow_ups.reopen(actor, case.follow_up, "Kom ikke alligevel", seen_version=2, now=now)
    [after] = stored(FollowUp)
    assert (after.state, after.due_on, due) == (FollowUpState.OPEN, date(2026, 11, 25), date(2026, 11, 25))
    assert [(move.deed, move.reason, move.note) for move in stored(FollowUpMove)] == [
        ("close", "handed_over", ""),
        ("reopen", "", "Kom ikke alligevel"),
    ]
    with act(actor), pytest.raises(Refused, match=r"follow_up\.open"):
        follow_ups.reopen(actor, case.follow_up, "", seen_version=after.version, now=now)


def test_a_colleague_who_was_faster_is_not_overwritten(world, act, now, case, stored):
    with act(world.coordinator):
        follow_ups.close(
            world.coordinator, case.follow_up, CloseReason.LAWFUL_ABSENCE, "", seen_version=1, now=now
        )
    with act(world.caseworker), pytest.raises(Stale, match=r"follow_up\.conflict"):
        follow_ups.close(
            world.caseworker, case.follow_up, CloseReason.BACK_IN_CLASS, "", seen_version=1, now=now
        )
    assert stored(FollowUp)[0].close_reason is CloseReason.LAWFUL_ABSENCE


def test_another_jobcenter_and_another_partnership_find_nothing(world, act, now, case):
    for actor in (world.other_caseworker, world.far_caseworker, world.far_coordinator):
        with act(actor), pytest.raises(NotFound):
            follow_ups.close(actor, case.follow_up, CloseReason.BACK_IN_CLASS, "", seen_version=1, now=now)
