"""Clocks are killed while they send and while they lead: no letter is lost, no tick is done twice."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from coordination import outbox
from coordination.jobs.clock import tick
from coordination.jobs.timetable import TIMETABLE, EveryMinute, Job
from coordination.models import JobRun, Letter, LetterState, User
from tests.conftest import MONDAY
from tests.processes.conftest import settings, wait_until
from tests.served import serve

pytestmark = pytest.mark.slow
LETTERS = 60
LEADS = "clock_leads"
AFTER_THE_LEASE = MONDAY + timedelta(minutes=6)


class SlowServer:
    """A mail server that takes its time between keeping a letter and saying so."""

    def __init__(self) -> None:
        self.pause = 0.0
        self.got: dict[str, list[str]] = defaultdict(list)

    @property
    def count(self) -> int:
        return sum(map(len, self.got.values()))

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 (the library's name)
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.got[message["Message-ID"]].append(
            f"{message['To']} {message['Subject']} {message.get_content()}"
        )
        await asyncio.sleep(self.pause)
        return "250 OK"


@pytest.fixture
def mail_server():
    handler = SlowServer()
    with socket.create_server(("127.0.0.1", 0)) as free:
        handler.port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    yield handler
    controller.stop()


@pytest.fixture
def clocks(app, cluster, tmp_path, mail_server):
    """The product without its web server: `clocks.start_clock()` starts one more clock."""
    url = {"COORDINATION_SMTP_URL": f"smtp://127.0.0.1:{mail_server.port}"}
    with serve(settings(cluster, tmp_path, **url), tmp_path, MONDAY, workers=0, clocks=0) as running:
        yield running


def queue(everything, world, count: int) -> None:
    with everything() as session:
        users = [session.get(User, world.caseworker.user_id), session.get(User, world.teacher.user_id)]
        for number in range(count // 2):
            facts = {"hours": 4, "secret_link": f"https://x.example/{number}"}
            outbox.queue("reset_password", users, now=MONDAY, **facts)


def letters(everything) -> list[Letter]:
    with everything() as session:
        return list(session.scalars(select(Letter)).all())


def all_sent(everything) -> bool:
    return {letter.state for letter in letters(everything)} == {LetterState.SENT}


def test_killing_the_clock_while_it_sends_loses_no_letter_and_doubles_only_the_one_in_its_hand(
    world, everything, clocks, mail_server
):
    queue(everything, world, LETTERS)
    mail_server.pause = 0.1
    first = clocks.start_clock()
    wait_until(lambda: mail_server.count >= LETTERS // 4, "sending")
    first.kill()
    taken = mail_server.count
    assert taken < LETTERS
    mail_server.pause = 0.0
    clocks.clock.set(AFTER_THE_LEASE)
    clocks.start_clock()
    wait_until(lambda: all_sent(everything), "sending the rest")
    rows = {letter.message_id: letter for letter in letters(everything)}
    assert set(mail_server.got) == set(rows)
    doubled = {key: texts for key, texts in mail_server.got.items() if len(texts) > 1}
    assert len(doubled) <= 1
    assert all(len(texts) == 2 and len(set(texts)) == 1 for texts in doubled.values())
    assert all(letter.leased_until is None and "secret_link" not in letter.facts for letter in rows.values())


def test_one_of_two_clocks_leads_and_the_other_takes_over_and_catches_up(
    world, everything, clocks, mail_server
):
    queue(everything, world, 10)
    both = [clocks.start_clock(), clocks.start_clock()]
    wait_until(lambda: all_sent(everything), "sending")
    (leader,) = [started for started in both if LEADS in started.said()]
    (waiting,) = [started for started in both if started is not leader]
    wait_until(lambda: len(ended_ticks(everything)) == len(TIMETABLE), "the first day's work")
    queue(everything, world, 10)
    with waiting.standing_still():  # or it might lead before the next day has come
        leader.kill()
        clocks.clock.set(MONDAY + timedelta(days=1, minutes=1))
    wait_until(lambda: LEADS in waiting.said(), "taking over")
    wait_until(lambda: len(ended_ticks(everything)) == 2 * len(TIMETABLE), "catching up")
    assert all_sent(everything)
    assert Counter(map(len, mail_server.got.values())) == {1: 20}
    assert set(Counter(ended_ticks(everything)).values()) == {2}


def ended_ticks(everything) -> list[str]:
    """The name of the job of every tick that ended well."""
    with everything() as session:
        return list(session.scalars(select(JobRun.job).where(JobRun.ended_at.is_not(None))))


def test_a_tick_that_many_clocks_want_is_done_by_one(application, everything, clock):
    done: list[int] = []
    job = Job("test.count", EveryMinute(), lambda _edge: done.append(threading.get_ident()))
    start = threading.Barrier(8)

    def try_it(_number: int) -> bool:
        start.wait()
        return tick(application, job)

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(try_it, range(8))) == [False] * 7 + [True]
    assert len(done) == 1
    clock.forward(minutes=1)
    assert tick(application, job)
    assert not tick(application, job)
    assert len(done) == 2
    with everything() as session:
        assert len(session.scalars(select(JobRun).where(JobRun.job == job.name)).all()) == 2
