"""What a no-show leads to: the step, its due date, the next contact, and when the case closes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from coordination.domain.calendar import add_working_days
from coordination.domain.errors import Invalid, Refused
from coordination.domain.texts import check_fields, problem_in, tidy

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date


class Trigger(StrEnum):
    """Why a follow-up was opened."""

    FIRST_DAY = "first_day"
    NO_SHOW = "no_show"
    IN_A_ROW = "in_a_row"


class Step(StrEnum):
    """What the follow-up asks somebody to do next."""

    CALL_CANDIDATE = "call_candidate"
    CALL_SCHOOL = "call_school"
    MEET_JOBCENTER = "meet_jobcenter"


class FollowUpState(StrEnum):
    """Whether anybody still has to act."""

    OPEN = "open"
    CLOSED = "closed"


class Channel(StrEnum):
    """How a candidate was contacted."""

    PHONE = "phone"
    SMS = "sms"
    VISIT = "visit"
    LETTER = "letter"
    MEETING = "meeting"
    EMAIL = "email"


class ContactOutcome(StrEnum):
    """What came of one contact attempt."""

    REACHED_RETURNS = "reached_returns"
    REACHED_NEEDS_HELP = "reached_needs_help"
    REACHED_DECLINES = "reached_declines"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"


class CloseReason(StrEnum):
    """Why a follow-up needs nobody any more."""

    BACK_IN_CLASS = "back_in_class"
    LAWFUL_ABSENCE = "lawful_absence"
    DROPPED_OUT = "dropped_out"
    HANDED_OVER = "handed_over"
    MISTAKEN_MARK = "mistaken_mark"
    OTHER = "other"


NOTE_MOST = 1000
IN_A_ROW_FROM = 2
CALLS_BEFORE_MEETING = 3
JOBCENTER_FROM = 2  # earlier no-shows
FURTHEST_CONTACT = timedelta(days=90)  # later than that, the case is closed and reopened

WORKING_DAYS_TO_NEXT: dict[ContactOutcome, int | None] = {
    ContactOutcome.REACHED_RETURNS: 5,
    ContactOutcome.REACHED_NEEDS_HELP: 2,
    ContactOutcome.REACHED_DECLINES: None,
    ContactOutcome.NO_ANSWER: 1,
    ContactOutcome.WRONG_NUMBER: 1,
}


@dataclass(frozen=True, slots=True)
class FollowUpPlan:
    """What a no-show opens: why, what is to be done first, and by when."""

    trigger: Trigger
    step: Step
    due: date


@dataclass(frozen=True, slots=True)
class ContactInput:
    """One contact attempt as typed."""

    channel: Channel
    outcome: ContactOutcome
    note: str


@dataclass(frozen=True, slots=True)
class SettledContact:
    """A contact attempt that may be stored, what is to be done after it, and when (None: due as before)."""

    channel: Channel
    outcome: ContactOutcome
    note: str
    next_step: Step
    next_contact: date | None


@dataclass(frozen=True, slots=True)
class Closing:
    """A follow-up that needs nobody any more, and why."""

    state: FollowUpState
    reason: CloseReason
    note: str


def plan_follow_up(
    earlier_no_shows: int,
    *,
    first_session: bool,
    in_a_row: int,
    today: date,
    due_days: int,
    holidays: Collection[date],
) -> FollowUpPlan:
    """The first two no-shows get a call, the third brings the jobcenter to the table.

    `in_a_row` counts this no-show; `due_days` are working days.
    """
    return FollowUpPlan(
        trigger=_trigger(first_session=first_session, in_a_row=in_a_row),
        step=Step.MEET_JOBCENTER if earlier_no_shows >= JOBCENTER_FROM else Step.CALL_CANDIDATE,
        due=add_working_days(today, due_days, holidays),
    )


def settle_contact(
    state: FollowUpState,
    step: Step,
    given: ContactInput,
    *,
    earlier_attempts: int,
    today: date,
    holidays: Collection[date],
) -> SettledContact:
    """Settle a contact attempt on an open follow-up; raises Refused when closed, Invalid beside `note`."""
    if state is FollowUpState.CLOSED:
        raise Refused("follow_up.closed")
    note = _settled_note(given.note, needed=False)
    attempts = earlier_attempts + 1
    return SettledContact(
        given.channel,
        given.outcome,
        note,
        next_step=next_step(step, given.outcome, attempts),
        next_contact=next_contact(given.outcome, attempts, today, holidays),
    )


def next_contact(
    outcome: ContactOutcome, attempts: int, today: date, holidays: Collection[date]
) -> date | None:
    """When to try or check again; None when no further call helps and somebody has to decide.

    `attempts` counts this one.
    """
    days = WORKING_DAYS_TO_NEXT[outcome]
    if days is None or _called_in_vain(outcome, attempts):
        return None
    return add_working_days(today, days, holidays)


def choose_next(proposed: date | None, wished: date | None, today: date) -> date | None:
    """The next contact as wished for, else as proposed; Invalid beside `next_contact_on` out of reach."""
    if wished is None:
        return proposed
    if not today <= wished <= today + FURTHEST_CONTACT:
        raise Invalid({"next_contact_on": ("follow_up.next_contact", {"days": FURTHEST_CONTACT.days})})
    return wished


def next_step(step: Step, outcome: ContactOutcome, attempts: int) -> Step:
    """What to do after a contact attempt; a meeting once called for stays called for."""
    if step is Step.MEET_JOBCENTER or _called_in_vain(outcome, attempts):
        return Step.MEET_JOBCENTER
    if outcome in {ContactOutcome.REACHED_NEEDS_HELP, ContactOutcome.REACHED_DECLINES}:
        return Step.MEET_JOBCENTER
    return Step.CALL_SCHOOL if outcome is ContactOutcome.WRONG_NUMBER else Step.CALL_CANDIDATE


def close(state: FollowUpState, reason: CloseReason, note: str) -> Closing:
    """Close an open follow-up with a reason; "other" needs a note."""
    if state is FollowUpState.CLOSED:
        raise Refused("follow_up.closed")
    settled = _settled_note(note, needed=reason is CloseReason.OTHER)
    return Closing(FollowUpState.CLOSED, reason, settled)


def reopen(state: FollowUpState) -> FollowUpState:
    """Open a closed follow-up again; its contact attempts and its earlier closing stay."""
    if state is FollowUpState.OPEN:
        raise Refused("follow_up.open")
    return FollowUpState.OPEN


def is_overdue(state: FollowUpState, due: date, today: date) -> bool:
    """Somebody should have acted before today."""
    return state is FollowUpState.OPEN and due < today


def _trigger(*, first_session: bool, in_a_row: int) -> Trigger:
    if first_session:
        return Trigger.FIRST_DAY
    return Trigger.IN_A_ROW if in_a_row >= IN_A_ROW_FROM else Trigger.NO_SHOW


def _called_in_vain(outcome: ContactOutcome, attempts: int) -> bool:
    return outcome is ContactOutcome.NO_ANSWER and attempts >= CALLS_BEFORE_MEETING


def _settled_note(note: str, *, needed: bool) -> str:
    settled = tidy(note)
    check_fields({"note": problem_in(settled, NOTE_MOST, needed=needed)})
    return settled
