"""Forms of school hours elsewhere and of the factors."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField

from coordination.domain.hour_factors import FactorFacts
from coordination.domain.hours_elsewhere import ElsewhereFacts
from coordination.domain.tracks import TeachingKind
from coordination.web.forms.base import DanishDateField, Form
from coordination.web.forms.fields import answered, needed
from coordination.web.labels import choices


class ElsewhereForm(Form):
    """Teaching outside the runs of this tool."""

    kind = SelectField(_l("Undervisningens art"))
    place = StringField(_l("Skole eller kursus"), [needed()])
    from_day = DanishDateField(_l("Første dag"), [answered()])
    until_day = DanishDateField(_l("Sidste dag"), [answered()])
    hours = StringField(
        _l("Timer, personen har deltaget"),
        [needed()],
        description=_l(
            "Skriv 12,5 eller 12:30. Skriv de undervisningstimer, der er holdt, ikke de omregnede."
        ),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = choices(TeachingKind)

    def facts(self) -> ElsewhereFacts:
        """What was typed, in the words of the domain."""
        return ElsewhereFacts(
            kind=TeachingKind(self.kind.data),
            place=self.place.data or "",
            from_day=self.from_day.data,
            until_day=self.until_day.data,
            hours=self.hours.data or "",
        )


class FactorForm(Form):
    """What an hour of a teaching kind counts from a day on."""

    kind = SelectField(_l("Undervisningens art"))
    factor = StringField(
        _l("Én undervist time tæller"), [needed()], description=_l("For eksempel 1, 2 eller 1,5.")
    )
    valid_from = DanishDateField(
        _l("Gælder fra"),
        [answered()],
        description=_l(
            "Undervisning fra den dag regnes med den nye faktor, også i konti, der allerede er i gang."
        ),
    )
    source = StringField(
        _l("Kilde"),
        [needed()],
        description=_l("Lov, bekendtgørelse eller vejledning. Skriv det, hvis faktoren er antaget."),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = choices(TeachingKind)

    def facts(self) -> FactorFacts:
        """What was typed, in the words of the domain."""
        return FactorFacts(
            kind=TeachingKind(self.kind.data),
            factor=self.factor.data or "",
            valid_from=self.valid_from.data,
            source=self.source.data or "",
        )
