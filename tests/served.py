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
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from app import create_app
from coordination.jobs.clock import run_clock

PATIENCE_SECONDS = 120


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
    log: Path
    variables: dict[str, str]
    workers: int
    web: subprocess.Popen[bytes] = field(init=False)
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start_web(self) -> None:
        """The web server, always at the same address."""
        address = self.url.removeprefix("http://")
        self.web = self._start(
            *(sys.executable, "-m", "gunicorn", "tests.served:app", "--bind", address),
            *("--workers", str(self.workers), "--threads", "4", "--worker-class", "gthread"),
            "--no-control-socket",
        )

    def start_clock(self) -> subprocess.Popen[bytes]:
        """One more clock."""
        return self._start(sys.executable, "-m", "tests.served")

    def kill_web(self) -> None:
        """As a power cut would: no process of the web server gets to say goodbye."""
        kill(self.web)

    def wait_until_well(self) -> None:
        """Until the web server answers; raises with the end of its log where it does not come up."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end and self.web.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/health", timeout=2).close()
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
            else:
                return
        raise RuntimeError(self.log.read_text(encoding="utf-8")[-3000:])

    def stop(self) -> None:
        """End whatever still runs, politely."""
        running = [process for process in self.started if process.poll() is None]
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=20)

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as out:
            process = subprocess.Popen(
                command, env=self.variables, stdout=out, stderr=out, start_new_session=True
            )
        self.started.append(process)
        return process


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL a process and its children."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def serve(
    environ: dict[str, str], folder: Path, moment: datetime, *, workers: int = 2, clocks: int = 1
) -> Iterator[Served]:
    """Two web processes and one clock on the database that `environ` names."""
    clock = FileClock(folder / "clock")
    clock.set(moment)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    variables = {
        **os.environ,
        **environ,
        "TEST_CLOCK_FILE": str(clock.path),
        "COORDINATION_BASE_URL": url,
    }
    served = Served(url, clock, folder / "product.log", variables, workers)
    try:
        if workers:
            served.start_web()
        for _ in range(clocks):
            served.start_clock()
        if workers:
            served.wait_until_well()
        yield served
    finally:
        served.stop()


if __name__ == "__main__":
    run_clock(app)
