"""The pool is shared out in the browser: proposed, one moved, published, accepted, expired, offered on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from coordination.domain.course_runs import RunState
from coordination.domain.priorities import Priority
from tests.browser.person import Person
from tests.browser.story import Coordinator, Jobcenter
from tests.factories import make_candidate, make_nomination, make_run
from tests.served import PATIENCE_SECONDS, Served

pytestmark = [pytest.mark.sqlite, pytest.mark.slow]

AMINA, BO, CITA, DAWIT = "Amina Ali", "Bo Berg", "Cita Celik", "Dawit Desta"
RUN = "Køkkenhold vinter"
AFTER_THE_OFFERS = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


@pytest.fixture
def served(served: Served, tmp_path: Path) -> Iterator[Served]:
    """With a clock, which solves what is asked for."""
    served.variables["COORDINATION_MAIL_FOLDER"] = str(tmp_path / "mail")
    served.start_clock()
    yield served
    served.stop_clocks()


@pytest.fixture
def pool(world, everything) -> None:
    """A run for two, and four who wish for it: two of them go first, and Cita is of another jobcenter."""
    with everything():
        make_run(world, title=RUN, state=RunState.OPEN, minimum=2, capacity=2, starts_on=date(2027, 1, 4))
        for name, priority in ((AMINA, Priority.HIGH), (BO, Priority.HIGH), (DAWIT, Priority.NORMAL)):
            one = make_candidate(world.municipality, world.caseworker, name=name)
            make_nomination(one, (world.kitchen,), priority=priority)
        one = make_candidate(world.other_municipality, world.other_caseworker, name=CITA)
        make_nomination(one, (world.kitchen,))


def test_the_pool_is_shared_out(world, pool, person: Callable[..., Person], served):
    coordinator = person(Coordinator).log_in(world.coordinator)
    proposal = a_proposal_is_asked_for(coordinator)
    bo_gives_way_to_cita(coordinator, proposal)
    the_proposal_is_published(coordinator, proposal)
    jobcenter = person(Jobcenter, javascript=False).log_in(world.caseworker)
    jobcenter.accept(AMINA)
    the_jobcenter_reads_why_dawit_waits(jobcenter)
    served.stop_clocks()
    served.clock.set(AFTER_THE_OFFERS)
    served.start_clock()
    dawit_is_next(jobcenter)
    cita_has_lost_the_offer(person(Jobcenter, javascript=False).log_in(world.other_caseworker))


def a_proposal_is_asked_for(coordinator: Person) -> str:
    """The page of the search looks again by itself until there is an answer."""
    coordinator.go("/proposals")
    coordinator.press("Bed om et forslag")
    coordinator.reads("4 kandidater")
    coordinator.seen.add(("/proposals/#/progress", False))  # it moves on while it would be checked
    coordinator.press("Bed om forslaget")
    coordinator.page.wait_for_url(re.compile(r"/proposals/\d+$"), timeout=PATIENCE_SECONDS * 1000)
    coordinator.reads("når sit minimum", "bevist: bedre findes ikke")
    return coordinator.page.url.removeprefix(coordinator.served.url)


def bo_gives_way_to_cita(coordinator: Person, proposal: str) -> None:
    """With the keyboard; what it costs stands there before anything is saved, and a reason is asked for."""
    coordinator.go(f"{proposal}/municipalities")
    coordinator.reads("Haderslev", "Aabenraa")
    coordinator.go(f"{proposal}/people")
    coordinator.press("Flyt", coordinator.row(BO))
    out = coordinator.page.locator(".option", has_text="Ingen plads")
    coordinator.reads("4 point → 2 point", "bryder en regel", within=out)
    out.get_by_role("radio").focus()
    coordinator.page.keyboard.press("Space")
    coordinator.refused("Flyt kandidaten", "Skriv, hvorfor kandidaten skal flyttes.")
    expect(out.get_by_role("radio")).to_be_checked()
    coordinator.fill("Hvorfor?", "Begynder på nyt arbejde i januar.")
    coordinator.press("Flyt kandidaten")
    coordinator.reads(f"{BO} venter nu fortsat.", "Begynder på nyt arbejde i januar.")
    coordinator.press("Flyt", coordinator.row(CITA))
    run = coordinator.page.locator(".option", has_text=RUN)
    coordinator.reads("2 point → 3 point", within=run)
    run.get_by_role("radio").check()
    coordinator.fill("Hvorfor?", "Pladsen er fri.")
    coordinator.press("Flyt kandidaten")
    coordinator.reads(f"{CITA} er flyttet til {RUN}.")


def the_proposal_is_published(coordinator: Person, proposal: str) -> None:
    coordinator.go(proposal)
    coordinator.press("Offentliggør")
    coordinator.reads("2 pladser bliver tilbudt.", "2 er flyttet af koordinatoren")
    coordinator.press("Offentliggør, og tilbyd 2 pladser")
    coordinator.reads("2 pladser er tilbudt.", "offentliggjort")


def the_jobcenter_reads_why_dawit_waits(jobcenter: Person) -> None:
    jobcenter.go("/nominations")
    jobcenter.press("T-", jobcenter.row(DAWIT))
    jobcenter.reads("Seneste fordeling", "Ingen plads denne gang", "alle 2 pladser er givet til andre")
    jobcenter.reads_nothing_of(AMINA, BO, CITA)


def dawit_is_next(jobcenter: Person) -> None:
    jobcenter.waits_for("/", DAWIT)
    jobcenter.press("Svar", jobcenter.row(DAWIT))
    jobcenter.reads(RUN)


def cita_has_lost_the_offer(other: Person) -> None:
    other.go("/nominations?state=all")
    other.reads(CITA, "udløbet")
    other.reads_nothing_of(AMINA, BO, DAWIT)
