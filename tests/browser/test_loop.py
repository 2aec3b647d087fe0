"""The whole loop in the browser: from a file of candidates to a next run that does something differently."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from coordination.domain.actors import Role
from coordination.models import User
from coordination.queries.accounts import actor_of
from tests.browser.person import Person
from tests.browser.story import Answer, Coordinator, Jobcenter, School
from tests.factories import make_user
from tests.served import Served

RUN, NEXT_RUN = "Køkkenhold vinter", "Køkkenhold forår"
IMPORTED = ("Amina Ali", "Bilal Bek", "Cansu Celik")
BY_HAND = "Dawit Desta"
KITCHEN, CARE = "Køkken og rengøring Syd", "Social og sundhed Syd"
HEADINGS = "cpr;navn;ordning;igu-start;brancher\n"
GOOD = HEADINGS + "".join(
    f"{cpr};{name};IGU;01-08-2026;{KITCHEN}\n"
    for cpr, name in zip(("010180-1111", "020281-2222", "030382-3333"), IMPORTED, strict=True)
)
BAD = GOOD.replace("020281-2222", "320281-2222")

FIRST_SESSION = datetime(2026, 12, 11, 8, 0, tzinfo=UTC)
AFTER_THE_RUN = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
IN_THE_EVENING = datetime(2027, 1, 11, 19, 0, tzinfo=UTC)


class Cast(NamedTuple):
    """Everybody of the story at a browser of their own."""

    jobcenter: Jobcenter
    coordinator: Coordinator
    school: School
    colleague: School
    admin: Person


@pytest.fixture
def served(served: Served, tmp_path: Path) -> Iterator[Served]:
    """With a clock, that writes the letters of this test into a folder of their own."""
    served.variables["COORDINATION_MAIL_FOLDER"] = str(tmp_path / "mail")
    served.start_clock()
    yield served
    served.stop_clocks()


@pytest.fixture
def people(world, everything, person: Callable[..., Person]) -> Callable[[bool], Cast]:
    with everything() as session:
        password = session.get(User, world.teacher.user_id).password
        colleague = actor_of(make_user(password, Role.SCHOOL, "Kim Kollega", school_id=world.school).id)

    def seated(javascript: bool) -> Cast:
        def at(kind: type[Person], actor) -> Person:
            return person(kind, javascript=javascript).log_in(actor)

        return Cast(
            at(Jobcenter, world.caseworker),
            at(Coordinator, world.coordinator),
            at(School, world.teacher),
            at(School, colleague),
            at(Person, world.admin),
        )

    return seated


def later(served: Served, moment: datetime) -> None:
    """Time passes while no clock runs; the next one catches up on what it missed."""
    served.stop_clocks()
    served.clock.set(moment)
    served.start_clock()


ONCE_EACH = [
    pytest.param(True, marks=pytest.mark.postgresql, id="scripts"),
    pytest.param(False, marks=pytest.mark.sqlite, id="no scripts"),
]


@pytest.mark.slow(120)
@pytest.mark.parametrize("javascript", ONCE_EACH)
def test_the_loop(people, served, tmp_path, javascript):
    cast = people(javascript)
    candidates_come_to_the_pool(cast)
    run = a_run_is_planned_and_opened(cast.coordinator)
    seats_are_offered_and_answered(cast, run)
    later(served, FIRST_SESSION)
    the_register_is_taken(cast, run)
    a_no_show_is_followed_up(cast)
    later(served, AFTER_THE_RUN)
    the_school_evaluates(cast, run)
    findings_become_changes(cast.coordinator)
    next_run = the_next_run_waits_for_decisions(cast.coordinator, run)
    the_next_run_opens_once_all_is_decided(cast.coordinator, next_run)
    the_school_sees_what_became_of_its_words(cast.school)
    later(served, IN_THE_EVENING)
    letters_were_sent(cast.admin, tmp_path / "mail")


def candidates_come_to_the_pool(cast: Cast) -> None:
    jobcenter = cast.jobcenter
    jobcenter.try_file("kandidater.csv", BAD)
    jobcenter.reads("Filen kan ikke importeres endnu", "De første seks cifre i CPR-nummeret er ikke en dato.")
    jobcenter.go("/candidates")
    jobcenter.reads("Ingen kandidater endnu")
    jobcenter.try_file("kandidater.csv", GOOD)
    jobcenter.refused("Importér 3 rækker", "Vælg")
    jobcenter.tick("kandidaten er informeret om delingen")
    jobcenter.press("Importér 3 rækker")
    jobcenter.reads("Filen er importeret", "3 nye kandidater", "3 indstillet til puljen")
    jobcenter.register(BY_HAND, "040483-4444")
    jobcenter.nominate(KITCHEN, CARE)
    jobcenter.go("/nominations")
    jobcenter.reads(*IMPORTED, BY_HAND, "Koordinatoren finder en plads")


def a_run_is_planned_and_opened(coordinator: Coordinator) -> str:
    run = coordinator.plan_run("Køkken Syd", RUN, "fredag", first_day="2026-12-11", count=3)
    coordinator.reads("i alt 13 t. 30 min.", "2 dage springes over", "25. december 2026", "1. januar 2027")
    coordinator.press("Gem 3 undervisningsgange")
    coordinator.open_run(run)
    return run


def seats_are_offered_and_answered(cast: Cast, run: str) -> None:
    cast.coordinator.offer(run, [*IMPORTED, BY_HAND])
    cast.coordinator.reads("4 pladser er tilbudt.")
    cast.school.go(f"{run}/seats")
    cast.school.reads_nothing_of(*IMPORTED, BY_HAND)
    for name in IMPORTED:
        cast.jobcenter.accept(name)
    cast.jobcenter.decline(BY_HAND, "børnepasning")
    for name in IMPORTED:
        cast.school.confirm(name)
    cast.coordinator.confirm_start(run)


def the_register_is_taken(cast: Cast, run: str) -> None:
    stayed_away, came, came_late = IMPORTED
    school = cast.school
    school.waits_for(run, "i gang")
    school.open_register()
    school.mark(stayed_away, "Fraværende")
    school.mark_rest_present()
    school.reads("Fremmødet er gemt for 2.", "3 af 3 registreret")
    school.mark(came_late, "Kom for sent", minutes="20")
    school.go(school.page.url.removeprefix(school.served.url))
    school.press("Rettet", school.page.locator(".register-row", has_text=came_late))
    school.reads("til stede → kom for sent, 20 minutter")
    school.reads_nothing_of(came)


def a_no_show_is_followed_up(cast: Cast) -> None:
    name = IMPORTED[0]
    cast.coordinator.go("/follow-ups")
    cast.coordinator.reads(name)
    cast.jobcenter.log_contact(name, "Talte sammen: kommer igen", "Bussen kørte ikke.")
    cast.coordinator.close_follow_up(name, "Er tilbage på holdet")
    cast.jobcenter.go("/follow-ups")
    cast.jobcenter.reads_nothing_of(name)


def the_school_evaluates(cast: Cast, run: str) -> None:
    cast.school.waits_for(run, "afsluttet")
    cast.school.begin_evaluation(RUN, [Answer("niveau", "2", "Fagsproget var for svært.")])
    cast.coordinator.go("/evaluations")
    cast.coordinator.press(RUN)
    cast.coordinator.reads("Skolen er ikke færdig endnu")
    words = {"Hvordan gik det med næste gang?": "Begynd i et rigtigt køkken."}
    cast.colleague.finish_evaluation(RUN, Answer("samarbejde", "1"), words)


def findings_become_changes(coordinator: Coordinator) -> None:
    coordinator.propose(RUN, "næste gang", "Køkkenbesøg", "Første dag er et besøg i et køkken.")
    coordinator.reads("Fagsproget var for svært.", "Niveau", "Samarbejde", "Køkkenbesøg")
    coordinator.press("Markér som gennemgået")


def the_next_run_waits_for_decisions(coordinator: Coordinator, run: str) -> str:
    next_run = coordinator.plan_next(run, NEXT_RUN)
    coordinator.press("Åbn for indstillinger")
    coordinator.reads("3 forbedringsforslag mangler en beslutning", "Niveau", "Samarbejde", "Køkkenbesøg")
    assert not coordinator.page.get_by_role("button", name="Åbn for indstillinger").count()
    return next_run


def the_next_run_opens_once_all_is_decided(coordinator: Coordinator, next_run: str) -> None:
    coordinator.decide("Køkkenbesøg", "Vedtag")
    coordinator.decide("Niveau", "Tilpas", Ny_ordlyd="Dansk støtte de første tre uger.")
    coordinator.decide("Samarbejde", "Afvis", Begrundelse="Vi ringer allerede hver fredag.")
    coordinator.open_run(next_run)


def the_school_sees_what_became_of_its_words(school: School) -> None:
    school.go("/improvements")
    school.reads("vedtaget", "tilpasset", "afvist")
    school.press("Samarbejde")
    school.reads("Vi ringer allerede hver fredag.")


def letters_were_sent(admin: Person, folder: Path) -> None:
    admin.waits_for("/letters", "sendt")
    admin.reads("user", "@example.org")
    admin.press("2027", admin.page.locator("tbody"))
    admin.reads("Modtager", "sendt", "http://127.0.0.1")
    admin.reads_nothing_of(*IMPORTED, BY_HAND)
    written = [path.read_text(encoding="utf-8") for path in folder.rglob("*.eml")]
    assert len(written) > 10
    assert not [text for text in written if any(name in text for name in (*IMPORTED, BY_HAND))]
