"""Threads decided bare: what may be written, whom it may name, by which day, and when to remind."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.domain.actors import Role
from coordination.domain.errors import Invalid, Refused
from coordination.domain.threads import (
    TEXT_MOST,
    Message,
    check_reopening,
    check_settling,
    needs_reminder,
    settle_message,
)

TODAY = date(2026, 11, 23)
JENS, MERETE, KAREN, STRANGER = 1, 2, 3, 9
PARTNERS = {JENS: Role.JOBCENTER, MERETE: Role.JOBCENTER, KAREN: Role.COORDINATOR}


def settle(writer: Role = Role.JOBCENTER, **given) -> Message:
    return settle_message(Message(**{"text": "Ring til ham", **given}), writer, PARTNERS, TODAY)


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"text": " \n "}, "text", "text.missing"),
        ({"text": "x" * (TEXT_MOST + 1)}, "text", "text.too_long"),
        ({"text": "a\x00b"}, "text", "text.control"),
        ({"mentioned": frozenset({STRANGER})}, "mentioned", "thread.person"),
        ({"handed_to": STRANGER, "due_on": TODAY}, "handed_to", "thread.person"),
        ({"private": True, "mentioned": frozenset({KAREN})}, "mentioned", "thread.private_to_coordinator"),
        (
            {"private": True, "handed_to": KAREN, "due_on": TODAY},
            "handed_to",
            "thread.private_to_coordinator",
        ),
        ({"handed_to": MERETE}, "due_on", "thread.due_missing"),
        ({"due_on": TODAY}, "due_on", "thread.due_without_person"),
        ({"handed_to": MERETE, "due_on": TODAY - timedelta(days=1)}, "due_on", "thread.due"),
        ({"handed_to": MERETE, "due_on": TODAY + timedelta(days=366)}, "due_on", "thread.due"),
    ],
)
def test_what_cannot_be_written_is_told_beside_its_field(given, field, code):
    with pytest.raises(Invalid) as refused:
        settle(**given)
    assert {name: problem[0] for name, problem in refused.value.errors.items()} == {field: code}


def test_only_the_jobcenter_keeps_something_to_itself():
    assert settle(private=True, mentioned=frozenset({MERETE})).private
    with pytest.raises(Invalid) as refused:
        settle(Role.COORDINATOR, private=True)
    assert set(refused.value.errors) == {"private"}


def test_who_is_asked_to_act_needs_no_mention_besides():
    settled = settle(text=" Ring\r\n", mentioned=frozenset({KAREN, MERETE}), handed_to=KAREN, due_on=TODAY)
    assert settled == Message("Ring", mentioned=frozenset({MERETE}), handed_to=KAREN, due_on=TODAY)


@given(
    st.builds(
        Message,
        st.text(max_size=30),
        st.booleans(),
        st.frozensets(st.integers(0, 10)),
        st.none() | st.integers(0, 10),
        st.none() | st.dates(),
    ),
    st.sampled_from(Role),
)
def test_no_message_raises_anything_but_its_errors(message, writer):
    try:
        settled = settle_message(message, writer, PARTNERS, TODAY)
    except Invalid:
        return
    assert settled.text
    assert settled.mentioned <= set(PARTNERS)
    assert (settled.handed_to is None) == (settled.due_on is None)


def test_only_what_was_asked_for_is_done_or_not_done_after_all():
    check_settling(handed_over=True, done=False)
    check_reopening(handed_over=True, done=True)
    for check, facts, code in (
        (check_settling, {"handed_over": False, "done": False}, "thread.nothing_asked"),
        (check_settling, {"handed_over": True, "done": True}, "thread.done"),
        (check_reopening, {"handed_over": False, "done": False}, "thread.nothing_asked"),
        (check_reopening, {"handed_over": True, "done": False}, "thread.open"),
    ):
        with pytest.raises(Refused) as refused:
            check(**facts)
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("late", "reminded", "needed"),
    [(0, None, False), (1, None, True), (2, 1, False), (7, 6, False), (8, 7, True), (30, 3, False)],
)
def test_a_day_that_has_passed_is_called_to_mind_each_week(late, reminded, needed):
    told = TODAY - timedelta(days=reminded) if reminded is not None else None
    assert needs_reminder(TODAY - timedelta(days=late), told, TODAY) is needed
