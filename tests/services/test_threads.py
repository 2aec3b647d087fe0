"""Threads with a database: who gets which letter, who may read and settle, what the clock recalls."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest
from sqlalchemy import select

from coordination.db import db
from coordination.domain.actors import Role
from coordination.domain.errors import Invalid, NotFound, Refused
from coordination.domain.nominations import NominationState
from coordination.domain.threads import Message
from coordination.models import AuditEntry, Letter, Mention, Nomination, ThreadMessage
from coordination.queries import threads as queries
from coordination.queries.today import start_page, waiting_count
from coordination.services import threads
from tests.factories import make_candidate, make_nomination, make_user

TODAY = date(2026, 11, 23)


class People(NamedTuple):
    candidate: int
    nomination: int
    draft: int
    colleague: int


@pytest.fixture
def people(world, everything):
    """A candidate in the pool, one nobody has sent there yet, and a colleague of the caseworker."""
    with everything():
        shared = make_candidate(world.municipality, world.caseworker, name="Amina Ali")
        nomination = make_nomination(shared, (world.kitchen,))
        draft = make_candidate(world.municipality, world.caseworker, name="Bo Berg")
        make_nomination(draft, (world.kitchen,), state=NominationState.DRAFT, submitted_at=None)
        colleague = make_user("x", Role.JOBCENTER, "Merete Medhjælp", jobcenter_id=world.municipality)
        return People(shared.id, nomination.id, draft.id, colleague.id)


@pytest.fixture
def stored(everything):
    def rows(model):
        with everything() as session:
            return session.scalars(select(model).order_by(model.id)).all()

    return rows


@pytest.fixture
def write(act, clock):
    def send(actor, candidate_id, text="Ring til hende", **given):
        with act(actor):
            mentioned = frozenset(given.pop("mentioned", ()))
            message = Message(text, mentioned=mentioned, **given)
            threads.write(actor, candidate_id, message, now=clock())

    return send


def asked(user_id, day=TODAY):
    return {"handed_to": user_id, "due_on": day}


def test_each_one_named_gets_a_letter_without_text_and_name(world, people, write, stored):
    coordinator, me = world.coordinator.user_id, world.caseworker.user_id
    write(world.caseworker, people.candidate, mentioned={coordinator, people.colleague, me})
    letters = stored(Letter)
    assert {(row.letter, row.recipient_id) for row in letters} == {
        ("thread_mention", coordinator),
        ("thread_mention", people.colleague),
    }
    assert all(row.facts == {"candidate_id": people.candidate} for row in letters)
    assert {row.user_id: row.seen_at is not None for row in stored(Mention)} == {
        coordinator: False,
        people.colleague: False,
        me: True,
    }
    (entry,) = stored(AuditEntry)
    assert (entry.deed, entry.facts) == (
        "threads.write",
        {"mentioned": 3, "handed_over": False, "private": False},
    )


def test_a_hand_over_waits_until_it_is_marked_as_done(world, people, write, act, stored, now):
    write(world.caseworker, people.candidate, **asked(world.coordinator.user_id))
    (letter,) = stored(Letter)
    assert (letter.letter, letter.facts["due"]) == ("thread_handed_over", "2026-11-23")
    (message,) = stored(ThreadMessage)
    with act(world.coordinator):
        (row,) = start_page(world.coordinator, TODAY).handed
        assert (row.name, row.by, row.due_on) == ("Amina Ali", "Jens Jobcenter", TODAY)
        assert waiting_count(world.coordinator, TODAY) == 1
        assert threads.settle(world.coordinator, message.id, now=now) == people.candidate
        assert waiting_count(world.coordinator, TODAY) == 0
    with act(world.coordinator), pytest.raises(Refused, match=r"thread\.done"):
        threads.settle(world.coordinator, message.id, now=now)
    with act(world.caseworker):
        threads.reopen(world.caseworker, message.id, now=now)
        (row,) = queries.thread_page(world.caseworker, people.candidate, TODAY).messages
        assert row.is_open


def test_a_mention_waits_until_it_is_seen_or_answered(world, people, write, act, now):
    def waits(actor):
        with act(actor):
            return len(start_page(actor, TODAY).mentioned)

    write(world.caseworker, people.candidate, mentioned={world.coordinator.user_id})
    write(world.caseworker, people.candidate, mentioned={world.coordinator.user_id})
    assert waits(world.coordinator) == 1
    with act(world.coordinator):
        assert queries.thread_page(world.coordinator, people.candidate, TODAY).unseen == 2
        threads.see(world.coordinator, people.candidate, now=now)
    assert waits(world.coordinator) == 0
    write(world.coordinator, people.candidate, mentioned={world.caseworker.user_id})
    assert waits(world.caseworker) == 1
    write(world.caseworker, people.candidate, "Tak")
    assert waits(world.caseworker) == 0


def test_what_is_private_stays_in_the_jobcenter(world, people, write, act, stored, now):
    write(world.caseworker, people.candidate, "Til os", private=True, **asked(people.colleague))
    write(world.caseworker, people.candidate, "Til alle")
    private, _open = stored(ThreadMessage)
    with act(world.coordinator):
        page = queries.thread_page(world.coordinator, people.candidate, TODAY)
        assert [row.text for row in page.messages] == ["Til alle"]
        with pytest.raises(NotFound):
            threads.settle(world.coordinator, private.id, now=now)
        assert db.session.scalars(select(ThreadMessage.text)).all() == ["Til alle"], "the guard hides it too"
    with act(world.caseworker):
        page = queries.thread_page(world.caseworker, people.candidate, TODAY)
        assert [row.text for row in page.messages] == ["Til os", "Til alle"]
    with pytest.raises(Invalid):
        write(world.caseworker, people.candidate, private=True, mentioned={world.coordinator.user_id})


def test_nobody_is_named_who_may_not_read_it(world, people, write):
    for stranger in (world.other_caseworker, world.far_coordinator, world.teacher, world.leader, world.admin):
        with pytest.raises(Invalid) as refused:
            write(world.caseworker, people.candidate, mentioned={stranger.user_id})
        assert set(refused.value.errors) == {"mentioned"}
    with pytest.raises(Invalid):
        write(world.caseworker, people.draft, mentioned={world.coordinator.user_id})
    write(world.caseworker, people.draft, mentioned={people.colleague})


def test_a_candidate_out_of_reach_has_no_thread(world, people, write, act):
    for actor, candidate in (
        (world.coordinator, people.draft),
        (world.other_caseworker, people.candidate),
        (world.far_coordinator, people.candidate),
    ):
        with act(actor), pytest.raises(NotFound):
            queries.thread_page(actor, candidate, TODAY)
        with pytest.raises(NotFound):
            write(actor, candidate)


def test_the_clock_recalls_what_is_late_once_a_week_in_one_letter(world, people, write, everything, clock):
    def remind():
        with everything() as session:
            threads.remind(now=clock())
            found = session.scalars(select(Letter).where(Letter.letter == "thread_overdue")).all()
            return [(row.recipient_id, row.facts["count"]) for row in found]

    write(world.caseworker, people.candidate, **asked(world.coordinator.user_id))
    write(world.caseworker, people.candidate, **asked(world.coordinator.user_id))
    assert remind() == []
    clock.forward(days=1)
    once = [(world.coordinator.user_id, 2)]
    assert remind() == remind() == once
    clock.forward(days=7)
    assert remind() == [*once, *once]


def test_the_clock_tells_nobody_who_may_no_longer_read_it(world, people, write, everything, clock):
    write(world.caseworker, people.candidate, **asked(world.coordinator.user_id))
    with everything() as session:
        session.get(Nomination, people.nomination).basis_withdrawn_at = clock()
    clock.forward(days=2)
    with everything() as session:
        threads.remind(now=clock())
        assert "thread_overdue" not in session.scalars(select(Letter.letter)).all()
