"""The register of one session: marks, minutes, who still lacks a mark, and when it may be edited."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from typing import TYPE_CHECKING

from coordination.domain.errors import Refused, Stale
from coordination.domain.texts import check_fields, problem_in, tidy

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from coordination.domain.errors import Problem


class MarkStatus(StrEnum):
    """How a participant attended one session; no mark at all is not absence."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left_early"
    ABSENT = "absent"


class Cause(StrEnum):
    """Why somebody was away, from a fixed list: no diagnoses and no free text."""

    OWN_ILLNESS = "own_illness"
    CHILD_ILL = "child_ill"
    WORK = "work"
    MUNICIPAL_MEETING = "municipal_meeting"
    TRANSPORT = "transport"
    OTHER = "other"
    UNKNOWN = "unknown"


class Lawfulness(StrEnum):
    """The decision of a named role on an absence, kept apart from its cause."""

    UNDECIDED = "undecided"
    LAWFUL = "lawful"
    UNLAWFUL = "unlawful"


class RegisterState(StrEnum):
    """How far the register of one session has come."""

    NOT_TAKEN = "not_taken"
    PARTLY = "partly"
    TAKEN = "taken"


COMMENT_MOST = 500
PARTIAL = {MarkStatus.LATE, MarkStatus.LEFT_EARLY}
LAST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """What the register says of one participant in one session; minutes are those missed."""

    enrolment_id: int
    status: MarkStatus
    minutes_missed: int
    cause: Cause | None
    announced: bool
    comment: str


@dataclass(frozen=True, slots=True)
class CurrentMark(Mark):
    """A stored mark with its version, which starts at 1."""

    version: int


@dataclass(frozen=True, slots=True)
class MarkInput:
    """One row as typed; cause or comment None means not shown to the marker, so what is known stays.

    `seen_version` is the version the marker looked at, 0 where there was no mark.
    """

    enrolment_id: int
    status: MarkStatus
    minutes_missed: int | None = None
    cause: Cause | None = None
    announced: bool = False
    comment: str | None = None
    seen_version: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A corrected mark: what it said, and what it says now."""

    old: CurrentMark
    new: Mark


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people marked the same row: what is stored (None: taken away since) and what was just typed."""

    theirs: CurrentMark | None
    mine: Mark


