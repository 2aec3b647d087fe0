"""How lengths of teaching and what they count are written: 4 t. 30 min. and × 1,5."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import format_decimal
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


def factor(percent: int) -> str:
    """What an hour counts: × 2 or × 1,5."""
    return _("× %(factor)s", factor=format_decimal(Decimal(percent) / 100))
