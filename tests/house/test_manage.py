"""What manage.py promises, as far as it can be tried without installing anything."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tools import environment, frontend, server, settings, suite
from tools.console import Stop

MANAGE = str(environment.ROOT / "manage.py")


@pytest.fixture
def instance(tmp_path, monkeypatch):
    """A folder for secrets, and an environment that says nothing."""
    for name in ("DATABASE_URL", "COORDINATION_ENV", "COORDINATION_BASE_URL", *settings._fresh_secrets()):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COORDINATION_INSTANCE", str(tmp_path / "instance"))
    return tmp_path / "instance"


def test_secrets_are_made_once_and_only_for_the_owner(instance):
    first, second = settings.variables(), settings.variables()
    assert first == second
    assert (instance / "secrets.env").stat().st_mode & 0o777 == 0o600
    assert set(settings._fresh_secrets()) <= set(first)


def test_what_the_environment_says_wins(instance, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "given")
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://given")
    assert settings.variables()["SECRET_KEY"] == "given"
    assert settings.variables()["DATABASE_URL"] == "postgresql+psycopg://given"
    assert settings.variables(database_url="sqlite:///asked")["DATABASE_URL"] == "sqlite:///asked"


def test_production_gets_no_secrets_made_up_for_it(instance, monkeypatch):
    monkeypatch.setenv("COORDINATION_ENV", "production")
    assert "SECRET_KEY" not in settings.variables()
    assert not (instance / "secrets.env").exists()


def test_letters_name_the_port_that_was_asked_for(instance):
    assert settings.variables(port=8099)["COORDINATION_BASE_URL"] == "http://127.0.0.1:8099"


def test_a_taken_port_is_told_at_once():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        call = subprocess.run(
            [sys.executable, MANAGE, "run", "--port", str(port)], capture_output=True, text=True, check=False
        )
    assert call.returncode == 1
    assert f"Port {port} is in use" in call.stderr
    assert "Traceback" not in call.stderr


def test_no_command_shows_the_commands():
    call = subprocess.run([sys.executable, MANAGE], capture_output=True, text=True, check=False)
    assert call.returncode == 0
    assert all(f"manage.py {command}" in call.stdout for command in ("run", "flask", "test"))


def test_a_child_that_ends_by_itself_is_told_and_takes_the_others_along(tmp_path):
    (tmp_path / "lasting.py").write_text("import time; time.sleep(60)")
    (tmp_path / "passing.py").write_text("raise SystemExit(3)")
    variables = os.environ | {"PYTHONPATH": str(tmp_path)}
    commands = {"web": ["lasting"], "clock": ["passing"]}
    kept = {number: signal.getsignal(number) for number in server.ENDINGS}
    try:
        with server._children(Path(sys.executable), variables, commands) as children:
            children["clock"].wait()
            with pytest.raises(Stop, match="clock process ended by itself"):
                server._all_alive(children)
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
    assert children["web"].returncode == -signal.SIGTERM


def test_the_style_sheet_names_only_what_is_copied():
    named = frontend.ADDRESS.findall(
        (frontend.VENDOR / "dkfds" / frontend.STYLES).read_text(encoding="utf-8")
    )
    assert named
    assert [name for name in named if not (frontend.VENDOR / "dkfds" / name).exists()] == []
    assert not [name for name in named if name.endswith((".eot", ".ttf"))]


@pytest.mark.parametrize(
    ("results", "chosen", "code"),
    [
        ({"SQLite": 0, "PostgreSQL": 0}, False, 0),
        ({"SQLite": 0, "PostgreSQL": 1}, False, 1),
        ({"SQLite": 0, "PostgreSQL": suite.NOTHING_COLLECTED}, True, 0),
        ({"SQLite": 0, "PostgreSQL": suite.NOTHING_COLLECTED}, False, 1),
        ({"SQLite": suite.NOTHING_COLLECTED, "PostgreSQL": suite.NOTHING_COLLECTED}, True, 1),
    ],
)
def test_the_suite_is_green_only_when_both_databases_are(results, chosen, code):
    assert suite._verdict(results, chosen=chosen) == code