@dataclass(frozen=True, slots=True)
class RollCall:
    """What saving a register means: what to store, and whose no-show began or turned out to be none."""

    new: tuple[Mark, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[int, ...]
    no_shows: tuple[int, ...]
    corrected_no_shows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One participant's marks in short: the newest last, counts over all of them."""

    last: tuple[MarkStatus, ...]
    absences: int
    no_shows: int
    no_shows_in_a_row: int


def settle_roll_call(
    roster: frozenset[int],
    planned_minutes: int,
    current: Mapping[int, CurrentMark],
    given: Sequence[MarkInput],
) -> RollCall:
    """Settle the given rows of one session against its roster; rows not given stay as they are.

    Raises Refused for a row outside the roster or given twice, Invalid beside the fields of a row,
    Stale with both values where somebody else has changed a row since it was seen.
    """
    _check_rows(roster, given)
    _check_fields(planned_minutes, given)
    pairs = [(current.get(row.enrolment_id), row) for row in given]
    settled = [(old, _settled(row, old, planned_minutes), row.seen_version) for old, row in pairs]
    _check_versions(settled)
    return _sorted_out([(old, new) for old, new, _ in settled])


def rest_present(roster: frozenset[int], current: Mapping[int, CurrentMark]) -> tuple[MarkInput, ...]:
    """The rows that set everybody without a mark to present."""
    return tuple(MarkInput(someone, MarkStatus.PRESENT) for someone in sorted(remaining(roster, current)))


def remaining(roster: frozenset[int], marked: Collection[int]) -> frozenset[int]:
    """Those on the roster who have no mark yet."""
    return roster.difference(marked)


def register_state(roster: frozenset[int], marked: Collection[int]) -> RegisterState:
    """How far a register is; one without anybody on its roster has nothing left to take."""
    missing = remaining(roster, marked)
    if not missing:
        return RegisterState.TAKEN
    return RegisterState.NOT_TAKEN if missing == roster else RegisterState.PARTLY


def editable(
    session_day: date, today: date, window_days: int, *, unlocked: bool, cancelled: bool = False
) -> None:
    """Refuse a cancelled session, one before its day, or one too many days ago unless it was unlocked."""
    if cancelled:
        raise Refused("roll_call.cancelled")
    if session_day > today:
        raise Refused("roll_call.future", day=session_day)
    if (today - session_day).days > window_days and not unlocked:
        raise Refused("roll_call.locked", days=window_days)


def is_unlocked(unlocked_on: date | None, today: date, window_days: int) -> bool:
    """True for as many days after the unlocking as a register is open after its own day."""
    return unlocked_on is not None and (today - unlocked_on).days <= window_days


def may_unlock(session_day: date, today: date, window_days: int, *, unlocked: bool) -> None:
    """Refuse to unlock a register that is open anyway."""
    if unlocked or (today - session_day).days <= window_days:
        raise Refused("roll_call.not_locked")


def is_no_show(mark: Mark) -> bool:
    """Absent, and nobody had said so beforehand."""
    return mark.status is MarkStatus.ABSENT and not mark.announced


def attended_minutes(planned_minutes: int, mark: Mark) -> int:
    """Minutes of the session that the participant was there."""
    return max(planned_minutes - mark.minutes_missed, 0)


def absence_share(planned_minutes: int, missed_minutes: int) -> float | None:
    """The part of the planned minutes of marked sessions that was missed, 0 to 1; None before any mark."""
    if planned_minutes <= 0:
        return None
    return min(max(missed_minutes / planned_minutes, 0.0), 1.0)


def record_of(marks: Sequence[Mark]) -> Record:
    """One participant's record from all marks of a run, oldest first."""
    return Record(
        last=tuple(mark.status for mark in marks[-LAST_SHOWN:]),
        absences=sum(mark.status is MarkStatus.ABSENT for mark in marks),
        no_shows=sum(map(is_no_show, marks)),
        no_shows_in_a_row=sum(1 for _ in takewhile(is_no_show, reversed(marks))),
    )


def _check_rows(roster: frozenset[int], given: Sequence[MarkInput]) -> None:
    ids = [row.enrolment_id for row in given]
    if not roster.issuperset(ids):
        raise Refused("roll_call.foreign_row")
    if len(set(ids)) < len(ids):
        raise Refused("roll_call.double_row")


def _check_fields(planned_minutes: int, given: Sequence[MarkInput]) -> None:
    found: dict[str, Problem | None] = {}
    for row in given:
        found[f"minutes_{row.enrolment_id}"] = _problem_in_minutes(row, planned_minutes)
        found[f"comment_{row.enrolment_id}"] = problem_in(tidy(row.comment or ""), COMMENT_MOST)
    check_fields(found)


def _problem_in_minutes(row: MarkInput, planned_minutes: int) -> Problem | None:
    if row.status not in PARTIAL:
        return None
    if row.minutes_missed is None:
        return "mark.minutes_missing", {}
    if not 1 <= row.minutes_missed < planned_minutes:
        return "mark.minutes_range", {"most": max(planned_minutes - 1, 0)}
    return None


def _settled(row: MarkInput, old: CurrentMark | None, planned_minutes: int) -> Mark:
    comment = (old.comment if old else "") if row.comment is None else tidy(row.comment)
    if row.status is MarkStatus.PRESENT:
        return Mark(row.enrolment_id, row.status, 0, cause=None, announced=False, comment=comment)
    return Mark(
        row.enrolment_id,
        row.status,
        minutes_missed=planned_minutes if row.status is MarkStatus.ABSENT else row.minutes_missed or 0,
        cause=row.cause or (old.cause if old else None) or Cause.UNKNOWN,
        announced=row.announced,
        comment=comment,
    )


def _check_versions(settled: Sequence[tuple[CurrentMark | None, Mark, int]]) -> None:
    conflicts = tuple(
        Conflict(old, new)
        for old, new, seen in settled
        if seen != (old.version if old else 0) and not _says_the_same(old, new)
    )
    if conflicts:
        raise Stale("roll_call.conflict", conflicts=conflicts)


def _sorted_out(pairs: Sequence[tuple[CurrentMark | None, Mark]]) -> RollCall:
    new = tuple(mark for old, mark in pairs if old is None)
    changed = tuple(Change(old, mark) for old, mark in pairs if old and not _says_the_same(old, mark))
    return RollCall(
        new=new,
        changed=changed,
        unchanged=tuple(mark.enrolment_id for old, mark in pairs if _says_the_same(old, mark)),
        no_shows=tuple(
            mark.enrolment_id for old, mark in pairs if is_no_show(mark) and not (old and is_no_show(old))
        ),
        corrected_no_shows=tuple(
            mark.enrolment_id for old, mark in pairs if old and is_no_show(old) and not is_no_show(mark)
        ),
    )


def _says_the_same(old: CurrentMark | None, new: Mark) -> bool:
    return old is not None and _said(old) == _said(new)


def _said(mark: Mark) -> tuple[object, ...]:
    return mark.status, mark.minutes_missed, mark.cause, mark.announced, mark.comment
