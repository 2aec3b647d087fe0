"""The product in processes of its own, and people who reach it over HTTP."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import MONDAY, environ
from tests.databases import Cluster
from tests.processes.people import Person
from tests.served import PATIENCE_SECONDS, Served, serve


@pytest.fixture(scope="package")
def product(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Two web processes on the database of this run; no clock, so that nothing moves but the people."""
    folder = tmp_path_factory.mktemp("product")
    with serve(settings(cluster, folder), folder, MONDAY, clocks=0) as running:
        yield running


@pytest.fixture
def served(app, product: Served) -> Served:
    """The product with the rows every test starts from."""
    product.clock.set(MONDAY)
    return product


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
