"""Forms of seats: whom to offer one, and why one is turned down or given up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import InputRequired

from coordination.web.forms.base import DanishDateField, Form

KEEP, LEAVE = "keep", "leave"


class ReasonForm(Form):
    """A reason from the list of a deed; the deed itself checks that it is on it."""

    reason = RadioField(
        _l("Årsag"),
        validate_choice=False,
        validators=[InputRequired(message=_l("Vælg en årsag på listen."))],
    )

    def __init__(self, reasons: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reason.choices = list(reasons)


class ChoiceForm(Form):
    """The people ticked in a list; which of them may be chosen is the deed's to say."""

    nominations = SelectMultipleField(_l("Kandidater"), coerce=int, validate_choice=False)

    def chosen(self) -> list[int]:
        """The nominations ticked."""
        return list(self.nominations.data or ())


class PlainForm(Form):
    """A press of a button: nothing but the token."""


class DeclineForm(ReasonForm):
    """Why the jobcenter says no, and whether the candidate stays in the pool."""

    pool = RadioField(
        _l("Hvad skal der ske med indstillingen?"),
        choices=[
            SelectChoice(KEEP, _l("Behold kandidaten i puljen, på samme plads i køen")),
            SelectChoice(LEAVE, _l("Tag kandidaten ud af puljen")),
        ],
        default=KEEP,
    )

    def values(self) -> dict[str, Any]:
        """What the deed needs."""
        return {"reason": self.reason.data, "keep": self.pool.data != LEAVE}


class RejectForm(ReasonForm):
    """Why the school says no."""

    def values(self) -> dict[str, Any]:
        """What the deed needs."""
        return {"reason": self.reason.data}


class DropOutForm(ReasonForm):
    """Why and when a participant stopped."""

    left_on = DanishDateField(
        _l("Sidste dag på holdet"),
        validators=[InputRequired(message=_l("Skriv deltagerens sidste dag på holdet."))],
    )

    def values(self) -> dict[str, str | date | None]:
        """What the deed needs."""
        return {"reason": self.reason.data, "left_on": self.left_on.data}
