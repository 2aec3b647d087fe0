"""Runs the whole suite, once per database."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tools.console import Stop, say
from tools.environment import ROOT

# Every core has a database of its own; tests/conftest.py puts the slow tests first, then each takes the next.
PARALLEL = ("--numprocesses=auto", "--maxprocesses=8", "--dist=load", "--maxschedchunk=1")
NOTHING_COLLECTED = 5


def run(python: Path, arguments: list[str]) -> int:
    """0 when both runs are green; in CI a missing PostgreSQL or Chromium is a failure.

    Who chooses tests may want `-s` or `--pdb`, so only the whole suite is spread over the cores.
    """
    strict = os.environ.get("CI") == "true"
    variables = _variables(strict=strict)
    missing = {name: _missing(python, variables, name) for name in ("postgresql_server", "chromium")}
    for sentence in filter(None, missing.values()):
        if strict:
            raise Stop(sentence)
        say(f"Skipped what needs it: {sentence}", error=True)
    chosen = arguments or PARALLEL
    results = {"SQLite": _pytest(python, variables, "--database=sqlite", *chosen)}
    if not missing["postgresql_server"]:
        results["PostgreSQL"] = _pytest(python, variables, "--database=postgresql", *chosen)
    return _verdict(results, chosen=bool(arguments))


def _variables(*, strict: bool) -> dict[str, str]:
    """Without the settings of an installation: no test may reach its database or its keys."""
    ours = ("COORDINATION_", "DATABASE_URL", "SECRET_KEY", "SECURITY_PASSWORD_SALT", "FLASK_")
    variables = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return variables | ({"REQUIRE_TOOLS": "1"} if strict else {})


def _missing(python: Path, variables: dict[str, str], name: str) -> str:
    """The sentence that says what to install, or nothing."""
    call = subprocess.run(
        [python, "-m", f"tests.{name}", "--check"],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    return call.stderr.strip() if call.returncode != 0 else ""


def _pytest(python: Path, variables: dict[str, str], *arguments: str) -> int:
    say(f"\npytest {' '.join(arguments)}")
    return subprocess.run(
        [python, "-m", "pytest", *arguments], cwd=ROOT, env=variables, check=False
    ).returncode


def _verdict(results: dict[str, int], *, chosen: bool) -> int:
    """Where somebody chose tests, one of the runs may have none of them."""
    fine = {0, NOTHING_COLLECTED} if chosen and 0 in results.values() else {0}
    say("")
    for name, code in results.items():
        say(f"{name}: {'green' if code == 0 else 'no such tests' if code in fine else 'RED'}")
    return 0 if fine.issuperset(results.values()) else 1
