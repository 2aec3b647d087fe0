"""What a mark says, in words, and when it was saved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from coordination.domain.attendance import Cause, MarkStatus
from coordination.web.dates import clock
from coordination.web.doors import COPENHAGEN, today
from coordination.web.labels import word

PARTIAL = {MarkStatus.LATE, MarkStatus.LEFT_EARLY}


def mark_words(mark: Any) -> str:
    """A mark in one line: status and details, as far as the page may tell them."""
    status = word(mark.status) if mark.status else _("ikke registreret")
    return ", ".join(filter(None, [status, mark_details(mark)]))


def mark_details(mark: Any) -> str:
    """What a mark says besides its status: minutes, announced, cause, comment."""
    parts = []
    if mark.status in PARTIAL and mark.minutes_missed:
        parts.append(ngettext("%(num)s minut", "%(num)s minutter", int(mark.minutes_missed)))
    if mark.announced:
        parts.append(_("meldt afbud"))
    if mark.cause and mark.cause is not Cause.UNKNOWN:
        parts.append(word(mark.cause))
    if mark.comment:
        parts.append(f"»{mark.comment}«")
    return ", ".join(parts)


def saved_at(moment: datetime | None) -> str:
    """9.02 today, 9.02 (23.11.) on another day; empty for none."""
    if moment is None:
        return ""
    local = moment.astimezone(COPENHAGEN)
    at = clock(local.time())
    return at if local.date() == today() else f"{at} ({local.day}.{local.month}.)"
