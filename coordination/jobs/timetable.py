"""The timetable: each job is one line and one service call; none between 02 and 03, which may not exist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger

from coordination.jobs.edge import COPENHAGEN, Edge
from coordination.services import (
    attendance,
    clock,
    course_runs,
    eligibility,
    enrolments,
    evaluations,
    exchange,
    mailing,
    nominations,
    stalled,
    start_checks,
    threads,
    told_changes,
    transfers,
)

Deed = Callable[[Edge], int | None]


@dataclass(frozen=True)
class EveryMinute:
    """Once a minute."""

    def trigger(self) -> BaseTrigger:
        """In the scheduler's words."""
        return CronTrigger(second=0, timezone=COPENHAGEN)

    def due(self, now: datetime) -> datetime:
        """The newest due moment."""
        return now.replace(second=0, microsecond=0)


@dataclass(frozen=True)
class EveryMinutes:
    """Every so many minutes of the hour, which they divide."""

    step: int

    def trigger(self) -> BaseTrigger:
        """In the scheduler's words."""
        return CronTrigger(minute=f"*/{self.step}", second=0, timezone=COPENHAGEN)

    def due(self, now: datetime) -> datetime:
        """The newest due moment."""
        return now.replace(minute=now.minute - now.minute % self.step, second=0, microsecond=0)


@dataclass(frozen=True)
class Daily:
    """Once a day, Copenhagen time."""

    hour: int
    minute: int = 0

    def trigger(self) -> BaseTrigger:
        """In the scheduler's words."""
        return CronTrigger(hour=self.hour, minute=self.minute, timezone=COPENHAGEN)

    def due(self, now: datetime) -> datetime:
        """The newest due moment, today's or yesterday's."""
        local = now.astimezone(COPENHAGEN)
        today = local.replace(hour=self.hour, minute=self.minute, second=0, microsecond=0)
        return (today if today <= local else today - timedelta(days=1)).astimezone(UTC)


@dataclass(frozen=True)
class Job:
    """One line of the timetable; returns its backlog, if it knows one."""

    name: str
    at: EveryMinute | EveryMinutes | Daily
    deed: Deed


def within(service: Callable[..., object]) -> Deed:
    """A service call in one unit of work."""

    def deed(edge: Edge) -> int | None:
        with edge.unit():
            backlog = service(now=edge.now())
        return backlog if isinstance(backlog, int) else None

    return deed


def _send(edge: Edge) -> int:
    return mailing.send_letters(edge.unit, edge.post, edge.base_url, now=edge.now())


TIMETABLE = (
    Job("letters.send", EveryMinute(), _send),
    Job("course_runs.tell_changes", EveryMinutes(5), within(told_changes.tell_changes)),
    Job("transfers.carry_out", Daily(0, 2), within(transfers.carry_out)),
    Job("nominations.expire_basis", Daily(0, 5), within(nominations.expire_basis)),
    Job("offers.expire", EveryMinutes(5), within(enrolments.expire_offers)),
    Job("nominations.return_parked", Daily(0, 15), within(nominations.return_parked)),
    Job("runs.advance", Daily(0, 20), within(course_runs.advance_runs)),
    Job("imports.forget", Daily(3, 30), within(exchange.forget_old_imports)),
    Job("ticks.forget", Daily(4, 10), within(clock.forget_old_ticks)),
    Job("nominations.warn_basis", Daily(7), within(nominations.warn_basis)),
    Job("threads.remind", Daily(7, 10), within(threads.remind)),
    Job("eligibility.warn", Daily(6, 40), within(eligibility.warn)),
    Job("runs.warn_decisions", Daily(7, 20), within(course_runs.warn_of_decisions)),
    Job("start_checks.ask", Daily(7, 20), within(start_checks.ask)),
    Job("stalled.chase", Daily(7, 40), within(stalled.chase)),
    Job("evaluations.remind", Daily(7, 30), within(evaluations.remind_evaluations)),
    Job("registers.remind", Daily(18), within(attendance.remind_registers)),
)
