"""The register in a browser: each tap is saved at once and says so; without scripts the whole form is."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from coordination.domain.attendance import MarkStatus
from coordination.models import CourseSession, FollowUp, Mark
from tests.factories import make_participant, make_run

pytestmark = pytest.mark.sqlite


class Room(NamedTuple):
    path: str
    amina: int
    bo: int


@pytest.fixture
def room(world, everything):
    """Today's register with two participants."""
    with everything() as session:
        run = make_run(world, weeks=1)
        people = [
            make_participant(world, run, world.caseworker, world.municipality, name=name)
            for name in ("Amina Ali", "Bo Berg")
        ]
        today = session.scalar(select(CourseSession.id).where(CourseSession.course_run_id == run.id))
        return Room(f"/sessions/{today}/register", *[seat.id for seat in people])


@pytest.fixture
def stored(everything):
    def marks():
        with everything() as session:
            return {mark.enrolment_id: mark for mark in session.scalars(select(Mark))}

    return marks


def at_the_register(person, actor, room, **more):
    someone = person(**more).log_in(actor)
    someone.go(room.path)
    return someone


def mark(someone, name, status):
    row = someone.row(name)
    row.get_by_role("radio", name=status).check()
    return row


def test_each_tap_is_saved_and_says_so(world, person, room, stored):
    teacher = at_the_register(person, world.teacher, room, width=390)
    row = mark(teacher, "Amina Ali", "Til stede")
    expect(row).to_contain_text("Gemt kl.")
    row = mark(teacher, "Bo Berg", "Kom for sent")
    expect(row).to_contain_text("Skriv antal minutter")
    teacher.fill("Minutter", "900", row)
    teacher.page.keyboard.press("Tab")
    expect(row).to_contain_text("Skriv et antal minutter fra 1 til 269")
    teacher.fill("Minutter", "20", row)
    teacher.page.keyboard.press("Tab")
    expect(row).to_contain_text("Gemt kl.")
    teacher.reads("2 af 2 registreret")
    assert {key: (row.status, row.minutes_missed) for key, row in stored().items()} == {
        room.amina: (MarkStatus.PRESENT, 0),
        room.bo: (MarkStatus.LATE, 20),
    }


def test_an_announced_absence_in_two_taps_opens_no_follow_up(world, person, room, everything):
    teacher = at_the_register(person, world.teacher, room)
    row = mark(teacher, "Amina Ali", "Fraværende")
    teacher.tick("Meldt afbud", row)
    expect(row).to_contain_text("Gemt kl.")
    with everything() as session:
        assert session.scalars(select(FollowUp.id)).all() == []


def test_what_could_not_be_sent_waits_and_is_sent_later(world, person, room, stored):
    teacher = at_the_register(person, world.teacher, room)
    teacher.page.context.set_offline(offline=True)
    row = mark(teacher, "Bo Berg", "Til stede")
    expect(row).to_contain_text("Ikke gemt – ingen forbindelse")
    teacher.reads("1 ikke gemt")
    teacher.page.context.set_offline(offline=False)
    expect(row).to_contain_text("Gemt kl.")
    assert stored()[room.bo].status is MarkStatus.PRESENT


def test_two_at_once_see_both_marks_and_choose(world, person, room, stored):
    teacher = at_the_register(person, world.teacher, room)
    coordinator = at_the_register(person, world.coordinator, room)
    late = mark(teacher, "Amina Ali", "Gik før tid")
    teacher.fill("Minutter", "45", late)
    teacher.page.keyboard.press("Tab")
    expect(late).to_contain_text("Gemt kl.")
    row = mark(coordinator, "Amina Ali", "Til stede")
    expect(row).to_contain_text(
        "Lise Lærer har imens registreret: gik før tid, 45 minutter. Du valgte: til stede."
    )
    row.get_by_role("button", name="Brug den andens").click()
    expect(row).to_contain_text("Gemt kl.")
    expect(coordinator.field("Minutter", row)).to_have_value("45")
    assert (stored()[room.amina].status, stored()[room.amina].version) == (MarkStatus.LEFT_EARLY, 1)


def test_without_scripts_the_whole_register_is_saved(world, person, room, stored):
    teacher = at_the_register(person, world.teacher, room, javascript=False)
    mark(teacher, "Amina Ali", "Kom for sent")
    teacher.refused("Gem fremmøde", "Amina Ali: Skriv, hvor mange minutter")
    teacher.fill("Minutter", "15", teacher.row("Amina Ali"))
    teacher.press("Sæt resten til")
    teacher.reads("Fremmødet er gemt for 2.", "2 af 2 registreret")
    assert {row.status for row in stored().values()} == {MarkStatus.LATE, MarkStatus.PRESENT}
