"""Letters leave the outbox through a real mail server, once, and what went wrong is written down."""

from __future__ import annotations

import email
import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from jinja2 import DictLoader
from sqlalchemy import select

from coordination import outbox
from coordination.adapters import letters
from coordination.adapters.mail import Post
from coordination.db import db
from coordination.domain.actors import Language
from coordination.jobs.clock import tick
from coordination.jobs.edge import Edge
from coordination.jobs.timetable import TIMETABLE, Daily, EveryMinutes
from coordination.models import JobRun, Letter, LetterState, User
from coordination.services.mailing import claim_letters, send_letters


class Server:
    """A mail server that keeps what it gets and says what it is told to say."""

    def __init__(self) -> None:
        self.answer = "250 OK"
        self.got: list[email.message.EmailMessage] = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 (the library's name)
        if self.answer.startswith("250"):
            self.got.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return self.answer


@pytest.fixture
def server():
    handler = Server()
    with socket.create_server(("127.0.0.1", 0)) as free:
        handler.port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    yield handler
    controller.stop()


@pytest.fixture
def post(server, tmp_path):
    return Post(f"smtp://127.0.0.1:{server.port}", "fra@example.org", tmp_path)


@pytest.fixture
def queued(world, everything, now):
    with everything() as session:
        user = session.get(User, world.caseworker.user_id)
        outbox.queue("test_letter", [user], now=now, run_title="Køkkenhold", path="/course-runs/1")
    return user.email


@pytest.fixture(autouse=True)
def template(tmp_path, monkeypatch):
    """A letter of the test's own, so that the product's wording may change freely."""
    texts = {"test_letter.da.txt": "Subject: Nyt om {{ run_title }}\n\nSe {{ base_url }}{{ path }}\n"}
    monkeypatch.setattr(letters._ENVIRONMENT, "loader", DictLoader(texts))


def letter_row(everything):
    with everything() as session:
        return session.scalars(select(Letter)).one()


def test_a_letter_goes_out_once(queued, server, post, everything, now):
    for _ in range(2):
        assert send_letters(everything, post, "https://x.example", now=now) == 0
    assert [mail["To"] for mail in server.got] == [queued]
    assert server.got[0]["Subject"] == "Nyt om Køkkenhold"
    assert "https://x.example/course-runs/1" in server.got[0].get_content()
    assert letter_row(everything).state is LetterState.SENT


def test_a_refusal_is_written_down_and_tried_again_later(queued, server, post, everything, now):
    server.answer = "451 try later"
    send_letters(everything, post, "", now=now)
    letter = letter_row(everything)
    assert (letter.state, letter.attempts) == (LetterState.QUEUED, 1)
    assert "451" in letter.error
    server.answer = "250 OK"
    send_letters(everything, post, "", now=now)
    assert server.got == []
    send_letters(everything, post, "", now=now + timedelta(minutes=2))
    assert len(server.got) == 1


def test_no_server_at_all_is_an_error_in_words_and_gives_up_in_the_end(queued, post, server, everything, now):
    deaf = Post("smtp://127.0.0.1:1", "fra@example.org", post.folder)
    for day in range(7):
        send_letters(everything, deaf, "", now=now + timedelta(days=day))
    letter = letter_row(everything)
    assert letter.state is LetterState.FAILED
    assert "Refused" in letter.error


def test_two_senders_never_claim_the_same_letter(queued, everything, now):
    with everything():
        assert len(claim_letters(now=now)) == 1
    with everything():
        assert claim_letters(now=now) == []
    with everything():
        assert len(claim_letters(now=now + timedelta(minutes=6))) == 1


def test_without_a_server_the_letter_is_a_file(queued, tmp_path, everything, now):
    send_letters(everything, Post("", "fra@example.org", tmp_path / "mail"), "", now=now)
    (file,) = (tmp_path / "mail").iterdir()
    assert email.message_from_bytes(file.read_bytes())["To"] == queued
    assert letter_row(everything).state is LetterState.WRITTEN


def test_a_letter_that_cannot_be_written_fails_alone(queued, world, server, post, everything, now):
    with everything() as session:
        outbox.queue("no_such_letter", [session.get(User, world.teacher.user_id)], now=now)
    send_letters(everything, post, "", now=now)
    assert len(server.got) == 1


def test_secrets_are_wiped_once_the_letter_is_out(world, server, post, everything, now):
    with everything() as session:
        user = session.get(User, world.caseworker.user_id)
        outbox.queue("test_letter", [user], now=now, run_title="x", path="/", secret_link="https://hemmelig")
    send_letters(everything, post, "", now=now)
    assert "secret_link" not in letter_row(everything).facts


def test_the_person_who_acted_and_closed_accounts_get_no_letter(world, everything, now):
    with everything() as session:
        actor, closed = (session.get(User, person.user_id) for person in (world.caseworker, world.teacher))
        closed.active = False
        outbox.queue("test_letter", [actor, closed], now=now, besides=actor.id)
        session.flush()
        assert session.scalars(select(Letter)).all() == []


def test_each_reader_gets_the_own_language(world, everything, now):
    with everything() as session:
        user = session.get(User, world.caseworker.user_id)
        user.language = Language.ENGLISH
        outbox.queue("test_letter", [user], now=now)
    assert letter_row(everything).language is Language.ENGLISH


@pytest.mark.sqlite
def test_a_job_every_five_minutes_is_due_on_the_full_five(now):
    assert EveryMinutes(5).due(now.replace(minute=9, second=59)) == now.replace(minute=5)
    assert EveryMinutes(5).due(now.replace(minute=10)) == now.replace(minute=10)


def test_a_tick_is_done_once_and_a_failed_one_again(app, everything, clock):
    done: list[str] = []
    job = TIMETABLE[0].__class__("test.job", Daily(4), lambda _edge: done.append("ran") or 3)
    assert tick(app, job)
    assert not tick(app, job)
    broken = TIMETABLE[0].__class__("test.broken", Daily(4), lambda _edge: 1 / 0)
    assert not tick(app, broken)
    mended = TIMETABLE[0].__class__("test.broken", Daily(4), lambda _edge: None)
    assert tick(app, mended)
    clock.forward(days=1)
    assert tick(app, job)
    assert done == ["ran", "ran"]
    with everything() as session:
        backlogs = session.scalars(select(JobRun.backlog).where(JobRun.job == "test.job")).all()
    assert backlogs == [3, 3]


def test_one_clock_leads(app, application):
    first, second = Edge(application).leadership(), Edge(application).leadership()
    assert first.take()
    assert not second.take()
    assert first.held()
    for _ in range(20):  # who gives up lets the other lead at once, not when the server gets round to it
        first.give_up()
        assert second.take()
        first, second = second, first
    first.give_up()
    db.session.rollback()
