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


@dataclass(frozen=True)
class Running:
    """One started process with its children, and the file it writes to."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def said(self) -> str:
        """What it wrote so far."""
        return self.log.read_text(encoding="utf-8")

    def kill(self) -> None:
        """As a power cut would: neither the process nor its children get to say goodbye."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """It does nothing meanwhile; the world goes on."""
        os.killpg(self.process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self.process.pid, signal.SIGCONT)


@dataclass
class Served:
    """A running product: its address, its clock and its processes."""

    url: str
    clock: FileClock
    folder: Path
    variables: dict[str, str]
    workers: int
    web: Running = field(init=False, repr=False)
    started: list[Running] = field(default_factory=list)

    def start_web(self) -> None:
        """The web server, always at the same address; returns when it answers."""
        address = self.url.removeprefix("http://")
        self.web = self._start(
            *("-m", "gunicorn", "tests.served:app", "--bind", address, "--no-control-socket"),
            *("--workers", str(self.workers), "--threads", "4", "--worker-class", "gthread"),
        )
        self._wait_until_well()

    def start_clock(self) -> Running:
        """One more clock."""
        return self._start("-m", "tests.served")

    def stop_clocks(self) -> None:
        """End every clock, politely."""
        self._end([started for started in self.started if started is not self.web])

    def stop(self) -> None:
        """End whatever still runs, politely."""
        self._end(self.started)

    def _end(self, started: list[Running]) -> None:
        running = [each.process for each in started if each.alive]
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=PATIENCE_SECONDS)

    def _start(self, *command: str) -> Running:
        log = self.folder / f"process-{len(self.started)}.log"
        with log.open("ab") as out:
            process = subprocess.Popen(
                (sys.executable, *command),
                env=self.variables,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        self.started.append(Running(process, log))
        return self.started[-1]

    def _wait_until_well(self) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end and self.web.alive:
            try:
                urllib.request.urlopen(f"{self.url}/health", timeout=2).close()
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
            else:
                return
        raise RuntimeError(self.web.said()[-3000:])


@contextmanager
def serve(
    environ: dict[str, str], folder: Path, moment: datetime, *, workers: int = 2, clocks: int = 1
) -> Iterator[Served]:
    """So many web processes and clocks on the database that `environ` names."""
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
    served = Served(url, clock, folder, variables, workers)
    try:
        for _ in range(clocks):
            served.start_clock()
        if workers:
            served.start_web()
        yield served
    finally:
        served.stop()


if __name__ == "__main__":
    run_clock(app)
