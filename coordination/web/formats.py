"""How lengths of teaching, what they count, and money are written: 4 t. 30 min., × 1,5 and 2.500."""

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


def kroner(ore: int) -> str:
    """An amount of øre in whole and parts of kroner, without the word: 2.500 or 12,5."""
    return format_decimal(Decimal(ore) / 100)
