"""How fast a list of 5,000 people is imported from CSV and Excel, and how much memory it takes.

`python bench/imports.py [postgresql+psycopg://…]`: without an address on a new SQLite file. Every measurement
runs in a process of its own on a migrated, empty database; docs in bench/README.md.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
SIZES = (1_250, 2_500, 5_000)
HEADINGS = ["cpr", "navn", "telefon", "e-mail", "adresse", "postnummer", "by", "ordning", "brancher"]
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = NOW.date()


def people(count: int) -> list[list[str]]:
    """Plainly made-up people: one per day from 1950 on, every third wishing for a sector."""
    days = [date(1950, 1, 1) + timedelta(days=3 * number) for number in range(count)]
    return [
        [
            f"{day:%d%m%y}-{number % 3000:04}",
            f"Prøve Person {number}",
            f"+45 {20_000_000 + number}",
            f"person{number}@example.org",
            f"Eksempelvej {number}",
            "6200",
            "Aabenraa",
            "virksomhedspraktik",
            "kokken" if number % 3 == 0 else "",
        ]
        for number, day in enumerate(days)
    ]


def content_of(kind: str, count: int) -> bytes:
    """The list as a file."""
    from coordination.adapters.spreadsheets import Sheet, write_table, write_workbook  # noqa: PLC0415

    rows = people(count)
    if kind == "xlsx":
        return write_workbook([Sheet("Kandidater", HEADINGS, rows)])
    return write_table(HEADINGS, rows)


def yardstick(count: int) -> float:
    """Seconds of processor time for the least anybody could do: read the CSV, insert its cells."""
    text = content_of("csv", count).decode("utf-8-sig")
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder, "plain.sqlite3"))
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"CREATE TABLE people ({', '.join(f'c{n} TEXT' for n in range(len(HEADINGS)))})")
        began = process_time()
        rows = csv.reader(io.StringIO(text), delimiter=";")
        connection.executemany(f"INSERT INTO people VALUES ({', '.join('?' * len(HEADINGS))})", rows)  # noqa: S608
        connection.commit()
        took = process_time() - began
        connection.close()
    return took


def measure(kind: str, count: int, *, traced: bool) -> dict[str, float]:
    """Import one file end to end in this process: upload, check, write; seconds of each and peak memory."""
    from tests.conftest import environ  # noqa: PLC0415

    content = content_of(kind, count)
    application, actor, municipality = _world(environ(DATABASE_URL=os.environ["BENCH_DATABASE"]))
    with application.app_context():
        if traced:
            tracemalloc.start()
        times = _import(application, actor, municipality, content)
        peak = tracemalloc.get_traced_memory()[1] if traced else 0
    return {**times, "peak": peak / 2**20, "file": len(content) / 2**20}


def _world(environment: dict[str, str]) -> tuple[Any, Any, int]:
    """The application on an empty database with the people of the tests in it."""
    from flask_migrate import upgrade  # noqa: PLC0415

    from app import create_app  # noqa: PLC0415
    from config import settings_from  # noqa: PLC0415
    from tests.factories import make_world  # noqa: PLC0415

    application = create_app(settings_from(environment))
    with application.app_context():
        upgrade()
        world = make_world("no password")
    return application, world.caseworker, world.municipality


def _import(application: Any, actor: Any, _municipality: int, content: bytes) -> dict[str, float]:
    from coordination.domain.legal_bases import Basis, LegalBasis  # noqa: PLC0415
    from coordination.jobs.edge import Edge  # noqa: PLC0415
    from coordination.services import exchange  # noqa: PLC0415

    edge, times = Edge(application), {"processor": -process_time()}
    vault, basis = edge.vault, Basis(LegalBasis.INFORMED, TODAY, date(2028, 11, 23))

    def timed(name: str, deed: Callable[[], Any]) -> Any:
        began = perf_counter()
        with edge.unit_of(actor):
            result = deed()
        times[name] = perf_counter() - began
        return result

    kept = timed("upload", lambda: exchange.upload_candidates(actor, "a", content, vault=vault, now=NOW))
    timed(
        "queue",
        lambda: exchange.import_candidates(actor, kept, basis=basis, vault=vault, today=TODAY, now=NOW),
    )
    with edge.unit():
        exchange.claim_next_import(now=NOW)

    def told(done: int) -> None:
        exchange.report_progress(kept, done, now=NOW)

    began = perf_counter()
    with edge.reading_unit_of(actor):
        prepared = exchange.prepare_import(actor, kept, vault=vault, today=TODAY, told=told)
    times["check"] = perf_counter() - began
    timed("write", lambda: exchange.finish_import(actor, kept, prepared, vault=vault, now=NOW))
    times["processor"] += process_time()
    return times


def run(kind: str, count: int, address: str, *, traced: bool = False) -> dict[str, float]:
    """measure() in a new process on a new database."""
    with tempfile.TemporaryDirectory() as folder:
        database = address or f"sqlite:///{Path(folder, 'bench.sqlite3')}"
        if address:
            _empty(address)
        done = subprocess.run(
            [sys.executable, __file__, "--one", kind, str(count), str(int(traced))],
            env={**os.environ, "BENCH_DATABASE": database},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        sys.exit(done.stderr)
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _empty(address: str) -> None:
    """Throw away what a measurement before left in a database that is there for nothing else."""
    import sqlalchemy as sa  # noqa: PLC0415

    if "bench" not in (sa.make_url(address).database or ""):
        sys.exit("Everything in the database is thrown away: give one whose name says bench.")
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()


def main(address: str) -> None:
    """Print the tables of bench/README.md."""
    count = SIZES[-1]
    plain = yardstick(count)
    print(f"Yardstick: csv.reader and INSERT of {count:,} rows: {plain:.3f} s of processor time\n")
    print(f"{'file':<6}{'upload':>9}{'check':>9}{'write':>9}{'rows/s':>9}{'processor':>12}{'yardsticks':>12}")
    for kind in ("csv", "xlsx"):
        best = run(kind, count, address)
        total = best["upload"] + best["queue"] + best["check"] + best["write"]
        print(
            f"{kind:<6}{best['upload']:>8.2f}s{best['check']:>8.2f}s{best['write']:>8.2f}s"
            f"{count / total:>9,.0f}{best['processor']:>11.2f}s{best['processor'] / plain:>12,.0f}"
        )
    print(f"\n{'file':<6}{'rows':>7}{'file size':>12}{'peak of Python objects':>25}")
    for kind in ("csv", "xlsx"):
        for size in SIZES:
            traced = run(kind, size, address, traced=True)
            print(f"{kind:<6}{size:>7,}{traced['file']:>9.2f} MB{traced['peak']:>22.1f} MB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2], int(sys.argv[3]), traced=sys.argv[4] == "1")))
    else:
        main(sys.argv[1] if len(sys.argv) > 1 else "")
