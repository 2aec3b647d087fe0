"""The register through HTTP: pages as each role, JSON and HTML answers, conflicts, locks, who sees what."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest
from sqlalchemy import select

from coordination.domain.attendance import Cause, MarkStatus
from coordination.models import CourseSession, Enrolment, FollowUp, Mark
from tests.factories import make_mark, make_participant, make_run

JSON = {"Accept": "application/json"}


class Room(NamedTuple):
    run: int
    last_week: int
    today: int
    next_week: int
    amina: int
    bo: int


@pytest.fixture
def room(world, everything):
    """Two participants; a session last week, today and next week."""
    with everything() as session:
        run = make_run(world, starts_on=date(2026, 11, 16))
        people = [
            make_participant(world, run, world.caseworker, world.municipality, name="Amina Ali"),
            make_participant(world, run, world.other_caseworker, world.other_municipality, name="Bo Berg"),
        ]
        days = select(CourseSession.id).where(CourseSession.course_run_id == run.id)
        ids = session.scalars(days.order_by(CourseSession.day)).all()
        return Room(run.id, *ids, *[seat.id for seat in people])


@pytest.fixture
def marks(everything):
    def stored():
        with everything() as session:
            return {mark.enrolment_id: mark for mark in session.scalars(select(Mark))}

    return stored


def typed(seat, status, version=0, **more):
    return {
        f"status_{seat}": status,
        f"version_{seat}": version,
        **{f"{name}_{seat}": text for name, text in more.items()},
    }


@pytest.mark.parametrize("who", ["coordinator", "teacher"])
def test_the_register_names_its_roster_and_counts(world, login, room, who):
    page = login(getattr(world, who)).get(f"/sessions/{room.today}/register")
    assert page.status_code == 200
    assert "Amina Ali" in page.text
    assert "0 af 2 registreret" in page.text
    assert "Det er ikke dagens fremmøde" not in page.text
    assert f"/sessions/{room.last_week}/register" in page.text
    other_day = login(getattr(world, who)).get(f"/sessions/{room.last_week}/register")
    assert "Det er ikke dagens fremmøde" in other_day.text


ELSEWHERE = ["other_teacher", "far_teacher", "far_coordinator", "caseworker", "leader", "admin"]


@pytest.mark.parametrize("who", ELSEWHERE)
def test_others_find_no_register_and_change_nothing(world, login, room, marks, who):
    client = login(getattr(world, who))
    missing = client.get("/sessions/999999/register")
    for path in (f"/sessions/{room.today}/register", f"/course-runs/{room.run}/registers"):
        page = client.get(path)
        assert (page.status_code, page.text) == (404, missing.text)
    answer = client.post(f"/sessions/{room.today}/register", data=typed(room.amina, "present"))
    assert answer.status_code == 404
    assert marks() == {}


def test_the_whole_form_is_saved_and_tells_what_comes_of_it(world, login, room, marks):
    client = login(world.teacher)
    data = {**typed(room.amina, "absent"), **typed(room.bo, "late", minutes="15", comment="Bus")}
    answer = client.post(f"/sessions/{room.today}/register", data=data, follow_redirects=True)
    assert "Fremmødet er gemt for 2." in answer.text
    assert "1 udeblivelse bliver fulgt op" in answer.text
    assert "2 af 2 registreret" in answer.text
    assert "Følges op" in answer.text
    assert "/follow-ups/" not in answer.text  # the school knows that, and nothing more
    assert marks()[room.bo].minutes_missed == 15


def test_a_script_saves_one_row_and_gets_json(world, login, room, marks):
    client = login(world.coordinator)
    data = {"row": room.amina, **typed(room.amina, "absent", announced="1", cause="work")}
    for _ in range(2):  # a double tap
        answer = client.post(f"/sessions/{room.today}/register", data=data, headers=JSON)
        assert answer.json == {"rows": [{"enrolment_id": room.amina, "version": 1, "saved_at": "10.00"}]}
    assert marks()[room.amina].cause is Cause.WORK


def test_errors_stand_on_their_row_and_keep_what_was_typed(world, login, room, marks):
    client = login(world.teacher)
    data = {
        **typed(room.amina, "late", minutes="mange", comment="Toget var <forsinket>"),
        **typed(room.bo, "absent"),
    }
    page = client.post(f"/sessions/{room.today}/register", data=data)
    assert page.status_code == 422
    assert "Amina Ali: Skriv, hvor mange minutter" in page.text
    assert 'value="mange"' in page.text
    assert "Toget var &lt;forsinket&gt;" in page.text
    assert f'id="status_{room.bo}_absent" name="status_{room.bo}" value="absent" checked' in page.text
    row = client.post(f"/sessions/{room.today}/register", data=typed(room.amina, "late"), headers=JSON)
    assert (row.status_code, list(row.json["errors"])) == (422, [f"minutes_{room.amina}"])
    assert marks() == {}


@pytest.mark.parametrize("key", ["999999", "x", "12345678901234567890", "-1"])
def test_a_foreign_id_is_an_error_and_nothing_is_saved(world, login, room, marks, key):
    data = {**typed(room.amina, "present"), **typed(key, "present")}
    page = login(world.teacher).post(f"/sessions/{room.today}/register", data=data)
    assert page.status_code == 422
    assert "Intet er gemt" in page.text
    assert marks() == {}


def test_a_status_that_does_not_exist_is_told(world, login, room, marks):
    page = login(world.teacher).post(f"/sessions/{room.today}/register", data=typed(room.amina, "ill"))
    assert page.status_code == 422
    assert "Vælg et af de fire fremmøder" in page.text
    assert marks() == {}


def test_two_markers_at_once_get_both_values_and_choose(world, login, room, marks):
    teacher, coordinator = login(world.teacher), login(world.coordinator)
    path = f"/sessions/{room.today}/register"
    teacher.post(path, data=typed(room.amina, "late", minutes="20"))
    mine = typed(room.amina, "absent", announced="1", cause="child_ill")
    page = coordinator.post(path, data=mine)
    assert page.status_code == 409
    assert "Lise Lærer har imens registreret: kom for sent, 20 minutter." in page.text
    assert "Du valgte: fraværende, meldt afbud, barns sygdom" in page.text
    assert f'name="version_{room.amina}" value="1"' in page.text
    script = coordinator.post(path, data=mine, headers=JSON)
    assert script.status_code == 409
    [conflict] = script.json["conflicts"]
    assert (conflict["by"], conflict["version"]) == ("Lise Lærer", 1)
    assert conflict["values"] == {
        "status": "late",
        "minutes": 20,
        "announced": False,
        "cause": "unknown",
        "comment": "",
    }
    assert marks()[room.amina].status is MarkStatus.LATE
    chosen = {**mine, f"version_{room.amina}": "1"}
    assert coordinator.post(path, data=chosen).status_code == 302
    assert marks()[room.amina].status is MarkStatus.ABSENT


def test_the_rest_becomes_present(world, login, room, marks):
    client = login(world.teacher)
    client.post(f"/sessions/{room.today}/register", data=typed(room.amina, "absent", announced="1"))
    answer = client.post(f"/sessions/{room.today}/register/rest", data={}, follow_redirects=True)
    assert "Fremmødet er gemt for 1." in answer.text
    assert {mark.status for mark in marks().values()} == {MarkStatus.ABSENT, MarkStatus.PRESENT}


@pytest.fixture
def secret(world, everything, room):
    """A mark with everything a school must not read, put there by the coordinator, and one correction."""
    with everything() as session:
        seat = session.get(Enrolment, room.amina)
        day = session.get(CourseSession, room.today)
        mark = make_mark(
            seat,
            day,
            world.coordinator,
            status=MarkStatus.ABSENT,
            cause=Cause.OWN_ILLNESS,
            comment="HEMMELIGT",
        )
        return mark.id


def test_a_school_reads_illness_as_announced_and_no_words(world, login, room, secret, marks):
    teacher = login(world.teacher)
    path = f"/sessions/{room.today}/register"
    seen = [teacher.get(path).text, teacher.get(f"/marks/{secret}").text]
    clash = teacher.post(path, data=typed(room.amina, "present"), headers=JSON)
    seen += [clash.text, teacher.post(path, data=typed(room.amina, "present")).text]
    for text in seen:
        assert "HEMMELIGT" not in text
        assert "sygdom" not in text
        assert "illness" not in text
    assert f'name="announced_{room.amina}" value="1" checked' in seen[0]
    assert clash.json["conflicts"][0]["theirs"] == "fraværende, meldt afbud"
    back = typed(room.amina, "absent", version=1, announced="1")
    teacher.post(path, data=back)
    kept = marks()[room.amina]
    assert (kept.cause, kept.comment, kept.announced, kept.version) == (
        Cause.OWN_ILLNESS,
        "HEMMELIGT",
        False,
        1,
    )


def test_the_coordinator_reads_causes_and_the_history(world, login, room, secret):
    client = login(world.coordinator)
    assert "HEMMELIGT" in client.get(f"/sessions/{room.today}/register").text
    client.post(
        f"/sessions/{room.today}/register",
        data=typed(room.amina, "late", version=1, minutes="30", cause="own_illness", comment="Kom"),
    )
    page = client.get(f"/marks/{secret}")
    assert "fraværende, egen sygdom, »HEMMELIGT« → kom for sent, 30 minutter, egen sygdom, »Kom«" in page.text
    assert "Karen Koordinator" in page.text
    school = login(world.teacher).get(f"/marks/{secret}")
    assert "fraværende, meldt afbud → kom for sent, 30 minutter, meldt afbud" in school.text
    assert login(world.other_teacher).get(f"/marks/{secret}").status_code == 404


def test_a_register_that_is_not_open_says_why(world, login, room, clock, everything):
    client = login(world.teacher)
    future = client.get(f"/sessions/{room.next_week}/register")
    assert "Fremmødet kan registreres fra den dag" in future.text
    assert "Gem fremmøde" not in future.text
    clock.forward(days=9)
    locked = client.get(f"/sessions/{room.last_week}/register")
    assert "Bed koordinatoren om at låse det op" in locked.text
    refused = client.post(f"/sessions/{room.last_week}/register", data=typed(room.amina, "present"))
    assert refused.status_code == 422
    assert client.get(f"/sessions/{room.last_week}/unlocking").status_code == 404
    with everything() as session:
        session.get(CourseSession, room.today).cancelled = True
    assert "er aflyst" in client.get(f"/sessions/{room.today}/register").text


def test_the_coordinator_unlocks_with_a_reason(world, login, room, clock):
    client = login(world.coordinator)
    clock.forward(days=9)
    path = f"/sessions/{room.last_week}/unlocking"
    assert path in client.get(f"/sessions/{room.last_week}/register").text
    assert "Lås fremmødet op?" in client.get(path).text
    empty = client.post(path, data={"reason": " "})
    assert empty.status_code == 422
    assert "Feltet skal udfyldes" in empty.text
    page = client.post(path, data={"reason": "Papirlisten er fundet"}, follow_redirects=True)
    assert "Låst op af Karen Koordinator" in page.text
    assert "Papirlisten er fundet" in page.text
    assert "Gem fremmøde" in page.text


def test_the_list_of_registers_counts_what_was_taken(world, login, room):
    client = login(world.teacher)
    client.post(f"/sessions/{room.last_week}/register/rest", data={})
    client.post(f"/sessions/{room.today}/register", data=typed(room.amina, "late", minutes="135"))
    page = client.get(f"/course-runs/{room.run}/registers")
    assert "1 af 2" in page.text  # registers
    assert "delvist registreret" in page.text
    assert "kommer" in page.text
    assert "83" in page.text  # per cent of three marked times 270 minutes, 135 missed
    english = client.post("/language", data={"language": "en", "next": f"/course-runs/{room.run}/registers"})
    assert english.status_code in {302, 303}


def test_an_empty_register_says_what_to_do(world, login, everything):
    with everything() as session:
        run = make_run(world, weeks=1)
        day = session.scalar(select(CourseSession.id).where(CourseSession.course_run_id == run.id))
    assert "Ingen deltagere endnu" in login(world.coordinator).get(f"/sessions/{day}/register").text


def test_the_last_marks_and_absences_stand_beside_the_name(world, login, room, everything):
    with everything() as session:
        seat = session.get(Enrolment, room.amina)
        make_mark(seat, session.get(CourseSession, room.last_week), world.teacher, status=MarkStatus.ABSENT)
    page = login(world.teacher).get(f"/sessions/{room.today}/register")
    assert "1 fravær" in page.text
    assert 'aria-label="fraværende"' in page.text


def test_a_no_show_leads_the_coordinator_to_its_follow_up(world, login, room, everything):
    client = login(world.coordinator)
    client.post(f"/sessions/{room.today}/register", data=typed(room.amina, "absent"))
    with everything() as session:
        follow_up = session.scalar(select(FollowUp.id))
    assert f"/follow-ups/{follow_up}" in client.get(f"/sessions/{room.today}/register").text
