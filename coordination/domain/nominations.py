"""How a nomination travels: its states, who may move it, and whose turn it is."""

from __future__ import annotations

from enum import StrEnum


class NominationState(StrEnum):
    """Where a nomination stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class NominationDeed(StrEnum):
    """What someone, or the clock, does to a nomination."""

    SUBMIT = "submit"
    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    RETURN_TO_POOL = "return_to_pool"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


class Party(StrEnum):
    """Whose turn it is."""

    JOBCENTER = "jobcenter"
    COORDINATOR = "coordinator"
    SCHOOL = "school"
    NOBODY = "nobody"


class WithdrawReason(StrEnum):
    """Why a jobcenter takes a candidate out of the pool."""

    GOT_JOB = "got_job"
    MOVED_AWAY = "moved_away"
    ILLNESS_OR_LEAVE = "illness_or_leave"
    NOT_MOTIVATED = "not_motivated"
    OTHER_OFFER = "other_offer"
    MISTAKE = "mistake"
    OTHER = "other"
