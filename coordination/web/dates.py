"""Dates and moments as people read them: Copenhagen time, in the language of the page."""

from __future__ import annotations

from datetime import date, datetime, time

from flask import Flask
from flask_babel import format_date, format_datetime

from coordination.domain.actors import Language
from coordination.web.forms.base import current_language

MOMENTS = {Language.DANISH: "d. MMM y 'kl.' H.mm", Language.ENGLISH: "d MMM y, H:mm"}
LONG_MOMENTS = {
    Language.DANISH: "EEEE 'den' d. MMMM y 'kl.' H.mm",
    Language.ENGLISH: "EEEE, d MMMM y, H:mm",
}
CLOCKS = {Language.DANISH: ".", Language.ENGLISH: ":"}


def long_day(day: date | None) -> str:
    """Mandag den 23. november 2026; empty for none."""
    return format_date(day, "full", rebase=False) if day else ""


def short_day(day: date | None) -> str:
    """23. nov. 2026; empty for none."""
    return format_date(day, "medium", rebase=False) if day else ""


def clock(moment: time | None) -> str:
    """9.05, in English 9:05; empty for none."""
    return f"{moment.hour}{CLOCKS[current_language()]}{moment.minute:02}" if moment else ""


def moment(at: datetime | None) -> str:
    """23. nov. 2026 kl. 9.05 in Copenhagen; empty for none."""
    return format_datetime(at, MOMENTS[current_language()]) if at else ""


def long_moment(at: datetime | None) -> str:
    """Mandag den 23. november 2026 kl. 9.05 in Copenhagen; empty for none."""
    return format_datetime(at, LONG_MOMENTS[current_language()]) if at else ""


def init_app(app: Flask) -> None:
    """Give templates the filters."""
    app.jinja_env.filters.update(
        long_day=long_day, short_day=short_day, clock=clock, moment=moment, long_moment=long_moment
    )
