"""Forms of candidates: the search above the list, and the record of a person."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField

from coordination.domain.candidate_records import ONLY_OWN_JOBCENTER, CandidateRecord
from coordination.domain.candidates import (
    MODULES,
    CandidateFacts,
    DanishExam,
    DanishLevel,
    DanishTrack,
    Scheme,
    TeachingNeed,
)
from coordination.domain.nominations import NominationState
from coordination.web.forms.base import DanishDateField, Form
from coordination.web.forms.fields import TickBoxes, needed
from coordination.web.labels import choices
from coordination.web.labels.candidates import FIELDS

NEVER = "never"
"""The choice for those who were never nominated."""
MODULE_FIELDS = {"module": "danish_module", "track": "danish_track"}
"""What the domain calls two of the fields."""


class CandidateSearchForm(Form):
    """What to look for; the words are sealed before they stand in an address."""

    q = StringField(
        _l("Søg"), description=_l("Navn, telefon, arbejdsgiver, puljekode eller et helt CPR-nummer")
    )
    scheme = SelectField(_l("Ordning"), validate_choice=False)
    state = SelectField(_l("Indstilling"), validate_choice=False)
    mine = BooleanField(_l("Kun mine"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.scheme.choices = [("", _l("Alle")), *choices(Scheme)]
        self.state.choices = [
            ("", _l("Alle")),
            (NEVER, _l("aldrig indstillet")),
            *choices(NominationState),
        ]


class CandidateForm(Form):
    """A person's record; a coordinator's form has no fields for what only the own jobcenter sees."""

    name = StringField(FIELDS["name"], [needed()])
    cpr = StringField(
        FIELDS["cpr"], description=_l("Udfyldes kun, hvis nummeret skal rettes. Ti cifre, fx 150390-0001.")
    )
    phone = StringField(FIELDS["phone"])
    email = StringField(FIELDS["email"])
    address = StringField(FIELDS["address"])
    postcode = StringField(FIELDS["postcode"])
    town = StringField(FIELDS["town"])
    protected_until = DanishDateField(
        FIELDS["protected_until"],
        description=_l("Adressen bliver ikke vist til skoler, og den kommer ikke med i lister."),
    )
    scheme = SelectField(FIELDS["scheme"])
    igu_start = DanishDateField(FIELDS["igu_start"], description=_l("Kun for kandidater på IGU."))
    employer = StringField(FIELDS["employer"])
    danish_track = SelectField(FIELDS["danish_track"])
    danish_module = SelectField(FIELDS["danish_module"])
    danish_exam = SelectField(FIELDS["danish_exam"])
    danish_exam_on = DanishDateField(FIELDS["danish_exam_on"])
    needs = TickBoxes(FIELDS["needs"])
    notes = TextAreaField(
        FIELDS["notes"],
        description=_l("Vises aldrig til skoler. Skriv ikke diagnoser eller andet om helbred."),
    )
    notes_private = BooleanField(
        _l("Kun for vores eget jobcenter"), description=_l("Koordinatoren ser ikke notaterne.")
    )
    caseworker_id = SelectField(FIELDS["caseworker_id"], coerce=int)
    version = HiddenField()

    def __init__(self, colleagues: Any, *, on_behalf: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        unknown = ("", _l("Ikke oplyst"))
        self.scheme.choices = choices(Scheme)
        self.danish_track.choices = [unknown, *choices(DanishTrack)]
        self.danish_module.choices = [unknown, *((str(number), str(number)) for number in MODULES)]
        self.danish_exam.choices = choices(DanishExam)
        self.needs.choices = choices(TeachingNeed)
        self.caseworker_id.choices = list(colleagues)
        if on_behalf:
            for name in (*ONLY_OWN_JOBCENTER, "cpr"):
                del self[name]

    def record(self) -> CandidateRecord:
        """What was typed, in the words of the domain."""
        typed = self.data
        return CandidateRecord(
            facts=CandidateFacts(
                name=self.name.data or "",
                scheme=Scheme(self.scheme.data),
                igu_start=self.igu_start.data,
                level=self._level(),
                **{
                    name: typed.get(name) or ""
                    for name in ("phone", "email", "address", "postcode", "town", "employer")
                },
            ),
            caseworker_id=typed.get("caseworker_id") or 0,
            danish_exam_on=self.danish_exam_on.data,
            protected_until=typed.get("protected_until"),
            needs=tuple(TeachingNeed(need) for need in self.needs.data or ()),
            notes=typed.get("notes") or "",
            notes_private=bool(typed.get("notes_private")),
        )

    def _level(self) -> DanishLevel:
        return DanishLevel(
            track=DanishTrack(self.danish_track.data) if self.danish_track.data else None,
            module=int(self.danish_module.data) if self.danish_module.data else None,
            exam=DanishExam(self.danish_exam.data),
        )

    def refuse(self, message: str, field_name: str | None = None) -> None:
        """As in every form, with two fields that the domain calls otherwise."""
        super().refuse(message, MODULE_FIELDS.get(field_name or "", field_name))


class RegistrationForm(CandidateForm):
    """A new person: the CPR number must be there."""

    def __init__(self, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(colleagues, **kwargs)
        self.cpr.validators = [needed()]
        self.cpr.flags.required = True
        self.cpr.description = _l("Ti cifre, fx 150390-0001.")
