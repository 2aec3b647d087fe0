"""The register of one session: marks, minutes, who still lacks a mark, and when it may be edited."""

from __future__ import annotations

from enum import StrEnum


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
