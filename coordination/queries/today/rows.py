"""The rows of the start page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from coordination.domain.actors import Role
from coordination.domain.calendar import local_day
from coordination.domain.evaluations import EvaluationState
from coordination.domain.follow_ups import Step
from coordination.queries.eligibility import OutsideRow
from coordination.queries.exchange import RecentImport
from coordination.queries.parked import ParkedCount, ParkedRow
from coordination.queries.start_checks import SoonRow
from coordination.queries.threads import HandedRow, MentionedRow
from coordination.queries.today.decisions import DecisionRow


@dataclass(frozen=True)
class SessionRow:
    """One session: whose, when, and how much of its register is taken."""

    session_id: int
    course_run_id: int
    run: str
    school: str
    day: date
    starts_at: time
    ends_at: time
    roster: int
    marked: int


@dataclass(frozen=True)
class FollowUpRow:
    """An open follow-up that is due."""

    follow_up_id: int
    candidate_id: int
    name: str
    run: str
    step: Step
    due_on: date


@dataclass(frozen=True)
class ShortRun:
    """A run short of its minimum, and how many in the pool wish for its sector, by municipality."""

    course_run_id: int
    run: str
    starts_on: date | None
    decide_by: date | None
    minimum: int
    missing: int
    could_fill: tuple[tuple[str, int], ...]
    sector_id: int
    parked: tuple[ParkedCount, ...]


@dataclass(frozen=True)
class EvaluationRow:
    """An evaluation that is not submitted, or not yet read."""

    evaluation_id: int
    run: str
    school: str
    state: EvaluationState
    due_on: date


@dataclass(frozen=True)
class ChangeRow:
    """A proposed change without a decision, and the run that waits for it."""

    change_id: int
    title: str
    run: str


@dataclass(frozen=True)
class SeatRow:
    """A seat that waits for an answer."""

    enrolment_id: int
    candidate_id: int
    name: str
    run: str
    answer_until: datetime | None

    @property
    def answer_on(self) -> date | None:
        """The Danish day on which the offer runs out."""
        return local_day(self.answer_until) if self.answer_until else None


@dataclass(frozen=True)
class TransferRow:
    """A person another municipality wants to move here, as a code."""

    transfer_id: int
    code: str
    giver: str
    effective_on: date


@dataclass(frozen=True)
class EndingRow:
    """One of the caseworker's own people whose sharing is about to end."""

    nomination_id: int
    candidate_id: int
    name: str
    code: str
    until: date


@dataclass(frozen=True)
class StartPage:
    """What the start page lists; sections a role has no part in are empty."""

    today: date
    role: Role
    sessions: tuple[SessionRow, ...] = ()
    registers: tuple[SessionRow, ...] = ()
    follow_ups: tuple[FollowUpRow, ...] = ()
    decisions: tuple[DecisionRow, ...] = ()
    starting: tuple[SoonRow, ...] = ()
    short_runs: tuple[ShortRun, ...] = ()
    evaluations: tuple[EvaluationRow, ...] = ()
    changes: tuple[ChangeRow, ...] = ()
    seats: tuple[SeatRow, ...] = ()
    behind: int = 0
    ending: tuple[EndingRow, ...] = ()
    transfers: tuple[TransferRow, ...] = ()
    parked: tuple[ParkedRow, ...] = ()
    handed: tuple[HandedRow, ...] = ()
    mentioned: tuple[MentionedRow, ...] = ()
    outside: tuple[OutsideRow, ...] = ()
    imports: tuple[RecentImport, ...] = ()
    person_ids: tuple[int, ...] = field(default=())

    @property
    def waiting(self) -> int:
        """The number in the frame: everything that waits for this person."""
        lists: tuple[Sequence[Any], ...] = (
            self.registers,
            self.follow_ups,
            self.evaluations,
            self.changes,
            self.decisions,
            self.starting,
            self.seats,
            self.ending,
            self.transfers,
            self.handed,
            self.mentioned,
        )
        return sum(map(len, lists))
