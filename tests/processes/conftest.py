"""People who reach the product's processes over HTTP, and the patience to wait for what they do."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import environ
from tests.databases import Cluster
from tests.processes.people import Person
from tests.served import PATIENCE_SECONDS, Served


def settings(cluster: Cluster, folder: Path, **more: str) -> dict[str, str]:
    """What the product's processes read from the environment."""
    return environ(DATABASE_URL=cluster.app_url, COORDINATION_MAIL_FOLDER=str(folder / "mail"), **more)


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
