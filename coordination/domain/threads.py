"""The thread about a candidate: what may be written, who may be named in it, and what is left to do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from coordination.domain.actors import Role
from coordination.domain.errors import Invalid, Refused
from coordination.domain.texts import problem_in, tidy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordination.domain.errors import Problem

TEXT_MOST = 2000
DUE_AHEAD = timedelta(days=365)
REMIND_AGAIN = timedelta(days=7)


@dataclass(frozen=True)
class Message:
    """What somebody writes; people are ids of users, `handed_to` is the one who is asked to act."""

    text: str
    private: bool = False
    mentioned: frozenset[int] = frozenset()
    handed_to: int | None = None
    due_on: date | None = None


def settle_message(given: Message, writer: Role, partners: Mapping[int, Role], today: date) -> Message:
    """The message as it is stored; Invalid beside each field that cannot be used.

    `partners` are the people who may read the thread. A private message stays within the jobcenter, so it
    names no coordinator; who is asked to act needs no mention besides.
    """
    settled = replace(
        given,
        text=tidy(given.text),
        mentioned=given.mentioned - {given.handed_to},
    )
    checked = {
        "text": problem_in(settled.text, TEXT_MOST, needed=True),
        "private": _private_problem(settled, writer),
        "mentioned": _people_problem(settled.mentioned, settled, partners),
        "handed_to": _people_problem(_asked(settled), settled, partners),
        "due_on": _due_problem(settled, today),
    }
    if errors := {field: problem for field, problem in checked.items() if problem}:
        raise Invalid(errors)
    return settled


def _asked(given: Message) -> frozenset[int]:
    return frozenset() if given.handed_to is None else frozenset({given.handed_to})


def _private_problem(given: Message, writer: Role) -> Problem | None:
    return ("thread.private", {}) if given.private and writer is not Role.JOBCENTER else None


def _people_problem(named: frozenset[int], given: Message, partners: Mapping[int, Role]) -> Problem | None:
    if not named <= set(partners):
        return "thread.person", {}
    if given.private and any(partners[user_id] is Role.COORDINATOR for user_id in named):
        return "thread.private_to_coordinator", {}
    return None


def _due_problem(given: Message, today: date) -> Problem | None:
    if given.handed_to is None:
        return ("thread.due_without_person", {}) if given.due_on else None
    if given.due_on is None:
        return "thread.due_missing", {}
    if not today <= given.due_on <= today + DUE_AHEAD:
        return "thread.due", {"days": DUE_AHEAD.days}
    return None


def check_settling(*, handed_over: bool, done: bool) -> None:
    """Refused("thread.nothing_asked") for a message that asks nobody, "thread.done" for what is done."""
    if not handed_over:
        raise Refused("thread.nothing_asked")
    if done:
        raise Refused("thread.done")


def check_reopening(*, handed_over: bool, done: bool) -> None:
    """Refused("thread.nothing_asked") for a message that asks nobody, "thread.open" for what is open."""
    if not handed_over:
        raise Refused("thread.nothing_asked")
    if not done:
        raise Refused("thread.open")


def needs_reminder(due_on: date, reminded_on: date | None, today: date) -> bool:
    """True once the day has passed, and again each week until it is done."""
    return due_on < today and (reminded_on is None or reminded_on + REMIND_AGAIN <= today)
