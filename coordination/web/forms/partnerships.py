"""Forms of partnerships and their places."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, SelectField, StringField
from wtforms.validators import DataRequired

from coordination.domain.partnerships import BOUNDS
from coordination.web.forms.base import DanishDateField, Form
from coordination.web.forms.fields import WholeNumberField, answered


class NameForm(Form):
    """A new partnership begins with its name; the settings have usual values."""

    name = StringField(
        _l("Navn"), [DataRequired()], description=_l("Som I selv kalder det, for eksempel Sønderjylland.")
    )


class SettingsForm(NameForm):
    """Name and settings of a partnership."""

    offer_hours = WholeNumberField(
        _l("Arbejdstimer til at svare på en tilbudt plads"),
        [answered()],
        description=_l("Derefter udløber tilbuddet, og pladsen tilbydes den næste på ventelisten."),
    )
    work_from_hour = WholeNumberField(
        _l("Arbejdsdagen begynder kl."),
        [answered()],
        description=_l("Hele timer. Kun timer på arbejdsdage tæller med i svarfristen."),
    )
    work_until_hour = WholeNumberField(_l("Arbejdsdagen slutter kl."), [answered()])
    ask_after_days = WholeNumberField(
        _l("Arbejdsdage, før den, der har turen, bliver mindet om det"), [answered()]
    )
    tell_after_days = WholeNumberField(_l("Arbejdsdage, før koordinatoren får besked"), [answered()])
    follow_up_days = WholeNumberField(
        _l("Arbejdsdage til første henvendelse efter en udeblivelse"), [answered()]
    )
    register_window_days = WholeNumberField(
        _l("Dage, hvor fremmøde kan rettes"),
        [answered()],
        description=_l("Derefter kan koordinatoren låse op med en begrundelse."),
    )
    school_access_days = WholeNumberField(
        _l("Dage, hvor skolen ser deltagerne efter holdets slutning"),
        [answered()],
        description=_l("Gælder hold, der planlægges fra nu af."),
    )
    evaluation_days = WholeNumberField(
        _l("Dage til skolens evaluering efter sidste undervisningsgang"), [answered()]
    )
    low_score = WholeNumberField(
        _l("Lav score"),
        [answered()],
        description=_l("Et svar på dette tal eller lavere bliver af sig selv til et forbedringsforslag."),
    )

    def settings(self) -> dict[str, int]:
        """What was typed, by the name of the setting."""
        return {name: self[name].data for name in BOUNDS}


class MunicipalityForm(Form):
    """A municipality and its jobcenter."""

    code = StringField(_l("Kommunekode"), [DataRequired()], description=_l("Tre cifre, for eksempel 580."))
    name = StringField(
        _l("Navn"), [DataRequired()], description=_l("Uden ordet kommune, for eksempel Aabenraa.")
    )
    mail = EmailField(_l("Jobcenterets fælles postkasse"), description=_l("Hvis der er en."))


class SchoolForm(Form):
    """A school."""

    name = StringField(_l("Navn"), [DataRequired()], description=_l("Med sted, hvis skolen har flere."))
    address = StringField(_l("Adresse"), description=_l("Hvor undervisningen er."))


class ExistingSchoolForm(Form):
    """A school that serves another partnership already."""

    school_id = SelectField(_l("Skole"), coerce=int)

    def __init__(self, schools: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.school_id.choices = list(schools)


class ClosingDayForm(Form):
    """A day without teaching."""

    day = DanishDateField(_l("Dag"), [DataRequired()])
    name = StringField(_l("Hvorfor"), [DataRequired()], description=_l("For eksempel efterårsferie."))


class SectorForm(Form):
    """A sector candidates may wish for."""

    name = StringField(_l("Navn"), [DataRequired()], description=_l("For eksempel Køkken og rengøring."))
    name_en = StringField(_l("Navn på engelsk"))
    code = StringField(
        _l("Kort kode"),
        [DataRequired()],
        description=_l("Bruges i filer: små bogstaver, cifre og bindestreg, for eksempel koekken."),
    )
    active = BooleanField(_l("Kan ønskes i nye indstillinger"))


class AppointmentForm(Form):
    """Who is to coordinate the partnership."""

    user_id = SelectField(_l("Koordinator"), coerce=int)

    def __init__(self, people: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user_id.choices = [(person.id, person.name) for person in people]
