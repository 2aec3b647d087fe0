"""The register taken with the keyboard alone, and always in sight where one is."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from coordination.domain.attendance import MarkStatus
from coordination.models import CourseSession, Mark
from tests.factories import make_participant, make_run

pytestmark = pytest.mark.sqlite

FOCUS = """() => {
  const at = document.activeElement;
  const drawn = [at, at.nextElementSibling].filter(Boolean).map((e) => getComputedStyle(e));
  return {
    word: (at.labels?.[0] || at).innerText.trim() || at.name || at.tagName,
    visible: drawn.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
    inView: at.getBoundingClientRect().top >= 0 && at.getBoundingClientRect().bottom <= innerHeight,
  };
}"""
STOPS = 60


@pytest.fixture
def register(world, everything) -> str:
    with everything() as session:
        run = make_run(world, weeks=1)
        for name in ("Amina Ali", "Bo Berg", "Cita Celik"):
            make_participant(world, run, world.caseworker, world.municipality, name=name)
        today = session.scalar(select(CourseSession.id).where(CourseSession.course_run_id == run.id))
    return f"/sessions/{today}/register"


def tab_to(page, word: str) -> None:
    """Press Tab until there; every stop on the way shows where one is."""
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["visible"], f"no visible focus on {focus['word']!r}"
        assert focus["inView"], f"{focus['word']!r} has focus out of sight"
        if focus["word"].startswith(word):
            return
    raise AssertionError(f"{word!r} cannot be reached")


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_the_register_is_taken_by_keyboard_alone(world, everything, person, register, javascript):
    teacher = person(javascript=javascript).log_in(world.teacher)
    page = teacher.page
    teacher.go(register)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["word"] == "Gå til sidens indhold"
    page.keyboard.press("Enter")
    tab_to(page, "Til stede")
    page.keyboard.press("Space")
    tab_to(page, "Til stede")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("group", name="Bo Berg").get_by_label("Kom for sent")).to_be_checked()
    tab_to(page, "Minutter")
    page.keyboard.type("25")
    tab_to(page, "Til stede")
    page.keyboard.press("ArrowLeft")  # past the first is the last
    expect(page.get_by_role("group", name="Cita Celik").get_by_label("Fraværende")).to_be_checked()
    tab_to(page, "Gem fremmøde")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    teacher.reads("3 af 3 registreret")
    with everything() as session:
        marks = {(mark.status, mark.minutes_missed) for mark in session.scalars(select(Mark))}
    assert marks == {(MarkStatus.PRESENT, 0), (MarkStatus.LATE, 25), (MarkStatus.ABSENT, 270)}
