"""The product in processes of its own, and people who reach it over HTTP."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.conftest import environ
from tests.databases import Cluster
from tests.processes.people import Person
from tests.served import PATIENCE_SECONDS, Served, serve


@pytest.fixture
def variables(cluster: Cluster, tmp_path: Path) -> dict[str, str]:
    """The settings of the product's processes."""
    return environ(DATABASE_URL=cluster.app_url, COORDINATION_MAIL_FOLDER=str(tmp_path / "mail"))


@pytest.fixture
def served(app, variables: dict[str, str], tmp_path: Path, now: datetime) -> Iterator[Served]:
    """Two web processes on the database of this run; no clock, so that nothing moves but the people."""
    with serve(variables, tmp_path, now, clocks=0) as running:
        yield running


@pytest.fixture
def sit_down(served: Served) -> Callable[..., Person]:
    """`sit_down(world.teacher)`: that person, logged in at a browser of their own."""

    def begin(actor) -> Person:
        return Person(served.url).log_in(actor)

    return begin


def wait_until(happened: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> None:
    """Look again and again until it has happened; the patience is for a machine with much else to do."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, f"{what} did not happen within {seconds} s"
        time.sleep(0.05)
