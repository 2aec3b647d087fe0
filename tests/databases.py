"""An empty database for a test run, SQLite or PostgreSQL, that returns to a remembered state between tests.

    cluster = start_postgresql()      # or sqlite_database(tmp_path_factory.mktemp("database"))
    …migrate as cluster.owner_url, let the application use cluster.app_url…
    cluster.remember()                # after the migrations and whatever rows every test starts with
    cluster.restore()                 # before or after each test: exactly the remembered rows again
    cluster.stop()

With TEST_POSTGRESQL_DIR set to the folder of a running `python -m tests.postgresql_server FOLDER`, a new
database in that server is used, so several runs may go on at the same time.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.postgresql_server import OwnServer, PostgresqlError, Server, running_server

__all__ = ["Cluster", "PostgresqlError", "sqlite_database", "start_postgresql"]


@dataclass(frozen=True)
class Cluster:
    """A database and its three logins: `boss` may do anything, `owner` migrates, `app` only works with rows.

    On SQLite the three addresses are the same.
    """

    superuser_url: str
    owner_url: str
    app_url: str
    danish_order: bool
    """Whether the database itself can order Danish text (a PostgreSQL without ICU cannot)."""
    remember: Callable[[], None]
    """Keep the rows as they are now."""
    restore: Callable[[], None]
    """Bring back exactly the remembered rows; past triggers, foreign keys and row-level security."""
    stop: Callable[[], None]
    """Remove the database."""


def start_postgresql() -> Cluster:
    """A fresh PostgreSQL database; raises PostgresqlError with a sentence where there is no PostgreSQL."""
    shared = os.environ.get("TEST_POSTGRESQL_DIR")
    server = running_server(Path(shared)) if shared else None
    if server:
        return _database_in(server, stop_server=lambda: None)
    own = OwnServer()
    return _database_in(own.start(), stop_server=own.stop)


def _database_in(server: Server, stop_server: Callable[[], None]) -> Cluster:
    name = f"test_{secrets.token_hex(4)}"
    with server.connect() as boss:
        boss.execute(f"CREATE DATABASE {name} OWNER owner")
    boss = server.connect(database=name)
    boss.execute(GRANTS)
    icu = boss.execute("SELECT count(*) FROM pg_collation WHERE collname = 'da-x-icu'").fetchone()

    def stop() -> None:
        boss.close()
        with server.connect() as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        stop_server()

    def url(login: str) -> str:
        return server.dsn(login, name).replace("://", "+psycopg://", 1)

    return Cluster(
        superuser_url=url("boss"),
        owner_url=url("owner"),
        app_url=url("app"),
        danish_order=icu != (0,),
        remember=lambda: _remember(boss),
        restore=lambda: _restore(boss),
        stop=stop,
    )


GRANTS = """
ALTER SCHEMA public OWNER TO owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO app;
ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app;
ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO app;
"""

REMEMBER = """
DROP SCHEMA IF EXISTS remembered CASCADE;
CREATE SCHEMA remembered;
DO $$
DECLARE
    name text;
    filled boolean;
BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO filled;
        IF filled THEN
            EXECUTE format('CREATE TABLE remembered.%I AS TABLE public.%I', name, name);
        END IF;
    END LOOP;
END $$;
CREATE FUNCTION remembered.restore() RETURNS void LANGUAGE plpgsql
SET session_replication_role = replica AS $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('DELETE FROM public.%I', name);
    END LOOP;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'remembered' LOOP
        EXECUTE format('INSERT INTO public.%I OVERRIDING SYSTEM VALUE TABLE remembered.%I', name, name);
    END LOOP;
END $$;
"""


def _remember(boss: psycopg.Connection) -> None:
    # A test that left a transaction open shows as an error here instead of a suite that stands still.
    boss.execute("SET lock_timeout = '15s'")
    boss.execute(REMEMBER)


def _restore(boss: psycopg.Connection) -> None:
    boss.execute("SELECT remembered.restore()")


def sqlite_database(folder: Path) -> Cluster:
    """An empty SQLite database in a folder of its own."""
    live, kept = folder / "test.sqlite3", folder / "remembered.sqlite3"
    url = f"sqlite:///{live}"
    return Cluster(
        superuser_url=url,
        owner_url=url,
        app_url=url,
        danish_order=True,
        remember=lambda: _copy(live, kept),
        restore=lambda: _copy(kept, live),
        stop=lambda: None,
    )


def _copy(source: Path, target: Path) -> None:
    """SQLite's own backup works beside open connections; it would wait for ever for a writer, so count."""
    rounds = iter(range(60))

    def give_up(status: int, _remaining: int, _total: int) -> None:
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} and next(rounds, None) is None:
            raise RuntimeError("A test left a transaction open on the SQLite database.")

    reader, writer = sqlite3.connect(source), sqlite3.connect(target)
    try:
        writer.execute("PRAGMA synchronous = OFF")
        reader.backup(writer, progress=give_up)
    finally:
        reader.close()
        writer.close()
