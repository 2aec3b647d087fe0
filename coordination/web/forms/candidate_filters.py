"""The search and the filters above the list of candidates."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField, ValidationError

from coordination.domain.candidates import DanishExam, Scheme
from coordination.domain.nominations import NominationState
from coordination.web.asked import member, number
from coordination.web.forms.base import DanishDateField, Form
from coordination.web.labels import choices, word

NEVER = "never"
"""The choice for those who were never nominated."""
MINE = "mine"
"""The choice for the reader's own people."""
SELDOM = ("scheme", "sector", "exam", "igu_from", "igu_until", "basis")
"""Fields that are folded away until one of them is used."""
FILTERS = ("state", "caseworker", "municipality", *SELDOM)
"""The filters by the names they have in an address."""


class CandidateFilterForm(Form):
    """What to look for; the words are sealed before they stand in an address, the rest is not personal."""

    q = StringField(
        _l("Søg"), description=_l("Navn, telefon, arbejdsgiver, puljekode eller et helt CPR-nummer")
    )
    state = SelectField(_l("Indstilling"), validate_choice=False)
    caseworker = SelectField(_l("Sagsbehandler"), validate_choice=False)
    municipality = SelectField(_l("Kommune"), validate_choice=False)
    scheme = SelectField(_l("Ordning"), validate_choice=False)
    sector = SelectField(_l("Ønsket branche"), validate_choice=False)
    exam = SelectField(_l("Danskprøve"), validate_choice=False)
    igu_from = DanishDateField(_l("IGU-start fra"))
    igu_until = DanishDateField(_l("IGU-start til"))
    basis = BooleanField(_l("Grundlag for deling udløber snart"))

    def validate_igu_until(self, field: DanishDateField) -> None:
        """The dates stand in order."""
        if field.data and self.igu_from.data and field.data < self.igu_from.data:
            raise ValidationError(str(_l("Slutdatoen ligger før startdatoen. Ret en af dem.")))

    def offer(self, page: Any) -> CandidateFilterForm:
        """Fill the lists to choose from; a list with nothing to choose is left out."""
        everything = ("", _l("Alle"))
        self.scheme.choices = [everything, *choices(Scheme)]
        self.state.choices = [everything, (NEVER, _l("aldrig indstillet")), *choices(NominationState)]
        self.caseworker.choices = [everything, (MINE, _l("mine")), *_keyed(page.colleagues)]
        self.municipality.choices = [everything, *_keyed(page.municipalities)]
        self.sector.choices = [everything, *_keyed(page.sectors)]
        self.exam.choices = [everything, *((exam.value, _at_least(exam)) for exam in list(DanishExam)[1:])]
        for name, offered in (
            ("caseworker", not page.sees_municipality),
            ("municipality", page.municipalities),
        ):
            if not offered:
                del self[name]
        return self

    def filters(self) -> dict[str, Any]:
        """The filters in the words of the query; what cannot be read counts as not asked."""
        exam = member(DanishExam, self.exam.data)
        return {
            "state": member(NominationState, self.state.data),
            "never_nominated": self.state.data == NEVER,
            "mine": self.caseworker.data == MINE,
            "caseworker_id": number(self.caseworker.data),
            "municipality_id": number(self.municipality.data),
            "scheme": member(Scheme, self.scheme.data),
            "sector_id": number(self.sector.data),
            "exam": None if exam is DanishExam.NONE else exam,
            "igu_from": self.igu_from.data,
            "igu_until": self.igu_until.data,
            "basis_ends_soon": self.basis.data,
        }

    def asked(self) -> dict[str, str]:
        """The filters as they stand in an address, without the words."""
        plain = {name: "1" if self[name].data is True else str(self[name].data or "") for name in FILTERS}
        return {name: text for name, text in plain.items() if text and not self[name].errors}

    @property
    def unfolded(self) -> bool:
        """True if one of the fields that are folded away is used."""
        return any(self[name].data for name in SELDOM)


def _keyed(offered: Any) -> list[tuple[str, str]]:
    return [(str(key), name) for key, name in offered]


def _at_least(exam: DanishExam) -> Any:
    return _l("Mindst %(exam)s", exam=word(exam))
