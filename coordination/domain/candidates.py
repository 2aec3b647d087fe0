"""Who a candidate is: civil registration number, scheme, Danish level, needs for teaching."""

from __future__ import annotations

from enum import StrEnum


class Scheme(StrEnum):
    """The arrangement a candidate is on while in the pool."""

    IGU = "igu"
    INTERNSHIP = "internship"
    WAGE_SUBSIDY = "wage_subsidy"
    ORDINARY = "ordinary"
    OTHER = "other"


class DanishTrack(StrEnum):
    """The Danish education a candidate follows."""

    DU1 = "du1"
    DU2 = "du2"
    DU3 = "du3"


class DanishExam(StrEnum):
    """The highest Danish exam passed, lowest first."""

    NONE = "none"
    PD1 = "pd1"
    PD2 = "pd2"
    PD3 = "pd3"
    SP = "sp"


class TeachingNeed(StrEnum):
    """What must be arranged before a candidate can take part in teaching."""

    TRANSPORT = "transport"
    CHILDCARE_HOURS = "childcare_hours"
    INTERPRETER = "interpreter"
    ACCESSIBILITY = "accessibility"


class Sex(StrEnum):
    """Sex as the last digit of the civil registration number tells it; used in totals only."""

    FEMALE = "female"
    MALE = "male"
