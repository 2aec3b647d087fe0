"""The clock process: waits to lead, catches up on what was missed, then keeps the timetable."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from coordination.jobs import imports, proposals
from coordination.jobs.edge import COPENHAGEN, Edge
from coordination.jobs.hands import keep_working
from coordination.jobs.timetable import TIMETABLE, Job
from coordination.services.clock import begin_tick, end_tick

log = structlog.get_logger()
PATIENCE_SECONDS = 5
HANDS = {"imports": imports.work_off, "proposals": proposals.work_off}
"""What is worked off beside the timetable, each in a thread of its own."""


def tick(app: Flask, job: Job) -> bool:
    """Do a job's newest due moment unless it is done; True if this call did it."""
    edge = Edge(app)
    with app.app_context():
        due = job.at.due(edge.now())
        with edge.unit():
            claimed = begin_tick(job.name, due, now=edge.now())
        if not claimed:
            return False
        backlog, error = None, ""
        try:
            backlog = job.deed(edge)
        except Exception as problem:
            error = type(problem).__name__  # its words may name a person; the log says where it came from
            log.exception("job_failed", job=job.name)
        with edge.unit():
            end_tick(job.name, due, backlog=backlog, error=error, now=edge.now())
        return not error


def catch_up(app: Flask) -> None:
    """Do everything whose newest due moment was missed or failed."""
    for job in TIMETABLE:
        tick(app, job)


def run_clock(app: Flask) -> None:
    """Lead when nobody else does, until SIGTERM or Ctrl-C; a database that is away is waited for."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    leadership = Edge(app).leadership()
    while not stop.is_set():
        try:
            if leadership.take():
                log.info("clock_leads")
                _lead(app, stop, leadership.held)
        except Exception:
            log.exception("clock_failed")
        leadership.give_up()
        stop.wait(PATIENCE_SECONDS)


def _lead(app: Flask, stop: threading.Event, held: Callable[[], bool]) -> None:
    scheduler = BackgroundScheduler(
        timezone=COPENHAGEN, job_defaults={"coalesce": True, "misfire_grace_time": None}
    )
    for job in TIMETABLE:
        scheduler.add_job(tick, job.at.trigger(), args=(app, job), id=job.name)
    scheduler.add_job(catch_up, "interval", minutes=10, args=(app,), id="catch_up")
    catch_up(app)
    scheduler.start()
    over = threading.Event()
    workers = [
        threading.Thread(target=keep_working, args=(work_off, name, app, over), name=name, daemon=True)
        for name, work_off in HANDS.items()
    ]
    for worker in workers:
        worker.start()
    try:
        while held() and not stop.wait(PATIENCE_SECONDS):
            pass
    finally:
        over.set()
        scheduler.shutdown()
        for worker in workers:
            worker.join(PATIENCE_SECONDS)
