"""Forms of nominations: the list's filters, ranked wishes, the basis of sharing, why one is withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Optional

from coordination.domain.legal_bases import Basis, LegalBasis, settle_basis, usual_end
from coordination.domain.nominations import MAX_WISHES, NominationState
from coordination.web.forms.base import DanishDateField, Form
from coordination.web.labels import choices

EVERY = "all"
"""The choice for those at an end too."""


class NominationFilterForm(Form):
    """Which nominations the list shows; what cannot be read is left out."""

    class Meta:
        csrf = False

    state = SelectField(_l("Tilstand"), validate_choice=False)
    sector = SelectField(_l("Branche"), validate_choice=False)
    mine = BooleanField(_l("Kun mine"))

    def __init__(self, sectors: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.state.choices = [
            ("", _l("I gang")),
            *choices(NominationState),
            (EVERY, _l("Alle, også afsluttede")),
        ]
        self.sector.choices = [("", _l("Alle")), *((str(number), name) for number, name in sectors)]


class BasisFields(Form):
    """What allows the sharing of a person, and how long; the form of a nomination takes it along."""

    basis = RadioField(_l("Grundlag"), validate_choice=False)
    basis_given_on = DanishDateField(_l("Informeret, eller samtykke givet, den"), validators=[Optional()])
    basis_until = DanishDateField(
        _l("Gælder til og med"),
        description=_l("Højst fem år. Er feltet tomt, gælder det i to år."),
        validators=[Optional()],
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.basis.choices = choices(LegalBasis)

    def propose(self, today: date) -> None:
        """Fill in the days most nominations have: given today, for two years."""
        self.basis_given_on.data, self.basis_until.data = today, usual_end(today)

    def settled_basis(self, today: date) -> Basis:
        """What was chosen, as the domain reads it; Invalid beside the fields."""
        return settle_basis(self.basis.data, self.basis_given_on.data, self.basis_until.data, today)


class WishesForm(Form):
    """Up to five sectors, the one wished for most first; an empty place in between does no harm."""

    wish_1 = SelectField(_l("1. ønske"), coerce=int)
    wish_2 = SelectField(_l("2. ønske"), coerce=int)
    wish_3 = SelectField(_l("3. ønske"), coerce=int)
    wish_4 = SelectField(_l("4. ønske"), coerce=int)
    wish_5 = SelectField(_l("5. ønske"), coerce=int)

    def __init__(self, sectors: Iterable[tuple[int, str]], wished: Iterable[int] = (), **kwargs: Any) -> None:
        super().__init__(data={f"wish_{rank}": wish for rank, wish in enumerate(wished, 1)}, **kwargs)
        offered = list(sectors)
        for rank, field in enumerate(self.ranked(), 1):
            nothing = _l("Vælg branche") if rank == 1 else _l("Intet")
            field.choices = [(0, nothing), *offered]
        for rank in range(max(1, len(offered)) + 1, MAX_WISHES + 1):
            del self[f"wish_{rank}"]

    def ranked(self) -> list[SelectField]:
        """The fields for the wishes, best first."""
        return [self[f"wish_{rank}"] for rank in range(1, MAX_WISHES + 1) if f"wish_{rank}" in self]

    def sector_ids(self) -> list[int]:
        """The sectors that were chosen, best first."""
        return [field.data for field in self.ranked() if field.data]

    def refuse(self, message: str, field_name: str | None = None) -> None:
        """What is wrong with the wishes stands beside the first of them."""
        super().refuse(message, "wish_1" if field_name == "wishes" else field_name)


class NominationForm(WishesForm, BasisFields):
    """A new nomination: the wishes, and what allows the sharing."""


class WithdrawalForm(Form):
    """Why a nomination is withdrawn."""

    reason = RadioField(_l("Årsag"), validate_choice=False)
    note = TextAreaField(
        _l("Bemærkning"), description=_l("Kan udelades. Skriv ikke om helbred. Skoler ser det ikke.")
    )

    def __init__(self, reasons: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reason.choices = list(reasons)


class PriorityForm(Form):
    """Why a candidate goes first."""

    reason = RadioField(_l("Hvorfor skal kandidaten have forrang?"), validate_choice=False)

    def __init__(self, reasons: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reason.choices = list(reasons)


class ParkingForm(Form):
    """Until when and why a candidate waits outside the pool."""

    until = DanishDateField(
        _l("Tilbage i puljen den"),
        validators=[InputRequired(message=_l("Skriv den dag, kandidaten skal tilbage i puljen."))],
    )
    reason = RadioField(
        _l("Årsag"),
        validate_choice=False,
        validators=[InputRequired(message=_l("Vælg en årsag på listen."))],
    )

    def __init__(self, reasons: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reason.choices = list(reasons)
