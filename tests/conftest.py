"""One application and one database per run; every test starts from the same rows."""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from flask_security.utils import hash_password
from hypothesis import HealthCheck, settings

from app import create_app
from config import settings_from
from coordination.db import Scope, db, unit_of_work
from coordination.domain.actors import Actor
from tests.databases import Cluster, PostgresqlError, sqlite_database, start_postgresql
from tests.factories import World, make_world
from tests.served import Served, serve

PASSWORD = "korrekt-hest-batteri-haefteklamme"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

# How fast an example is tells about the machine, not about the rule.
PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("patient", settings.default, **PATIENT)
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


def pytest_itemcollected(item: pytest.Item) -> None:
    """What asks for no database is the same on both."""
    if "cluster" not in getattr(item, "fixturenames", ()) and not item.get_closest_marker("postgresql"):
        item.add_marker(pytest.mark.sqlite)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what runs on the other database only; begin with the slowest, or the last would run alone."""
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[config.getoption("--database")]
    config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker(other)])
    items[:] = [item for item in items if not item.get_closest_marker(other)]
    items.sort(key=seconds, reverse=True)


def seconds(item: pytest.Item) -> int:
    """How long a test takes, as far as it says: `slow(60)`; a mere `slow` is more than a few seconds."""
    marker = item.get_closest_marker("slow")
    return 0 if marker is None else next(iter(marker.args), 1)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """At the end of a run, what tests measured for people to read: record_property("told", "...")."""
    passed = terminalreporter.stats.get("passed", [])
    told = [value for report in passed for name, value in report.user_properties if name == "told"]
    if told:
        terminalreporter.section("measured")
        terminalreporter.write_line("\n".join(sorted(told)))


class Browser(FlaskClient):
    """Every request in a context of its own, as a server does; else `g` would carry a person over."""

    def open(self, *args, **kwargs):
        with self.application.app_context():
            return super().open(*args, **kwargs)


class Clock:
    """The clock the tests hold in their hand."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **parts: float) -> None:
        self.moment += timedelta(**parts)


def environ(**more: str) -> dict[str, str]:
    return {
        "COORDINATION_ENV": "test",
        "SECRET_KEY": "test" * 10,
        "SECURITY_PASSWORD_SALT": "salt" * 10,
        "COORDINATION_CPR_KEYS": "t1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        "COORDINATION_CPR_HASH_KEY": "hash" * 10,
        "COORDINATION_BASE_URL": "https://forloeb.example",
        **more,
    }


@pytest.fixture(scope="session")
def cluster(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """The database of this run, migrated by its owner."""
    folder = tmp_path_factory.mktemp("database")
    if request.config.getoption("--database") == "sqlite":
        made = sqlite_database(folder)
    else:
        try:
            made = start_postgresql()
        except PostgresqlError as missing:
            if os.environ.get("REQUIRE_TOOLS"):
                raise
            pytest.skip(str(missing))
    migrator = create_app(settings_from(environ(DATABASE_URL=made.owner_url)))
    with migrator.app_context():
        upgrade()
        db.engine.dispose()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def application(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on that database, as the role that owns nothing; its first rows are remembered."""
    folder: Path = tmp_path_factory.mktemp("mail")
    variables = environ(DATABASE_URL=cluster.app_url, COORDINATION_MAIL_FOLDER=str(folder))
    app = create_app(settings_from(variables))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.test_client_class = Browser
    # Hashing a password is made to be slow; the suite logs in some hundred times.
    app.extensions["security"].pwd_context.update(argon2__rounds=1, argon2__memory_cost=64)
    with app.app_context():
        sa.event.listen(db.engine, "connect", in_a_test)
        app.extensions["world"] = make_world(hash_password(PASSWORD))
    cluster.remember()
    gc.collect()
    gc.freeze()  # what stays for the whole run is not looked through again
    yield app
    with app.app_context():
        db.engine.dispose()


def in_a_test(connection: Any, _record: object) -> None:
    """On SQLite: do not wait for the disk, as no test here cuts the power; and turn rows nobody put in order.

    PostgreSQL returns such rows as it finds them, mostly but not always oldest first.
    """
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous = OFF").close()
        connection.execute("PRAGMA reverse_unordered_selects = ON").close()


@pytest.fixture
def app(application: Flask, cluster: Cluster, clock: Clock) -> Iterator[Flask]:
    """The application with its rows as they were at the start."""
    cluster.restore()
    application.config["CLOCK"] = clock
    with application.app_context():
        yield application


@pytest.fixture(scope="session")
def product(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Two web processes on the database of this run; no clock, so that nothing moves but the people."""
    folder = tmp_path_factory.mktemp("product")
    variables = environ(DATABASE_URL=cluster.app_url, COORDINATION_MAIL_FOLDER=str(folder / "mail"))
    with serve(variables, folder, MONDAY, clocks=0) as running:
        yield running


@pytest.fixture
def served(app: Flask, product: Served) -> Served:
    """The product with the rows every test starts from."""
    product.clock.set(MONDAY)
    if not product.web.alive:  # the test before killed it and failed
        product.start_web()
    return product


@pytest.fixture
def world(app: Flask) -> World:
    """Two partnerships with their municipalities, schools, people and tracks."""
    return app.extensions["world"]


@pytest.fixture
def clock() -> Clock:
    """Monday 23 November 2026 at ten in Copenhagen, until a test moves it."""
    return Clock(MONDAY)


@pytest.fixture
def now(clock: Clock) -> datetime:
    return clock()


@pytest.fixture
def act(app: Flask, clock: Clock):
    """`with act(actor):` a unit of work of that person, committed when the block ends."""

    def begin(actor: Actor) -> AbstractContextManager[object]:
        return unit_of_work(Scope.of(actor, clock().date()))

    return begin


@pytest.fixture
def everything(app: Flask):
    """`with everything() as session:` system work, for arranging and for looking at what came of a deed."""

    def begin() -> AbstractContextManager[object]:
        return unit_of_work(Scope("system:test", everything=True))

    return begin


@pytest.fixture
def login(application: Flask, app: Flask):
    """A browser without a browser: `client = login(world.coordinator)`."""

    def log_in(actor: Actor) -> FlaskClient:
        client = application.test_client()
        answer = client.post(
            "/login", data={"email": f"user{actor.user_id}@example.org", "password": PASSWORD}
        )
        assert answer.status_code == 302, answer.text
        return client

    return log_in
