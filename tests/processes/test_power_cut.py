"""The power goes in the middle of saving: what was acknowledged is there, and nothing is there by half."""

from __future__ import annotations

import os
import signal
import threading
from collections import defaultdict
from itertools import count

import psycopg
import pytest
import sqlalchemy as sa
from werkzeug.datastructures import MultiDict

from coordination.db import db
from tests.html_forms import Fields, form_in
from tests.processes.conftest import wait_until
from tests.processes.people import NOT_REACHED
from tests.processes.registers import SEATS, check_register, make_registers, marked
from tests.separation.test_routes import everything_stored

pytestmark = pytest.mark.slow
ROUNDS = 3
SAVES_A_ROUND = 12


class Marker:
    """Someone who saves whole registers one after the other, and remembers which saves were acknowledged."""

    def __init__(self, person, sessions: list[int]) -> None:
        self.person, self.sessions = person, sessions
        self.numbers = count(1)
        self.sent: dict[int, list[int]] = defaultdict(list)
        self.acknowledged: dict[int, list[int]] = defaultdict(list)

    @property
    def count(self) -> int:
        return sum(map(len, self.acknowledged.values()))

    def save(self) -> int:
        number = next(self.numbers)
        session_id = self.sessions[number % len(self.sessions)]
        page = self.person.get(f"/sessions/{session_id}/register")
        form = page.form("/register")
        self.sent[session_id].append(number)
        answer = self.person.post(form.action, marked(form, number))
        assert answer.status == 302, answer.words
        self.acknowledged[session_id].append(number)
        return session_id

    def save_until_the_power_goes(self) -> None:
        try:
            while True:
                self.save()
        except NOT_REACHED:
            return


def check(session, world, marker: Marker) -> None:
    """Of each register the last acknowledged save stands, or the one that was under way."""
    for session_id in marker.sessions:
        standing = check_register(session, world, session_id)
        sent, acknowledged = marker.sent[session_id], marker.acknowledged[session_id]
        assert standing.number in {*acknowledged[-1:], *sent[-1:], 0}, "an acknowledged save is lost"
        assert standing.number >= max(acknowledged, default=0), "an acknowledged save is lost"
        if standing.number and standing.number not in acknowledged:
            acknowledged.append(standing.number)  # it was saved, only nobody heard the answer
        assert standing.saves == len(acknowledged)


UNDER_WAY = """SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND usename = 'app' AND xact_start IS NOT NULL"""


def settled(cluster) -> bool:
    """Whether the database has done what the dead processes last told it; a server outlives its clients."""
    if not cluster.app_url.startswith("postgresql"):
        return True
    with psycopg.connect(cluster.superuser_url.replace("+psycopg", "")) as boss:
        return boss.execute(UNDER_WAY).fetchone() == (0,)


def test_killing_the_web_process_loses_no_acknowledged_mark_and_leaves_no_half_register(
    world, everything, cluster, served, sit_down
):
    with everything():
        sessions = make_registers(world, days=12)
    people = [world.teacher, world.coordinator, world.teacher, world.coordinator]
    markers = [Marker(sit_down(person), sessions[place::4]) for place, person in enumerate(people)]
    for _round in range(ROUNDS):
        already = sum(marker.count for marker in markers)
        threads = [threading.Thread(target=marker.save_until_the_power_goes) for marker in markers]
        for thread in threads:
            thread.start()
        wanted = already + SAVES_A_ROUND
        wait_until(lambda: sum(marker.count for marker in markers) >= wanted, "saving")  # noqa: B023
        served.web.kill()
        for thread in threads:
            thread.join()
        wait_until(lambda: settled(cluster), "what the database had already been told")
        with everything() as session:
            for marker in markers:
                check(session, world, marker)
        served.start_web()
    for marker in markers:
        saved = marker.save()
        with everything() as session:
            assert check_register(session, world, saved).number == marker.sent[saved][-1]


def cut_at(step: int, client, path: str, fields: Fields) -> bool:
    """Send a form in a process of its own that dies before its n-th step in the database; True if it died."""
    db.engine.dispose()
    child = os.fork()
    if not child:
        status = 1
        try:
            steps = count()

            def die(*_: object) -> None:
                if next(steps) == step:
                    os.kill(os.getpid(), signal.SIGKILL)

            sa.event.listen(db.engine, "before_cursor_execute", die)
            sa.event.listen(db.engine, "commit", die)
            sa.event.listen(db.session, "after_commit", die)
            status = 0 if client.post(path, data=MultiDict(fields)).status_code == 302 else 2
        finally:
            os._exit(status)
    _pid, ended = os.waitpid(child, 0)
    assert not os.WIFEXITED(ended) or os.WEXITSTATUS(ended) == 0
    return os.WIFSIGNALED(ended)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_between_any_two_statements_a_save_is_there_as_a_whole_or_not_at_all(
    world, everything, login, application
):
    with everything():
        (first, second) = make_registers(world, days=2)
    client = login(world.coordinator)
    path = f"/sessions/{first}/register"
    fields = marked(form_in(client.get(path).text, path), 1)
    before = everything_stored()
    cuts = 0
    while cut_at(cuts, client, path, fields) and everything_stored() == before:
        cuts += 1
    assert cuts > 10 + SEATS
    with everything() as session:
        assert check_register(session, world, first).number == 1
        assert check_register(session, world, second).number == 0
