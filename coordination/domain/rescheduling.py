"""Changing sessions that are planned: a new plan in place of the old, and several moved at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum

from coordination.domain.course_runs import YEARS, PlannedSession, session_minutes
from coordination.domain.errors import Invalid, Problem, Refused
from coordination.domain.run_plans import Slot, collisions

MOST_DAYS = 3 * 365


class SessionDeed(StrEnum):
    """What is done to several sessions at once."""

    MOVE = "move"
    CANCEL = "cancel"
    RESTORE = "restore"


@dataclass(frozen=True)
class Standing:
    """A session as it stands: its row, its time, and whether it is cancelled or has a register."""

    id: int
    day: date
    start_time: time
    end_time: time
    minutes: int
    cancelled: bool = False
    marked: bool = False

    @property
    def planned(self) -> PlannedSession:
        """The session without its row."""
        return PlannedSession(self.day, self.start_time, self.end_time, self.minutes)

    @property
    def starts(self) -> tuple[date, time]:
        """What no two sessions of a run share."""
        return self.day, self.start_time


@dataclass(frozen=True)
class Arrangement:
    """How a plan takes the place of another: which row becomes what, which are over, which are new."""

    kept: tuple[tuple[int, PlannedSession], ...]
    left_over: tuple[int, ...]
    added: tuple[PlannedSession, ...]
    moved: int = 0
    called_off: int = 0


@dataclass(frozen=True)
class Shift:
    """How sessions move: so many days on (or back), to other times, or both."""

    days: int = 0
    start_time: time | None = None
    end_time: time | None = None


@dataclass(frozen=True)
class Asked:
    """What is to be done to which sessions: those ticked, and all from one day to another."""

    deed: SessionDeed
    ids: frozenset[int] = frozenset()
    from_day: date | None = None
    until_day: date | None = None
    shift: Shift = Shift()
    room_for_both: bool = False


@dataclass(frozen=True)
class Change:
    """One session before and after."""

    id: int
    before: PlannedSession
    after: PlannedSession


def arrange(standing: Sequence[Standing], planned: Sequence[PlannedSession]) -> Arrangement:
    """A plan in place of the sessions there are, so that each keeps its row where it can.

    What begins at the same moment stays; then the sessions left move, in order of time, to the days that are
    left; a cancelled one is only used again at its own time.
    """
    by_start = {row.starts: row for row in standing}
    same = {by_start[start].id: session for session in planned if (start := _start(session)) in by_start}
    places = iter([session for session in planned if _start(session) not in by_start])
    free = sorted((row for row in standing if row.id not in same), key=lambda row: row.starts)
    moved = dict(zip((row.id for row in free if not row.cancelled), places, strict=False))
    taken = {_start(session) for session in (*same.values(), *moved.values())}
    return Arrangement(
        kept=(*same.items(), *moved.items()),
        left_over=tuple(row.id for row in free if row.id not in moved),
        added=tuple(session for session in planned if _start(session) not in taken),
        moved=len(moved),
        called_off=sum(not row.cancelled and row.id not in moved for row in free),
    )


def settle_changes(
    asked: Asked, standing: Sequence[Standing], skipped: Mapping[date, str]
) -> tuple[Change, ...]:
    """What becomes of the chosen sessions; Invalid beside a field, Refused where the run meets already."""
    concerned = check_chosen(chosen(asked, standing), asked.deed)
    if asked.deed is SessionDeed.MOVE:
        changes = settle_shift(asked.shift, concerned, skipped)
    else:
        changes = tuple(Change(row.id, row.planned, row.planned) for row in concerned)
    if asked.deed is not SessionDeed.CANCEL:
        _check_room(changes, standing)
    return changes


def chosen(asked: Asked, standing: Sequence[Standing]) -> tuple[Standing, ...]:
    """The sessions ticked, and those of a span of days besides the ones with a register."""
    return tuple(row for row in standing if row.id in asked.ids or (_in_span(asked, row) and not row.marked))


def _in_span(asked: Asked, row: Standing) -> bool:
    first, last = asked.from_day, asked.until_day
    return first is not None and first <= row.day and (last is None or row.day <= last)


def settle_shift(shift: Shift, chosen: Sequence[Standing], skipped: Mapping[date, str]) -> tuple[Change, ...]:
    """The chosen sessions before and after; Invalid beside `days`, `start_time` or `end_time`.

    A session keeps its pause; none lands on a holiday or a closing day.
    """
    _check_shift(shift)
    changes = tuple(Change(row.id, row.planned, _shifted(row.planned, shift)) for row in chosen)
    for change in changes:
        day = change.after.day
        if day.year not in YEARS:
            raise Invalid({"days": "plan.year"})
        if day in skipped and day != change.before.day:
            facts: dict[str, object] = {"day": day, "reason": skipped[day]}
            raise Invalid({"days": ("session.day_off", facts)})
    return in_order(changes)


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes in an order in which each finds its place empty: those that move on, the last first."""
    rows = sorted(changes, key=lambda change: _start(change.before))
    on = [change for change in rows if _start(change.after) > _start(change.before)]
    back = [change for change in rows if _start(change.after) <= _start(change.before)]
    return (*reversed(on), *back)


def check_chosen(chosen: Sequence[Standing], deed: SessionDeed) -> tuple[Standing, ...]:
    """The chosen sessions the deed concerns: Invalid if none is, Refused if one has a register."""
    wanted = deed is SessionDeed.RESTORE
    concerned = tuple(row for row in chosen if row.cancelled is wanted)
    if not concerned:
        raise Invalid({"sessions": "session.none_cancelled" if wanted else "session.none_chosen"})
    for row in concerned:
        if row.marked:
            raise Refused("session.has_marks_on", day=row.day)
    return concerned


def _check_room(changes: Sequence[Change], standing: Sequence[Standing]) -> None:
    """Refused, naming the day, where a session would lie on top of another of the run."""
    moving = {change.id for change in changes}
    stay = (row for row in standing if row.id not in moving)
    taken = [Slot(row.day, row.start_time, row.end_time, row.cancelled) for row in stay]
    for change in sorted(changes, key=lambda change: _start(change.after)):
        if days := collisions([change.after], taken):
            raise Refused("session.same_time_on", day=days[0])
        taken.append(Slot(change.after.day, change.after.start_time, change.after.end_time))


def _check_shift(shift: Shift) -> None:
    errors: dict[str, str | Problem] = {}
    if (shift.start_time is None) != (shift.end_time is None):
        errors["end_time" if shift.start_time else "start_time"] = "session.both_times"
    if not shift.days and shift.start_time is None:
        errors.setdefault("days", "session.no_move")
    if abs(shift.days) > MOST_DAYS:
        errors["days"] = "session.too_far", {"most": MOST_DAYS}
    if errors:
        raise Invalid(errors)


def _shifted(session: PlannedSession, shift: Shift) -> PlannedSession:
    day = session.day + timedelta(days=shift.days)
    if shift.start_time is None or shift.end_time is None:
        return replace(session, day=day)
    pause = _length(session) - session.minutes
    minutes = session_minutes(shift.start_time, shift.end_time, pause)
    return PlannedSession(day, shift.start_time, shift.end_time, minutes)


def _length(session: PlannedSession) -> int:
    start, end = session.start_time, session.end_time
    return (end.hour - start.hour) * 60 + end.minute - start.minute


def _start(session: PlannedSession) -> tuple[date, time]:
    return session.day, session.start_time
