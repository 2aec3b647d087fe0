"""How lengths of teaching are written: 4 t. 30 min."""

from __future__ import annotations

from flask_babel import gettext as _

HOUR = 60


def hours(minutes: int) -> str:
    """A length in hours and minutes: 37 t. or 4 t. 30 min."""
    whole, rest = divmod(minutes, HOUR)
    if not rest:
        return _("%(hours)s t.", hours=whole)
    if not whole:
        return _("%(minutes)s min.", minutes=rest)
    return _("%(hours)s t. %(minutes)s min.", hours=whole, minutes=rest)
