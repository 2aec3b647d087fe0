"""Letters that were given up go back in line; the rest stay where they are."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from coordination import outbox
from coordination.domain.errors import Refused
from coordination.domain.letters import LetterState
from coordination.models import Letter, User
from coordination.queries.letters import LetterFilter, detail_page, overview_page
from coordination.services.letters import send_again


@pytest.fixture
def letter(world, everything, now):
    with everything() as session:
        outbox.queue(
            "reset_password",
            [session.get(User, world.teacher.user_id)],
            now=now,
            secret_link="https://forloeb.example/reset/hemmelig",
            hours=4,
        )
    with everything() as session:
        row = session.scalars(sa.select(Letter)).one()
        row.state, row.attempts, row.error = LetterState.FAILED, 6, "550 no such user"
        return row.id


def test_what_was_given_up_goes_back_in_line(world, act, everything, clock, letter):
    clock.forward(hours=3)
    with act(world.admin):
        send_again(world.admin, letter, now=clock())
    with everything() as session:
        row = session.get(Letter, letter)
        assert (row.state, row.attempts, row.error, row.due_at) == (LetterState.QUEUED, 0, "", clock())
    with pytest.raises(Refused, match=r"letter\.not_failed"), act(world.admin):
        send_again(world.admin, letter, now=clock())


def test_the_page_shows_the_text_without_the_secret(world, act, letter):
    with act(world.admin):
        page = detail_page(world.admin, letter, "https://forloeb.example", "[skjult]")
    assert page.text.subject == "Vælg en ny adgangskode"
    assert "[skjult]" in page.text.body
    assert "hemmelig" not in repr(page)


def test_letters_are_found_by_reader_state_and_kind(world, act, letter):
    def found(**chosen) -> int:
        with act(world.admin):
            return overview_page(world.admin, LetterFilter(**chosen)).total

    assert found() == found(search="lise") == found(state=LetterState.FAILED) == 1
    assert found(letter="reset_password", user_id=world.teacher.user_id) == 1
    assert found(search="karen") == found(state=LetterState.SENT) == found(letter="invitation") == 0
