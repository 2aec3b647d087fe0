"""When a candidate cannot come to school."""

from __future__ import annotations

from enum import StrEnum


class UnavailabilityKind(StrEnum):
    """Why a candidate cannot come; never a diagnosis."""

    HOLIDAY = "holiday"
    LEAVE = "leave"
    PRACTICE = "practice"
    OTHER_COURSE = "other_course"
    APPOINTMENT = "appointment"
    OTHER = "other"
