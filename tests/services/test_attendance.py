"""The register with a database: what is saved, corrected, refused, unlocked and asked for."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest
from sqlalchemy import select

from coordination.domain.attendance import Cause, MarkInput, MarkStatus
from coordination.domain.errors import Invalid, NotFound, Refused, Stale
from coordination.models import (
    AuditEntry,
    CourseRun,
    CourseSession,
    Enrolment,
    FollowUp,
    Letter,
    Mark,
    MarkChange,
)
from coordination.services import attendance
from tests.factories import make_mark, make_participant, make_run, make_session

PRESENT, LATE, LEFT_EARLY, ABSENT = MarkStatus


class Found(NamedTuple):
    id: int
    seats: list[int]
    last_week: int
    today: int
    next_week: int


@pytest.fixture
def run(world, everything):
    """A session last week, today and next week, and three participants from two municipalities."""
    with everything() as session:
        run = make_run(world, starts_on=date(2026, 11, 16), weeks=3)
        people = [
            make_participant(world, run, world.caseworker, world.municipality, name="Amina"),
            make_participant(world, run, world.caseworker, world.municipality, name="Bo"),
            make_participant(world, run, world.other_caseworker, world.other_municipality, name="Åse"),
        ]
        days = (
            select(CourseSession.id).where(CourseSession.course_run_id == run.id).order_by(CourseSession.day)
        )
        return Found(run.id, [seat.id for seat in people], *session.scalars(days))


@pytest.fixture
def stored(everything):
    """The rows of a table as they stand now."""

    def rows(model, *conditions):
        with everything() as session:
            return session.scalars(select(model).where(*conditions).order_by(model.id)).all()

    return rows


def row(enrolment_id, status, **more):
    return MarkInput(enrolment_id, status, **more)


@pytest.mark.parametrize("who", ["coordinator", "teacher"])
def test_marks_are_saved_with_their_minutes(world, act, now, run, stored, who):
    actor = getattr(world, who)
    first, second, third = run.seats
    with act(actor):
        saved = attendance.save_roll_call(
            actor, run.today, [row(first, PRESENT), row(second, LATE, minutes_missed=20)], now=now
        )
    assert (saved.new, saved.changed, saved.opened) == (2, 0, 0)
    assert [(mark.enrolment_id, mark.version) for mark in saved.rows] == [(first, 1), (second, 1)]
    marks = {mark.enrolment_id: mark for mark in stored(Mark)}
    assert marks[second].minutes_missed == 20
    assert marks[second].by_id == actor.user_id
    assert third not in marks  # unmarked is not absent


def test_a_double_click_saves_once(world, act, now, run, stored):
    for _ in range(2):
        with act(world.teacher):
            saved = attendance.save_roll_call(world.teacher, run.today, [row(run.seats[0], ABSENT)], now=now)
    assert (saved.new, saved.changed, [mark.version for mark in saved.rows]) == (0, 0, [1])
    assert len(stored(Mark)) == len(stored(FollowUp)) == 1
    assert stored(MarkChange) == []
    assert len(stored(AuditEntry, AuditEntry.deed == "attendance.save_roll_call")) == 1


def test_a_correction_keeps_the_old_mark(world, act, now, clock, run, stored):
    with act(world.teacher):
        attendance.save_roll_call(world.teacher, run.today, [row(run.seats[0], PRESENT)], now=now)
    clock.forward(minutes=5)
    with act(world.coordinator):
        saved = attendance.save_roll_call(
            world.coordinator,
            run.today,
            [row(run.seats[0], LEFT_EARLY, minutes_missed=45, cause=Cause.WORK, seen_version=1)],
            now=clock(),
        )
    assert (saved.changed, saved.rows[0].version) == (1, 2)
    [change] = stored(MarkChange)
    assert (change.before["status"], change.after["status"]) == ("present", "left_early")
    assert change.before["by_id"] == world.teacher.user_id
    assert change.by_id == world.coordinator.user_id
    assert change.at == clock()


REFUSED = {
    "a foreign row": (lambda own, other: [row(own, PRESENT), row(other, PRESENT)], "roll_call.foreign_row"),
    "a row twice": (lambda own, _: [row(own, PRESENT)] * 2, "roll_call.double_row"),
}


@pytest.mark.parametrize(("given", "code"), REFUSED.values(), ids=REFUSED)
def test_one_bad_row_saves_nothing(world, act, everything, now, run, stored, given, code):
    with everything():
        elsewhere = make_participant(world, make_run(world), world.caseworker, world.municipality).id
    with act(world.teacher), pytest.raises(Refused, match=code):
        attendance.save_roll_call(world.teacher, run.today, given(run.seats[0], elsewhere), now=now)
    rows = [row(run.seats[0], PRESENT), row(run.seats[1], LATE, minutes_missed=270)]
    with act(world.teacher), pytest.raises(Invalid) as invalid:
        attendance.save_roll_call(world.teacher, run.today, rows, now=now)
    assert invalid.value.errors == {f"minutes_{run.seats[1]}": ("mark.minutes_range", {"most": 269})}
    assert stored(Mark) == []


def test_a_register_belongs_to_its_school_and_partnership(world, act, now, run):
    for actor in (world.other_teacher, world.far_teacher, world.far_coordinator):
        with act(actor), pytest.raises(NotFound):
            attendance.save_roll_call(actor, run.today, [row(run.seats[0], PRESENT)], now=now)


def test_a_register_waits_for_its_day_and_is_locked_in_the_end(world, act, clock, run):
    with act(world.teacher), pytest.raises(Refused, match=r"roll_call\.future"):
        attendance.save_roll_call(world.teacher, run.next_week, [], now=clock())
    clock.forward(days=8)  # 15 days after last week's session
    with act(world.coordinator), pytest.raises(Refused, match=r"roll_call\.locked"):
        attendance.save_roll_call(world.coordinator, run.last_week, [row(run.seats[0], PRESENT)], now=clock())
    with act(world.coordinator), pytest.raises(Invalid):
        attendance.unlock_register(world.coordinator, run.last_week, " ", now=clock())
    with act(world.coordinator):
        attendance.unlock_register(world.coordinator, run.last_week, "Papirliste fundet", now=clock())
    with act(world.teacher):
        attendance.save_roll_call(world.teacher, run.last_week, [row(run.seats[0], PRESENT)], now=clock())
    clock.forward(days=15)
    with act(world.teacher), pytest.raises(Refused, match=r"roll_call\.locked"):
        attendance.save_roll_call(world.teacher, run.last_week, [row(run.seats[1], PRESENT)], now=clock())


def test_an_open_register_is_not_unlocked_and_a_cancelled_one_has_no_marks(world, act, everything, now, run):
    with act(world.coordinator), pytest.raises(Refused, match=r"roll_call\.not_locked"):
        attendance.unlock_register(world.coordinator, run.today, "Fejl", now=now)
    with everything() as session:
        session.get(CourseSession, run.today).cancelled = True
    with act(world.teacher), pytest.raises(Refused, match=r"roll_call\.cancelled"):
        attendance.save_roll_call(world.teacher, run.today, [row(run.seats[0], PRESENT)], now=now)


def test_two_markers_at_once_see_both_values_and_one_is_chosen(world, act, now, run, stored):
    seat = run.seats[0]
    with act(world.teacher):
        attendance.save_roll_call(world.teacher, run.today, [row(seat, PRESENT)], now=now)
    mine = row(seat, ABSENT, announced=True)
    with act(world.coordinator), pytest.raises(Stale) as stale:
        attendance.save_roll_call(world.coordinator, run.today, [mine, row(run.seats[1], PRESENT)], now=now)
    [conflict] = stale.value.facts["conflicts"]
    assert (conflict.theirs.status, conflict.theirs.version, conflict.mine.status) == (PRESENT, 1, ABSENT)
    assert len(stored(Mark)) == 1
    chosen = row(seat, ABSENT, announced=True, seen_version=conflict.theirs.version)
    with act(world.coordinator):
        attendance.save_roll_call(world.coordinator, run.today, [chosen], now=now)
    assert stored(Mark)[0].status is ABSENT


def test_the_rest_becomes_present_and_what_is_set_stays(world, act, now, run, stored):
    first, second, third = run.seats
    with act(world.coordinator):
        attendance.save_roll_call(world.coordinator, run.today, [row(first, ABSENT, announced=True)], now=now)
    with act(world.teacher):
        typed = [row(second, LATE, minutes_missed=5)]
        saved = attendance.mark_remaining_present(world.teacher, run.today, typed, now=now)
    assert saved.new == 2
    marks = {mark.enrolment_id: mark.status for mark in stored(Mark)}
    assert marks == {first: ABSENT, second: LATE, third: PRESENT}


def test_a_school_neither_sets_nor_loses_a_cause(world, act, now, run, stored):
    seat, other, _ = run.seats
    with act(world.coordinator):
        given = row(seat, ABSENT, cause=Cause.OWN_ILLNESS, comment="Ringet mandag", announced=True)
        attendance.save_roll_call(world.coordinator, run.today, [given], now=now)
    with act(world.teacher):
        back = row(seat, ABSENT, announced=True, comment="overskrevet", seen_version=1)
        forged = row(other, ABSENT, announced=True, cause=Cause.CHILD_ILL, comment="")
        attendance.save_roll_call(world.teacher, run.today, [back, forged], now=now)
    mine, made = stored(Mark)
    assert (mine.cause, mine.comment, mine.version) == (Cause.OWN_ILLNESS, "Ringet mandag", 1)
    assert made.cause is Cause.UNKNOWN


def test_one_who_left_is_not_on_later_registers(world, act, everything, now, run):
    with everything() as session:
        gone = make_participant(
            world,
            session.get(CourseRun, run.id),
            world.caseworker,
            world.municipality,
            state="dropped_out",
            left_on=date(2026, 11, 20),
        ).id
    with act(world.teacher):
        attendance.save_roll_call(world.teacher, run.last_week, [row(gone, PRESENT)], now=now)
    with act(world.teacher), pytest.raises(Refused, match=r"roll_call\.foreign_row"):
        attendance.save_roll_call(world.teacher, run.today, [row(gone, PRESENT)], now=now)


def letters_about_registers(stored):
    return [letter for letter in stored(Letter) if letter.letter == "register_missing"]


def test_a_missing_register_is_asked_for_once_when_the_session_is_over(world, everything, clock, run, stored):
    with everything() as session:
        for seat in session.scalars(select(Enrolment)):
            taken = session.get(CourseSession, run.last_week)
            make_mark(seat, taken, world.teacher, status=PRESENT)
    with everything():
        assert attendance.remind_registers(now=clock()) == 0  # it lasts until 14
    clock.forward(hours=4)
    for _ in range(2):
        with everything():
            assert attendance.remind_registers(now=clock()) == 1
    [letter] = letters_about_registers(stored)
    assert letter.recipient_id == world.teacher.user_id
    assert letter.facts == {"session_id": run.today, "run": letter.facts["run"], "day": "2026-11-23"}


def test_nobody_asks_for_a_cancelled_an_empty_or_a_locked_register(world, everything, clock, stored):
    with everything():
        run = make_run(world, starts_on=date(2026, 11, 20), weeks=1)
        make_session(run, date(2026, 11, 18), cancelled=True)
        make_session(run, date(2026, 11, 1))
        make_participant(world, run, world.caseworker, world.municipality)
        make_run(world, starts_on=date(2026, 11, 20), weeks=1)
    with everything():
        assert attendance.remind_registers(now=clock()) == 1
    assert len(letters_about_registers(stored)) == 1
