"""Fields that read what Danes type: times of day, whole numbers, and several boxes to tick."""

from __future__ import annotations

import re
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectMultipleField, TimeField
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

EMPTY = _l("Feltet skal udfyldes.")
LARGEST = 1_000_000
AMOUNT = re.compile(r"(\d{1,9}|\d{1,3}([. ]\d{3}){1,2})(,\d{1,2})?", re.ASCII)


def needed() -> DataRequired:
    """The field must hold something besides blanks."""
    return DataRequired(message=EMPTY)


def answered() -> InputRequired:
    """The field must be filled in: for numbers, dates and times, whose own error then stays in sight."""
    return InputRequired(message=EMPTY)


class ClockField(TimeField):
    """A time of day: the browser's own picker, or typed as 9.00, 09:00 or 9."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the time; one that no clock shows is refused in words."""
        self.data: time | None = None
        text = (valuelist[0] if valuelist else "").strip().replace(".", ":")
        if not text:
            return
        for form in ("%H:%M", "%H:%M:%S", "%H"):
            try:
                self.data = datetime.strptime(text, form).time()  # noqa: DTZ007 (a time of day has no zone)
            except ValueError:
                continue
            return
        raise ValueError(self.gettext(str(_l("Skriv et klokkeslæt, for eksempel 9.00."))))


class WholeNumberField(IntegerField):
    """A whole number that is not negative."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the number; anything but digits is refused in words."""
        self.data: int | None = None
        text = (valuelist[0] if valuelist else "").strip()
        if not text:
            return
        if not text.isascii() or not text.isdigit() or int(text[:9]) > LARGEST:
            raise ValueError(self.gettext(str(_l("Skriv et helt tal med cifre."))))
        self.data = int(text)


class KronerField(IntegerField):
    """An amount in kroner, typed as 125000, 125.000 or 1.250,50; the data are øre."""

    def _value(self) -> str:
        """The amount as people write it, or what was typed."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else format_decimal(Decimal(self.data) / 100, format="#,##0.##")

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the amount; anything else is refused in words."""
        self.data: int | None = None
        text = (valuelist[0] if valuelist else "").strip().removesuffix("kr.").removesuffix("kr").strip()
        if not text:
            return
        if not AMOUNT.fullmatch(text):
            raise ValueError(self.gettext(str(_l("Skriv et beløb i kroner, for eksempel 125.000."))))
        whole, _comma, rest = text.replace(".", "").replace(" ", "").partition(",")
        self.data = int(whole) * 100 + int(rest.ljust(2, "0") or 0)


class TickBoxes(SelectMultipleField):
    """Several choices as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
