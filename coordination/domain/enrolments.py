"""How a seat in a course run is offered, answered, held and left."""

from __future__ import annotations

from enum import StrEnum


class EnrolmentState(StrEnum):
    """Where a seat stands."""

    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    DROPPED_OUT = "dropped_out"


class EnrolmentDeed(StrEnum):
    """What someone, or the clock, does to a seat."""

    OFFER = "offer"
    WAIT = "wait"
    ACCEPT = "accept"
    DECLINE = "decline"
    CONFIRM = "confirm"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    DROP_OUT = "drop_out"
    RESUME = "resume"


class DeclineReason(StrEnum):
    """Why a jobcenter says no to an offered seat."""

    WRONG_TIME = "wrong_time"
    TOO_FAR = "too_far"
    CHILDCARE = "childcare"
    HEALTH_OR_LEAVE = "health_or_leave"
    GOT_JOB = "got_job"
    OTHER = "other"


class RejectReason(StrEnum):
    """Why a school says no to a participant."""

    LANGUAGE_TOO_LOW = "language_too_low"
    MODULE_TAKEN_BEFORE = "module_taken_before"
    SAFETY_REQUIREMENT = "safety_requirement"
    OTHER = "other"


class DropOutReason(StrEnum):
    """Why a participant left a run that had begun."""

    GOT_JOB = "got_job"
    ILLNESS_OR_LEAVE = "illness_or_leave"
    MOVED_AWAY = "moved_away"
    STAYED_AWAY = "stayed_away"
    OTHER = "other"


# Which rows count against the capacity, and whose names a school may read.
HOLDS_SEAT = frozenset({EnrolmentState.OFFERED, EnrolmentState.ACCEPTED, EnrolmentState.CONFIRMED})
NAMED_TO_SCHOOL = frozenset({EnrolmentState.ACCEPTED, EnrolmentState.CONFIRMED, EnrolmentState.DROPPED_OUT})
# Someone who dropped out stays on the registers up to the day of leaving: see on_roster().
ON_ROSTER = NAMED_TO_SCHOOL
