"""Whether a run starts: who is warned that a decision is due, and what the decision may be."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class Verdict(StrEnum):
    """What is decided about a run that is open."""

    START = "start"
    STOP = "stop"


def is_due(decide_by: date | None, warn_days: int, today: date) -> bool:
    """True from the day of the warning on, and after the last day as well."""
    return decide_by is not None and today >= decide_by - timedelta(days=warn_days)
