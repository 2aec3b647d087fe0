"""The form of the travel times: one number for each journey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from flask_babel import gettext as _
from wtforms import HiddenField

from coordination.domain.travel import Minutes, cell
from coordination.web.forms.base import Form
from coordination.web.forms.fields import WholeNumberField

Named = Sequence[tuple[int, str]]


class TravelForm(Form):
    """Minutes one way from every municipality to every school; an empty cell is not known."""

    stamp = HiddenField()
    partnership = HiddenField()

    def __init__(self, municipalities: Named, schools: Named, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._places = [(home, school) for (home, _m), (school, _s) in product(municipalities, schools)]
        for (home, municipality), (school, name) in product(municipalities, schools):
            words = {"municipality": municipality, "school": name}
            self.at(home, school).label.text = _("%(municipality)s til %(school)s", **words)

    def at(self, home: int, school: int) -> WholeNumberField:
        """The field of one journey."""
        field: WholeNumberField = self[cell(home, school)]
        return field

    def minutes(self) -> Minutes:
        """What was typed, by municipality and school."""
        return {place: self.at(*place).data for place in self._places}


def travel_form(
    municipalities: Named, schools: Named, written: Mapping[tuple[int, int], int], **kwargs: Any
) -> TravelForm:
    """The form for the places of one partnership, with what is written so far."""
    places = [(home, school) for (home, _m), (school, _s) in product(municipalities, schools)]
    fields = {cell(*place): WholeNumberField() for place in places}
    data = {cell(*place): minutes for place, minutes in written.items()} | kwargs.pop("data", {})
    form: TravelForm = type("TravelForm", (TravelForm,), fields)(municipalities, schools, data=data, **kwargs)
    return form
