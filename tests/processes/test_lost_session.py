"""The login is gone while somebody types: nothing is saved, nothing is lost, no stranger gets anything."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from coordination.models import Mark, User
from tests.processes.people import Person
from tests.processes.registers import SEATS, check_register, make_registers, marked

STRANGERS = ("https://fremmed.example", "null", "http://127.0.0.1.fremmed.example", "")


@pytest.fixture
def register(world, everything):
    """The address of a register nobody has taken."""
    with everything():
        (session_id,) = make_registers(world, days=1)
    return f"/sessions/{session_id}/register"


@pytest.fixture
def typing(world, sit_down, register):
    """A teacher with a register filled in and not yet sent: the person, and the fields."""
    teacher = sit_down(world.teacher)
    return teacher, marked(teacher.get(register).form(register), 7)


def marks_in(everything, register: str) -> int:
    with everything() as session:
        found = select(Mark.id).where(Mark.session_id == int(register.split("/")[2]))
        return len(session.scalars(found).all())


def cookie_gone(person: Person, _world, _everything) -> None:
    person.cookies.clear()


def cookie_garbled(person: Person, _world, _everything) -> None:
    person.cookies["session"] = f"x{person.cookies['session']}"


def logged_out_in_another_tab(person: Person, _world, _everything) -> None:
    answer = person.post("/logout", person.get("/").form("/logout").fields)
    assert answer.status == 302


def password_changed_elsewhere(_person: Person, world, everything) -> None:
    with everything() as session:
        session.get(User, world.teacher.user_id).fs_uniquifier = "a-new-one"


LOSSES = (cookie_gone, cookie_garbled, logged_out_in_another_tab, password_changed_elsewhere)


@pytest.mark.parametrize("lose", LOSSES, ids=lambda lose: lose.__name__)
def test_what_was_typed_comes_back_and_is_saved_after_a_new_login(world, everything, typing, register, lose):
    teacher, typed = typing
    lose(teacher, world, everything)
    answer = teacher.post(register, typed)
    assert answer.status in {400, 401}
    assert what_was_typed(answer.form(register).fields) == what_was_typed(typed)
    still_out = teacher.post(register, answer.form(register).fields)
    assert still_out.status == 401
    assert "Log ind" in still_out.words
    again = still_out.form(register)
    assert what_was_typed(again.fields) == what_was_typed(typed)
    assert marks_in(everything, register) == 0
    teacher.log_in(world.teacher)
    saved = teacher.post(again.action, again.fields)
    assert saved.status == 302
    with everything() as session:
        assert check_register(session, world, int(register.split("/")[2])).number == 7


def what_was_typed(fields):
    return sorted((name, value) for name, value in fields if name != "csrf_token")


def test_a_script_is_told_in_its_own_words_and_gets_a_token_to_go_on_with(
    world, everything, typing, register
):
    teacher, typed = typing
    teacher.cookies.clear()
    answer = teacher.post(register, typed, Accept="application/json")
    assert answer.status == 400
    token = json.loads(answer.text)["csrf_token"]
    with_token = [("csrf_token", token), *what_was_typed(typed)]
    out = teacher.post(register, with_token, Accept="application/json")
    assert out.status == 401
    assert "status_" not in out.text
    teacher.log_in(world.teacher)
    fresh = teacher.get(register).form(register).fields
    token = next(field for field in fresh if field[0] == "csrf_token")
    saved = teacher.post(register, [token, *what_was_typed(typed)], Accept="application/json")
    assert saved.status == 200
    assert len(json.loads(saved.text)["rows"]) == SEATS


@pytest.mark.parametrize("origin", STRANGERS)
@pytest.mark.parametrize("kind", ["text/html", "application/json"])
@pytest.mark.parametrize("logged_in", [True, False])
def test_a_form_from_a_foreign_page_gets_neither_token_nor_text(
    everything, typing, register, origin, kind, logged_in
):
    teacher, typed = typing
    token = dict(typed)["csrf_token"]
    if not logged_in:
        teacher.cookies.clear()
    headers = {"Origin": origin, "Referer": f"{origin}/lokkemad", "Accept": kind}
    answer = teacher.post(register, what_was_typed(typed), **headers)
    assert answer.status == 400
    assert "csrf" not in answer.text
    assert token not in answer.text
    assert "save 7" not in answer.text
    assert marks_in(everything, register) == 0
