"""Registers to be saved while the power goes, and what must be true of them afterwards."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from coordination.domain.attendance import MarkStatus
from coordination.domain.course_runs import RunState
from coordination.domain.follow_ups import FollowUpState
from coordination.models import AuditEntry, FollowUp, FollowUpMove, Letter, Mark, MarkChange
from tests.factories import World, make_participant, make_run, make_session
from tests.html_forms import Fields, Form

SEATS = 4
FIRST_DAY = date(2026, 11, 12)


def make_registers(world: World, days: int) -> list[int]:
    """A running run with people of two municipalities and one session a day; the ids of the sessions."""
    run = make_run(
        world,
        state=RunState.RUNNING,
        capacity=SEATS,
        weeks=1,
        starts_on=FIRST_DAY - timedelta(days=1),
        school_access_until=date(2027, 3, 1),
    )
    homes = [(world.caseworker, world.municipality), (world.other_caseworker, world.other_municipality)]
    for number in range(SEATS):
        make_participant(world, run, *homes[number % 2])
    return [make_session(run, FIRST_DAY + timedelta(days=day)).id for day in range(days)]


def marked(form: Form, number: int) -> Fields:
    """The whole register with every mark of this save: every second person is a no-show, by turns."""
    ids = sorted(name.removeprefix("version_") for name, _value in form.fields if name.startswith("version_"))
    marks = {f"comment_{key}": f"save {number}" for key in ids}
    for place, key in enumerate(ids, number):
        marks[f"status_{key}"] = MarkStatus.ABSENT if place % 2 else MarkStatus.PRESENT
    return form.filled(**marks)


@dataclass(frozen=True)
class Standing:
    """A register as it stands: how often it was saved, and the number of the save its marks come from."""

    saves: int
    number: int


def check_register(session, world: World, session_id: int) -> Standing:
    """Everything that belongs to the saves of one register is there, once, and nothing besides."""
    marks = session.scalars(select(Mark).where(Mark.session_id == session_id)).all()
    saves = _entries(session, "attendance.save_roll_call", "session", session_id)
    if not marks:
        assert saves == 0
        assert follow_ups_of(session, session_id) == {}
        return Standing(0, 0)
    assert len(marks) == SEATS, "half a register"
    assert len({mark.comment for mark in marks}) == 1, "marks of two saves"
    assert {mark.version for mark in marks} == {saves}
    changes = select(MarkChange.id).where(MarkChange.mark_id.in_([mark.id for mark in marks]))
    assert len(session.scalars(changes).all()) == SEATS * (saves - 1)
    check_follow_ups(session, world, session_id, {mark.enrolment_id: mark.status for mark in marks})
    return Standing(saves, int(marks[0].comment.removeprefix("save ")))


def check_follow_ups(session, world: World, session_id: int, marks: dict[int, MarkStatus]) -> None:
    """Every no-show has its one open follow-up with a letter to each who must know; no other is open."""
    found = follow_ups_of(session, session_id)
    absent = {key for key, status in marks.items() if status is MarkStatus.ABSENT}
    assert absent == {key for key, row in found.items() if row.state is FollowUpState.OPEN}
    for row in found.values():
        moves = session.scalars(
            select(FollowUpMove).where(FollowUpMove.follow_up_id == row.id).order_by(FollowUpMove.id)
        ).all()
        deeds = [move.deed for move in moves]
        assert deeds == ["open", *["close", "reopen"] * len(deeds)][: len(deeds)]
        assert (deeds[-1] == "close") == (row.state is FollowUpState.CLOSED)
        assert sum(
            _entries(session, f"follow_ups.{deed}", "follow_up", row.id) for deed in set(deeds)
        ) == len(deeds)
        letters = Counter(letter.recipient_id for letter in letters_about(session, row.id))
        assert letters == (_told(world, row, moves[-1].by_id) if row.enrolment_id in absent else {})


def follow_ups_of(session, session_id: int) -> dict[int, FollowUp]:
    """The follow-ups of a session by seat."""
    rows = session.scalars(select(FollowUp).where(FollowUp.session_id == session_id)).all()
    found = {row.enrolment_id: row for row in rows}
    assert len(found) == len(rows)
    return found


def letters_about(session, follow_up_id: int) -> list[Letter]:
    """The letters of one no-show."""
    letters = session.scalars(select(Letter).where(Letter.letter == "no_show"))
    return [letter for letter in letters if letter.facts["follow_up_id"] == follow_up_id]


def _told(world: World, row: FollowUp, by_id: int) -> Counter[int]:
    home = world.caseworker if row.municipality_id == world.municipality else world.other_caseworker
    return Counter({home.user_id, world.coordinator.user_id} - {by_id})


def _entries(session, deed: str, subject: str, subject_id: int) -> int:
    found = select(AuditEntry.id).where(
        AuditEntry.deed == deed, AuditEntry.subject == subject, AuditEntry.subject_id == subject_id
    )
    return len(session.scalars(found).all())
