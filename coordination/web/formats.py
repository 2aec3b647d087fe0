"""How times and lengths are written: 9.00 and 4 t. 30 min."""

from __future__ import annotations

from datetime import time

from flask_babel import gettext as _

from coordination.web.forms.base import current_language

HOUR = 60


def clock(moment: time | None) -> str:
    """A time of day as people write it: 9.00 in Danish, 9:00 in English."""
    if moment is None:
        return ""
    mark = "." if current_language() == "da" else ":"
    return f"{moment.hour}{mark}{moment.minute:02}"


def hours(minutes: int) -> str:
    """A length in hours and minutes: 37 t. or 4 t. 30 min."""
    whole, rest = divmod(minutes, HOUR)
    if not rest:
        return _("%(hours)s t.", hours=whole)
    if not whole:
        return _("%(minutes)s min.", minutes=rest)
    return _("%(hours)s t. %(minutes)s min.", hours=whole, minutes=rest)
