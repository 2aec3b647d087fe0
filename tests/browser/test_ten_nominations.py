"""A caseworker nominates ten people, all at once and one after another; what it took is told at the end."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator
from sqlalchemy import select

from coordination.domain.nominations import NominationState
from coordination.models import Nomination, NominationWish
from tests.browser.person import Person
from tests.factories import make_candidate

pytestmark = [pytest.mark.sqlite, pytest.mark.slow]
NAMES = [f"Kandidat {letter}" for letter in "ABCDEFGHIJ"]
SCRIPTS = pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])


class Hands(Person):
    """A caseworker whose clicks and keystrokes are counted."""

    clicks = 0
    keys = 0

    def click(self, target: Locator) -> None:
        """One click that stays on the page."""
        self.clicks += 1
        target.click()

    def check_box(self, label: str) -> None:
        """One click on a box or a radio button."""
        self.clicks += 1
        self.page.locator("main").get_by_label(label).check()

    def pick(self, label: str, option: str) -> None:
        """Two clicks: open the list, take the option."""
        self.clicks += 2
        self.choose(label, option)

    def press(self, name: str, within: Locator | None = None, *, status: int = 200) -> None:
        """One click that leads to another page."""
        self.clicks += 1
        super().press(name, within, status=status)

    def type(self, *keys: str) -> None:
        """Keys that stay on the page."""
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)

    def enter(self) -> None:
        """The key that sends the form."""
        with self.page.expect_navigation() as moved:
            self.type("Enter")
        assert moved.value is not None
        self._arrived(moved.value, 200)

    def list_those_never_nominated(self) -> None:
        """From the start page to the list, narrowed to those who were never nominated."""
        self.press("Kandidater", self.page.locator(".nav-wide"))
        self.pick("Indstilling", "aldrig indstillet")
        self.press("Vis")
        self.reads(*NAMES, "10 i alt")


@pytest.fixture
def ten(world, everything) -> None:
    with everything():
        for name in NAMES:
            make_candidate(world.municipality, world.caseworker, name=name)
        make_candidate(world.other_municipality, world.other_caseworker, name="Naboens Borger")


@pytest.fixture
def in_the_pool(world, everything):
    """`in_the_pool()`: how many people of the jobcenter stand there, each with a wish for the kitchen."""

    def count() -> int:
        asked = (
            select(Nomination.candidate_id)
            .join(NominationWish, NominationWish.nomination_id == Nomination.id)
            .where(Nomination.state == NominationState.SUBMITTED)
            .where(NominationWish.sector_id == world.kitchen, NominationWish.rank == 1)
        )
        with everything() as session:
            return len(set(session.scalars(asked)))

    return count


@SCRIPTS
def test_ten_at_once(world, ten, person, in_the_pool, record_property, javascript):
    hands = person(Hands, javascript=javascript).log_in(world.caseworker)
    hands.clicks = 0
    hands.list_those_never_nominated()
    hands.reads_nothing_of("Naboens Borger")
    for label in ["Vælg alle på siden"] if javascript else [f"Vælg {name}" for name in NAMES]:
        hands.check_box(label)
    if javascript:
        hands.reads("10 valgt")
    hands.press("Indstil de valgte")
    hands.reads("Indstil 10 kandidater til puljen?", *NAMES)
    hands.pick("1. ønske", "Køkken og rengøring Syd")
    hands.check_box("kandidaten er informeret om delingen")
    hands.press("Indstil 10 kandidater")
    hands.reads("10 kandidater er i puljen.")
    assert in_the_pool() == 10
    assert hands.clicks <= (11 if javascript else 20)
    record_property("told", told("all at once", hands))


@SCRIPTS
def test_ten_one_after_another(world, ten, person, in_the_pool, record_property, javascript):
    hands = person(Hands, javascript=javascript).log_in(world.caseworker)
    hands.clicks = 0
    hands.list_those_never_nominated()
    hands.press("Indstil Kandidat A")
    hands.type("k")  # the first letter of the sector; from the second person on it is chosen already
    for name, following in zip(NAMES, [*NAMES[1:], ""], strict=True):
        hands.type("Tab", "Tab", "Space")
        hands.enter()
        hands.reads(
            f"{name} er i puljen.", f"Indstil {following}" if following else "Ingen kandidater passer"
        )
    assert in_the_pool() == 10
    assert hands.clicks <= 6
    assert hands.keys <= 45
    record_property("told", told("one after another", hands))


def told(how: str, hands: Hands) -> str:
    """The line for the end of the run."""
    scripts = "with scripts" if hands.javascript else "without scripts"
    return f"ten nominations, {how}, {scripts}: {hands.clicks} clicks, {hands.keys} keystrokes"
