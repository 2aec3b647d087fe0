"""Something breaks on our side: a calm page with a number that is in the log, and no word about a person."""

from __future__ import annotations

import json
import re

import psycopg
import pytest

from app import create_app
from config import settings_from
from coordination.db import db
from coordination.models import Candidate
from coordination.queries import today
from tests.conftest import environ
from tests.processes.conftest import settings, wait_until
from tests.served import serve

NAME = "Navnemærke Hemmelig"
NOWHERE = ("sqlite:////nowhere/at/all.sqlite3", "postgresql+psycopg://app@127.0.0.1:1/nowhere")


def broken_code(*_given, **_named):
    try:
        int(NAME)
    except ValueError as error:
        raise RuntimeError(f"{NAME} 010190-1234") from error


def broken_row(actor, *_given, **_named):
    (municipality_id,) = actor.municipalities
    db.session.add(Candidate(municipality_id=municipality_id, name=NAME, caseworker_id=actor.user_id))
    db.session.flush()


@pytest.mark.parametrize("fault", [broken_code, broken_row])
def test_the_page_shows_a_number_and_the_log_has_it_without_a_word_about_anybody(
    world, login, monkeypatch, capsys, fault
):
    client = login(world.caseworker)
    with monkeypatch.context() as broken:
        broken.setattr(today, "start_page", fault)
        page = client.get("/")
        by_script = client.get("/", headers={"Accept": "application/json"})
    assert page.status_code == by_script.status_code == 500
    assert "Det er vores fejl, ikke din" in page.text
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["reference"] for line in lines] == [number_on(page.text), by_script.json["reference"]]
    assert lines[0]["endpoint"] == "today.start"
    assert any(place.endswith(fault.__name__) for place in lines[0]["exception"][0]["places"])
    told = page.text + by_script.text + json.dumps(lines, ensure_ascii=False)
    assert "Hemmelig" not in told
    assert "010190" not in told
    assert client.get("/").status_code == 200


def number_on(text: str) -> str:
    (number,) = re.findall(r"<code>([0-9A-F]{8})</code>", text)
    return number


@pytest.mark.parametrize("url", NOWHERE)
def test_without_a_database_everybody_sees_a_calm_page_and_the_watch_is_told(url, capsys):
    app = create_app(settings_from(environ(DATABASE_URL=url)))
    app.config["WTF_CSRF_ENABLED"] = False
    stranger, person = app.test_client(), app.test_client()
    with person.session_transaction() as session:
        session["_user_id"], session["_fresh"] = "uniquifier-1", True
    assert stranger.get("/health").status_code == 503
    assert stranger.get("/health").json == {"database": "down"}
    assert person.get("/health").status_code == 503
    assert stranger.get("/login").status_code == 200
    tries = [stranger.post("/login", data={"email": "a@example.org", "password": "x"})]
    tries += [person.get("/"), person.get("/candidates"), person.post("/language", data={"language": "da"})]
    log = capsys.readouterr().err
    for page in tries:
        assert page.status_code == 503
        assert "Vi er straks tilbage" in page.text
        assert number_on(page.text) in log


@pytest.fixture
def restart(cluster):
    """End every connection of the product to the database, as a restart of the database does."""
    if not cluster.app_url.startswith("postgresql"):
        pytest.skip("SQLite has no server that could restart")

    def end_all() -> None:
        with psycopg.connect(cluster.superuser_url.replace("+psycopg", ""), autocommit=True) as boss:
            boss.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename = 'app' AND datname = current_database()"
            )

    return end_all


@pytest.mark.postgresql
def test_when_the_database_was_restarted_web_and_clock_go_on_by_themselves(
    world, app, cluster, tmp_path, served, sit_down, restart
):
    teacher = sit_down(world.teacher)
    with serve(settings(cluster, tmp_path), tmp_path, served.clock(), workers=0) as clocks:
        (clock,) = clocks.started
        wait_until(lambda: clock.said().count("clock_leads") == 1, "leading")
        restart()
        assert [teacher.get("/").status for _ in range(4)] == [200] * 4
        wait_until(lambda: clock.said().count("clock_leads") == 2, "leading again")
        assert clock.alive
