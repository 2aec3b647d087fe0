"""The fields of a candidate as people read them: each value kept in the record or its history in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from coordination.domain.candidates import (
    ContactRole,
    DanishExam,
    DanishTrack,
    Scheme,
    TargetGroup,
    TeachingNeed,
)
from coordination.domain.igu import ExtensionReason
from coordination.domain.igu_facts import HAPPENED
from coordination.web.dates import short_day
from coordination.web.labels import word
from coordination.web.labels.availability import day_words

WORDS_OF = {
    "scheme": Scheme,
    "danish_track": DanishTrack,
    "danish_exam": DanishExam,
    "target_group": TargetGroup,
    "igu_extension_reason": ExtensionReason,
    "contact_role": ContactRole,
}
DAYS = frozenset({"igu_start", "igu_extended_until", "protected_until", "danish_exam_on", *HAPPENED})


def value_word(field: str, value: Any) -> str:
    """A value kept in the record or its history, as people read it."""
    if value in (None, "", [], ()):
        return ""
    if field in WORDS_OF:
        return word(WORDS_OF[field](value))
    if field in DAYS:
        return short_day(date.fromisoformat(value))
    if field in LISTS:
        return LISTS[field](value)
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    return str(value)


def _needs(value: Any) -> str:
    return ", ".join(word(TeachingNeed(need)) for need in value)


def _weekdays(value: Any) -> str:
    return day_words(tuple(value))


def _minutes(value: Any) -> str:
    return ngettext("%(num)s minut", "%(num)s minutter", int(value))


LISTS = {"needs": _needs, "practice_days": _weekdays, "most_travel_minutes": _minutes}
