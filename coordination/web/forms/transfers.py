"""Forms of transfers: to whom and from which day, who takes over, and why not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField

from coordination.web.forms.base import DanishDateField, Form
from coordination.web.forms.fields import needed


class OfferForm(Form):
    """To which municipality a person moves, and when."""

    municipality = SelectField(_l("Ny kommune"), coerce=int, validate_choice=False)
    effective_on = DanishDateField(
        _l("Første dag i den nye kommune"),
        description=_l("Fra den dag har det nye jobcenter sagen, og jeres adgang hører op."),
    )
    note = TextAreaField(
        _l("Bemærkning til det nye jobcenter"),
        description=_l("Kan udelades. Skriv ikke navn, CPR-nummer eller noget om helbred."),
    )

    def __init__(self, receivers: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.municipality.choices = [(0, _l("Vælg kommune")), *receivers]


class AcceptForm(Form):
    """Who the person is, and who takes over."""

    cpr = StringField(
        _l("Kandidatens CPR-nummer"),
        description=_l("Skriv det, I har fået af kandidaten. Det skal passe, før I overtager sagen."),
        validators=[needed()],
    )
    caseworker = SelectField(_l("Ny sagsbehandler"), coerce=int, validate_choice=False)

    def __init__(self, caseworkers: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.caseworker.choices = [(0, _l("Vælg sagsbehandler")), *caseworkers]


class EndForm(Form):
    """Why a transfer comes to nothing."""

    reason = TextAreaField(
        _l("Hvorfor ikke?"), description=_l("Det andet jobcenter læser det. Skriv ikke om helbred.")
    )
