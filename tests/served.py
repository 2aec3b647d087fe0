"""The product in processes of its own, as it runs for people, but with the clock in the test's hand.

`gunicorn tests.served:app` serves it, `python -m tests.served` is its clock; TEST_CLOCK_FILE holds the time.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app import create_app
from coordination.jobs.clock import run_clock


class FileClock:
    """The moment written in a file, which every process of the product reads."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self) -> datetime:
        return datetime.fromisoformat(self.path.read_text(encoding="utf-8")).astimezone(UTC)

    def set(self, moment: datetime) -> None:
        """Move the clock; the file is replaced in one go, so that nobody reads half a moment."""
        beside = self.path.with_suffix(".new")
        beside.write_text(moment.isoformat(), encoding="utf-8")
        beside.replace(self.path)


def make():
    """The application with the file's clock."""
    made = create_app()
    made.config["CLOCK"] = FileClock(Path(os.environ["TEST_CLOCK_FILE"]))
    return made


if "TEST_CLOCK_FILE" in os.environ:
    app = make()


@dataclass
class Served:
    """A running product: its address, its clock and its processes."""

    url: str
    clock: FileClock
    web: subprocess.Popen[bytes]
    log: Path

    def kill_web(self) -> None:
        """As a power cut would: no process of the web server gets to say goodbye."""
        os.killpg(self.web.pid, signal.SIGKILL)
        self.web.wait()


@contextmanager
def serve(environ: dict[str, str], folder: Path, moment: datetime, *, workers: int = 2) -> Iterator[Served]:
    """Two web processes and one clock on the database that `environ` names."""
    clock = FileClock(folder / "clock")
    clock.set(moment)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    variables = {
        **os.environ,
        **environ,
        "TEST_CLOCK_FILE": str(clock.path),
        "COORDINATION_BASE_URL": f"http://127.0.0.1:{port}",
    }
    log = folder / "product.log"
    with log.open("ab") as out:
        habits = {"env": variables, "stdout": out, "stderr": out, "start_new_session": True}
        web = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "tests.served:app", "--bind", f"127.0.0.1:{port}"),
                *("--workers", str(workers), "--threads", "4", "--worker-class", "gthread"),
                "--no-control-socket",
            ],
            **habits,
        )
        ticking = subprocess.Popen([sys.executable, "-m", "tests.served"], **habits)
        served = Served(f"http://127.0.0.1:{port}", clock, web, log)
        try:
            _wait_until_well(served)
            yield served
        finally:
            for process in (web, ticking):
                if process.poll() is None:
                    process.terminate()
                    process.wait(timeout=20)


def _wait_until_well(served: Served) -> None:
    for _ in range(300):
        if served.web.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{served.url}/health", timeout=2).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(served.log.read_text(encoding="utf-8")[-3000:])


if __name__ == "__main__":
    run_clock(app)
