"""The pages of school hours: the sentence, the picture with its table, errors beside fields, who reads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from coordination.domain.attendance import MarkStatus
from coordination.domain.candidates import DanishExam, Scheme
from coordination.domain.course_runs import RunState
from coordination.domain.nominations import NominationState
from coordination.domain.tracks import TeachingKind
from coordination.models import Candidate, CourseSession, HourFactor, HoursElsewhere, PersonView
from tests.factories import (
    make_candidate,
    make_enrolment,
    make_hours_elsewhere,
    make_mark,
    make_nomination,
    make_run,
    save,
)

TYPED = {
    "kind": "danish",
    "place": "Sprogcenter <Syd>",
    "from_day": "01-09-2026",
    "until_day": "30-09-2026",
    "hours": "12:30",
}


@pytest.fixture
def person(world, everything):
    """Someone on an IGU since August, with a run on which one of three sessions is registered."""
    with everything() as session:
        candidate = make_candidate(
            world.municipality, world.caseworker, name="Amira Eksempel", danish_exam=DanishExam.PD2
        )
        nomination = make_nomination(candidate, (world.kitchen,), state=NominationState.ACCEPTED)
        run = make_run(world, starts_on=date(2026, 11, 2), state=RunState.RUNNING, title="Novemberhold")
        seat = make_enrolment(nomination, run)
        first = session.scalars(select(CourseSession).order_by(CourseSession.day)).first()
        make_mark(seat, first, world.coordinator, status=MarkStatus.PRESENT)
        return candidate.id


@pytest.fixture
def address(person):
    return f"/candidates/{person}/hours"


def test_the_sentence_comes_first_with_its_picture_and_table(world, login, address, person, everything):
    with everything() as session:
        make_hours_elsewhere(session.get(Candidate, person), world.caseworker, minutes=30 * 60)
    text = login(world.caseworker).get(address).text
    assert "64 af 851 timer. Med den fart er målet nået" in text
    assert "for sent." in text
    for words in (
        '<title id="hours-title">Skoletimer, der tæller, fra IGU’ens start til slut</title>',
        '<desc id="hours-desc">64 af 851 timer.',
        "Billedet i tal, måned for måned",
        "31. aug. 2026",
        "Novemberhold · EUC Syd",
        "× 2",
        "4 t. 30 min.",
        "2 undervisningsgange er ikke registreret",
        "4 af 296 timer AMU. Der mangler 292 timer.",
        "antaget, indtil det er afklaret",
        "23 skoleuger á 37 timer",
    ):
        assert words in text, words
    assert text.index("64 af 851 timer") < text.index('<svg class="chart-growth"')


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"scheme": Scheme.WAGE_SUBSIDY}, "Kandidaten er ikke på IGU"),
        ({"igu_start": None}, "Skriv, hvornår IGU’en begynder"),
        ({"igu_start": date(2016, 1, 1)}, "Der er ingen regel om skoleuger"),
        ({"igu_start": date(2027, 1, 1)}, "IGU’en begynder 1. januar 2027"),
        ({"igu_start": date(2026, 11, 10)}, "IGU’en er under fire uger gammel"),
        ({"igu_start": date(2021, 4, 30)}, "0 af 740 timer. IGU’en sluttede 29. april 2023"),
        ({"igu_start": date(2025, 1, 1)}, "Der er ingen skoletimer siden IGU’en begyndte 1. januar 2025"),
    ],
)
def test_every_standing_has_its_sentence(world, login, everything, facts, words):
    with everything():
        candidate = make_candidate(world.municipality, world.caseworker, **facts).id
    assert words in login(world.caseworker).get(f"/candidates/{candidate}/hours").text


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (900 * 60, "900 af 851 timer. Målet er nået 30. september 2026."),
        (400 * 60, "400 af 851 timer. Med den fart er målet nået"),
    ],
)
def test_reached_and_in_time(world, login, everything, minutes, words):
    with everything():
        candidate = make_candidate(world.municipality, world.caseworker)
        make_hours_elsewhere(candidate, world.caseworker, kind=TeachingKind.AMU, minutes=minutes)
        candidate_id = candidate.id
    text = login(world.caseworker).get(f"/candidates/{candidate_id}/hours").text
    assert words in text
    assert "for sent" not in text


def test_the_view_is_logged_and_only_jobcenter_and_coordinator_read(
    world, login, address, person, everything
):
    for actor in (world.caseworker, world.coordinator):
        assert login(actor).get(address).status_code == 200
    for actor in (world.other_caseworker, world.teacher, world.leader, world.admin, world.far_coordinator):
        assert login(actor).get(address).status_code == 404
    with everything() as session:
        views = session.scalars(select(PersonView).where(PersonView.purpose == "hours.account")).all()
        assert {view.user_id for view in views} == {world.caseworker.user_id, world.coordinator.user_id}
        assert {view.candidate_id for view in views} == {person}


def test_hours_elsewhere_are_written_and_removed_again(world, login, address, everything):
    client = login(world.caseworker)
    answer = client.post(address, data=TYPED, follow_redirects=True)
    assert "Timerne er gemt" in answer.text
    assert "Sprogcenter &lt;Syd&gt;" in answer.text
    assert "12 t. 30 min." in answer.text
    with everything() as session:
        row = session.scalars(select(HoursElsewhere)).one()
        assert (row.kind, row.minutes, row.by_id) == (TeachingKind.DANISH, 750, world.caseworker.user_id)
        entry = row.id
    question = client.get(f"/hours-elsewhere/{entry}/remove")
    assert "Fjern timerne fra kontoen?" in question.text
    gone = client.post(f"/hours-elsewhere/{entry}/remove", follow_redirects=True)
    assert "Timerne er fjernet" in gone.text
    with everything() as session:
        assert session.scalars(select(HoursElsewhere)).all() == []


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"hours": "12.30"}, "hours", "Skriv timerne som 12, 12,5 eller 12:30."),
        ({"hours": ""}, "hours", "Feltet skal udfyldes."),
        ({"from_day": "31-07-2026"}, "from_day", "IGU’en begyndte først 1. aug. 2026"),
        ({"until_day": "24-11-2026"}, "until_day", "Perioden slutter efter i dag"),
        ({"until_day": "32-13-2026"}, "until_day", "Skriv en dato, der findes"),
        ({"place": "x" * 121}, "place", "120"),
        ({"kind": "nonsense"}, "kind", "Vælg"),
    ],
)
def test_errors_stand_beside_their_field_and_nothing_typed_is_lost(
    world, login, address, everything, change, field, words
):
    answer = login(world.caseworker).post(address, data=TYPED | change)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert words in answer.text
    assert "2026-09-30" in answer.text or "until_day" in change
    with everything() as session:
        assert session.scalars(select(HoursElsewhere)).all() == []


def test_those_who_are_behind_are_listed_and_counted_on_the_start_page(world, login, person, everything):
    client = login(world.caseworker)
    page = client.get("/hours/behind").text
    assert "Amira Eksempel" in page
    assert "for sent" in page
    start = client.get("/").text
    assert "kandidat på IGU er bagud med skoletimerne" in start
    assert "/hours/behind" in start
    assert "er bagud med skoletimerne" not in login(world.other_caseworker).get("/").text
    assert "Amira" not in login(world.other_caseworker).get("/hours/behind").text
    with everything() as session:
        assert session.scalars(
            select(PersonView.candidate_id).where(PersonView.purpose == "hours.behind")
        ).all() == [person]


def test_nobody_behind_is_told_so(world, login):
    assert "Ingen er bagud" in login(world.caseworker).get("/hours/behind").text


def factor(**change):
    return {"kind": "amu", "factor": "1,5", "valid_from": "01-01-2027", "source": "Bekendtgørelse 7"} | change


def test_an_administrator_adds_a_factor_and_takes_back_a_future_one(world, login, everything):
    client = login(world.admin)
    assert "Ældre vejledning" in client.get("/hour-factors").text
    added = client.post("/hour-factors", data=factor(), follow_redirects=True)
    for words in ("Faktoren er gemt", "× 1,5", "på vej", "Bekendtgørelse 7"):
        assert words in added.text
    with everything() as session:
        later = session.scalars(select(HourFactor.id).where(HourFactor.percent == 150)).one()
        of_amu = HourFactor.kind == TeachingKind.AMU, HourFactor.id != later
        first = session.scalars(select(HourFactor.id).where(*of_amu)).one()
    assert "Fjern faktoren?" in client.get(f"/hour-factors/{later}/remove").text
    assert "Faktoren er fjernet" in client.post(f"/hour-factors/{later}/remove", follow_redirects=True).text
    refused = client.post(f"/hour-factors/{first}/remove")
    assert refused.status_code in {409, 422}
    assert "kan ikke fjernes" in refused.text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"factor": "1.5"}, "factor"),
        ({"source": " "}, "source"),
        ({"valid_from": "01-07-2016"}, "valid_from"),
    ],
)
def test_a_factor_that_cannot_be_used_is_refused_beside_its_field(world, login, change, field):
    answer = login(world.admin).post("/hour-factors", data=factor(**change))
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


def test_only_the_administrator_keeps_factors(world, login):
    for actor in (world.coordinator, world.caseworker, world.teacher, world.leader):
        client = login(actor)
        assert client.get("/hour-factors").status_code == 404
        assert client.post("/hour-factors", data=factor()).status_code == 404


def test_a_new_factor_changes_accounts_from_its_day(world, login, address, everything):
    with everything():
        save(HourFactor(kind=TeachingKind.AMU, percent=50, valid_from=date(2026, 11, 1), source="Prøve"))
    assert "× 0,5" in login(world.caseworker).get(address).text
    with everything() as session:
        session.scalars(select(HourFactor).where(HourFactor.percent == 50)).one().valid_from += timedelta(
            days=2
        )
    assert "2 t. 15 min." not in login(world.caseworker).get(address).text
