"""The form of a period in which somebody cannot come."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from coordination.domain.availability import UnavailabilityKind
from coordination.web.forms.base import DanishDateField, Form
from coordination.web.forms.fields import answered
from coordination.web.labels import choices


class PeriodForm(Form):
    """First and last day, and why, from a list."""

    from_day = DanishDateField(_l("Første dag"), [answered()])
    until_day = DanishDateField(_l("Sidste dag"), [answered()])
    kind = SelectField(_l("Årsag"), description=_l("Skriv aldrig, hvad en person fejler."))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = choices(UnavailabilityKind)

    def period(self) -> dict[str, Any]:
        """What was typed, in the words of the service."""
        return {
            "from_day": self.from_day.data,
            "until_day": self.until_day.data,
            "kind": UnavailabilityKind(self.kind.data),
        }
