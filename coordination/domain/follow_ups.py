"""What a no-show leads to: the step, its due date, the next contact, and when the case closes."""

from __future__ import annotations

from enum import StrEnum


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
