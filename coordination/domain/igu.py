"""The dated rules of the integrationsgrunduddannelse and its rates."""

from __future__ import annotations

from enum import StrEnum


class IguRuleKind(StrEnum):
    """What a rule asks of the person, or says of the school part."""

    TARGET_GROUP = "target_group"
    AGE_FROM = "age_from"
    AGE_UNDER = "age_under"
    RESIDENCE_UNDER = "residence_under"
    RESIDENCE_UP_TO = "residence_up_to"
    START_FROM = "start_from"
    START_UNTIL = "start_until"
    EXAM_AT_LEAST = "exam_at_least"
    SCHOOL_WEEKS = "school_weeks"
    AMU_WEEKS_AFTER_EXAM = "amu_weeks_after_exam"
    ASK = "ask"


class Effect(StrEnum):
    """Whether a rule that does not hold stops a nomination."""

    CANNOT = "cannot"
    CHECK = "check"


class RateKind(StrEnum):
    """What is paid."""

    BONUS_AFTER_6_MONTHS = "bonus_after_6_months"
    BONUS_AFTER_24_MONTHS = "bonus_after_24_months"
