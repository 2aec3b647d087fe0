"""The calendar as a month and as a list of days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

import sqlalchemy as sa

from coordination.adapters.danish_holidays import danish_holidays
from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.months import Month
from coordination.models import CourseSession, TrackModule
from coordination.queries.calendar.narrowing import CalendarFilter, RunRow, runs_between, school_choices
from coordination.queries.course_runs import sector_choices


@dataclass(frozen=True)
class SessionRow:
    """One session in the calendar."""

    run: RunRow
    starts_at: time
    ends_at: time
    module: str
    cancelled: bool
    begins_run: bool
    ends_run: bool


@dataclass(frozen=True)
class Day:
    """One day with its sessions."""

    day: date
    in_month: bool
    is_today: bool
    holiday: str
    sessions: tuple[SessionRow, ...]


@dataclass(frozen=True)
class Week:
    """One row of the month."""

    number: int
    days: tuple[Day, ...]


@dataclass(frozen=True)
class Choices:
    """What can be chosen in the filters, and whether anything is."""

    narrowed: bool
    sees_drafts: bool
    sees_schools: bool
    sectors: tuple[tuple[int, str], ...]
    schools: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class MonthPage:
    """A month in whole weeks, and the runs that are taught in it."""

    month: Month
    weeks: tuple[Week, ...]
    runs: tuple[RunRow, ...]
    choices: Choices

    @property
    def total(self) -> int:
        """The sessions of the month that take place."""
        shown = (day for week in self.weeks for day in week.days if day.in_month)
        return sum(not row.cancelled for day in shown for row in day.sessions)


@dataclass(frozen=True)
class AgendaPage:
    """The days of a month on which there is teaching."""

    month: Month
    days: tuple[Day, ...]
    choices: Choices


def month_page(actor: Actor, month: Month, chosen: CalendarFilter, today: date) -> MonthPage:
    """The month with the sessions within reach; days of the weeks at its edges are shown too."""
    first, last = month.weeks[0][0], month.weeks[-1][-1]
    runs = runs_between(actor, chosen, first, last, today)
    days = _days(actor, month, runs, first, last, today)
    taught = {row.run.id for day in days.values() if day.in_month for row in day.sessions}
    return MonthPage(
        month=month,
        weeks=tuple(
            Week(week[0].isocalendar().week, tuple(days[day] for day in week)) for week in month.weeks
        ),
        runs=tuple(run for run in runs.values() if run.id in taught),
        choices=_choices(actor, chosen),
    )


def agenda_page(actor: Actor, month: Month, chosen: CalendarFilter, today: date) -> AgendaPage:
    """The days of the month on which runs within reach are taught."""
    runs = runs_between(actor, chosen, month.first, month.last, today)
    days = _days(actor, month, runs, month.first, month.last, today)
    return AgendaPage(
        month=month,
        days=tuple(day for day in days.values() if day.sessions and day.in_month),
        choices=_choices(actor, chosen),
    )


def _days(
    actor: Actor, month: Month, runs: Mapping[int, RunRow], first: date, last: date, today: date
) -> dict[date, Day]:
    taught, off = _sessions(runs, first, last), danish_holidays(first, last, actor.language)
    return {
        day: Day(
            day=day,
            in_month=month.first <= day <= month.last,
            is_today=day == today,
            holiday=off.get(day, ""),
            sessions=tuple(taught[day]),
        )
        for week in month.weeks
        for day in week
    }


def _sessions(runs: Mapping[int, RunRow], first: date, last: date) -> Mapping[date, list[SessionRow]]:
    found = db.session.execute(
        sa.select(CourseSession, TrackModule.title)
        .outerjoin(TrackModule, TrackModule.id == CourseSession.module_id)
        .where(CourseSession.course_run_id.in_(runs), CourseSession.day.between(first, last))
        .order_by(CourseSession.day, CourseSession.starts_at, CourseSession.id)
    )
    taught: dict[date, list[SessionRow]] = defaultdict(list)
    for row, module in found:
        taught[row.day].append(_session(runs[row.course_run_id], row, module or ""))
    return taught


def _session(run: RunRow, row: CourseSession, module: str) -> SessionRow:
    cancelled = row.cancelled or run.cancelled
    return SessionRow(
        run=run,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        module=module,
        cancelled=cancelled,
        begins_run=not cancelled and row.day == run.starts_on,
        ends_run=not cancelled and row.day == run.ends_on,
    )


def _choices(actor: Actor, chosen: CalendarFilter) -> Choices:
    return Choices(
        narrowed=chosen.narrowed,
        sees_drafts=actor.role is not Role.JOBCENTER,
        sees_schools=actor.role is not Role.SCHOOL,
        sectors=sector_choices(actor),
        schools=school_choices(actor),
    )
