"""The form of an employer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField

from coordination.domain.employers import EmployerFacts
from coordination.web.forms.base import Form
from coordination.web.forms.fields import WholeNumberField, needed


class EmployerForm(Form):
    """Name, number and limit; the partnership is asked for only where there are several."""

    partnership_id = SelectField(_l("Samarbejde"), coerce=int)
    name = StringField(
        _l("Navn"),
        [needed()],
        description=_l(
            "Som det står på kandidaterne. Store og små bogstaver, tegn og A/S eller ApS betyder ikke noget."
        ),
    )
    cvr = StringField(_l("CVR-nummer"), description=_l("Otte cifre. Kan vente."))
    most_away = WholeNumberField(
        _l("Højst på skole ad gangen"),
        description=_l("Så mange kandidater kan virksomheden undvære samme dag. Tomt felt: ingen grænse."),
    )
    version = HiddenField()

    def __init__(self, partnerships: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._only = partnerships[0][0] if len(partnerships) == 1 else None
        self.partnership_id.choices = list(partnerships)
        if len(partnerships) < 2:  # noqa: PLR2004 (nothing to choose between)
            del self["partnership_id"]

    def partnership(self) -> int:
        """The partnership chosen, or the only one."""
        return self._only or int(self["partnership_id"].data or 0)

    def facts(self) -> EmployerFacts:
        """What was typed, in the words of the domain."""
        return EmployerFacts(self.name.data or "", self.cvr.data or "", self.most_away.data)
