"""Starts web and clock as child processes, and ends both together."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn

from tools.console import Stop, say
from tools.environment import ROOT

PATIENCE = 60.0
FAREWELL = 20.0
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
Children = dict[str, subprocess.Popen[bytes]]


def port_number(text: str) -> int:
    """A port from the command line."""
    if text.isdecimal() and 1 <= int(text) <= 65535:  # noqa: PLR2004 (all ports there are)
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port number (1–65535)")


def check_port(port: int) -> None:
    """Refuse early, before anything is installed, when somebody else listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise Stop(f"Port {port} is reserved for root; choose one above 1023: --port 8080") from error
        except OSError as error:
            raise Stop(
                f"Port {port} is in use, perhaps by an earlier start; choose another: --port {port + 1}"
            ) from error


def become_flask(python: Path, variables: dict[str, str], arguments: list[str]) -> NoReturn:
    """Replace this process by flask, so that its exit code and Ctrl-C are its own."""
    os.execve(python, [str(python), "-m", "flask", *arguments], variables)  # noqa: S606 (no shell wanted)


def run(python: Path, variables: dict[str, str], *, port: int, demo: bool) -> None:
    """Migrate, load demo data, serve until Ctrl-C."""
    _flask(python, variables, "db", "upgrade")
    if demo:
        say("Loading demo data if the database is empty …")
        _flask(python, variables, "demo", "load", "--if-empty")
    web = ["gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--workers", "2"]
    web += ["--threads", "4", "--no-control-socket", "--graceful-timeout", "10", "--log-level", "warning"]
    commands = {"web": [*web, "app:create_app()"], "clock": ["flask", "clock"]}
    with _children(python, variables, commands) as children:
        _wait_for_health(children, port)
        say(f"\nRunning on http://127.0.0.1:{port}\n")
        if demo:
            say(_flask(python, variables, "demo", "logins"))
        say("Stop with Ctrl-C.")
        while True:
            _all_alive(children)
            time.sleep(0.5)


def _flask(python: Path, variables: dict[str, str], *arguments: str) -> str:
    call = subprocess.run(
        [python, "-m", "flask", *arguments],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    if call.returncode == 0:
        return call.stdout
    last = (call.stderr or call.stdout).strip().splitlines()[-1:]
    command = f"flask {' '.join(arguments)}"
    raise Stop(
        f"`{command}` failed: {' '.join(last)}\n"
        f"To read all it says, with the same DATABASE_URL: python3 manage.py {command}"
    )


@contextlib.contextmanager
def _children(python: Path, variables: dict[str, str], commands: dict[str, list[str]]) -> Iterator[Children]:
    """Each in a process group of its own, so that Ctrl-C reaches only us and we end them in order."""
    for number in ENDINGS:
        # nohup asks us to outlive the terminal; only that wish is heard.
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _interrupt)
    children: Children = {}
    try:
        for name, command in commands.items():
            children[name] = subprocess.Popen(
                [python, "-m", *command],
                cwd=ROOT,
                env=variables,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        yield children
    finally:
        for number in ENDINGS:
            signal.signal(number, signal.SIG_IGN)
        _end(children)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _end(children: Children) -> None:
    for child in children.values():
        child.terminate()
    deadline = time.monotonic() + FAREWELL
    for child in children.values():
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.0, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _all_alive(children: Children) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise Stop(
                f"The {name} process ended by itself (exit code {child.returncode}), so everything was "
                "stopped. Its last words are above."
            )


def _wait_for_health(children: Children, port: int) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        _all_alive(children)
        with contextlib.suppress(urllib.error.URLError, OSError):
            direct.open(f"http://127.0.0.1:{port}/health", timeout=5).close()
            return
        time.sleep(0.2)
    raise Stop(f"The web process did not answer on port {port} within {PATIENCE:.0f} seconds.")
