"""Forms of candidates: the record of a person."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField

from coordination.domain.candidate_records import ONLY_OWN_JOBCENTER, CandidateRecord, Contact
from coordination.domain.candidates import (
    MODULES,
    CandidateFacts,
    ContactRole,
    DanishExam,
    DanishLevel,
    DanishTrack,
    Scheme,
    TargetGroup,
    TeachingNeed,
)
from coordination.domain.igu import ExtensionReason
from coordination.domain.igu_facts import HAPPENED, IguFacts
from coordination.web.forms.base import DanishDateField, Form
from coordination.web.forms.course_runs import WEEKDAYS
from coordination.web.forms.fields import TickBoxes, WholeNumberField, needed
from coordination.web.labels import choices
from coordination.web.labels.candidates import FIELDS

MODULE_FIELDS = {"module": "danish_module", "track": "danish_track"}
"""What the domain calls two of the fields."""
IGU_DAYS = (*HAPPENED, "igu_extended_until")


def yes_or_no(value: Any) -> str:
    """A choice between yes, no and not known, as posted and as stored."""
    return {True: "yes", False: "no"}.get(value, value or "")


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
    employer_private = SelectField(
        FIELDS["employer_private"],
        coerce=yes_or_no,
        default="",
        description=_l("Private virksomheder kan få bonus."),
    )
    target_group = SelectField(FIELDS["target_group"], default="")
    residence_since = DanishDateField(
        FIELDS["residence_since"], description=_l("Første dag med ophold. Bruges til betingelserne for IGU.")
    )
    agreement_signed_on = DanishDateField(FIELDS["agreement_signed_on"])
    agreement_in_vitas_on = DanishDateField(
        FIELDS["agreement_in_vitas_on"], description=_l("Senest en måned efter underskriften.")
    )
    vitas_reference = StringField(FIELDS["vitas_reference"])
    plan_ready_on = DanishDateField(
        FIELDS["plan_ready_on"], description=_l("Inden udgangen af den første måned.")
    )
    igu_extended_until = DanishDateField(
        FIELDS["igu_extended_until"], description=_l("Kun hvis forløbet er forlænget ud over to år.")
    )
    igu_extension_reason = SelectField(FIELDS["igu_extension_reason"], default="")
    practice_days = TickBoxes(
        FIELDS["practice_days"], coerce=int, description=_l("De dage kan kandidaten ikke komme i skole.")
    )
    most_travel_minutes = WholeNumberField(
        FIELDS["most_travel_minutes"],
        description=_l("Minutter den ene vej, for eksempel 60. Tomt felt: ingen grænse."),
    )
    contact_name = StringField(
        FIELDS["contact_name"], description=_l("Mentor, frivillig eller en anden, der hjælper kandidaten.")
    )
    contact_phone = StringField(FIELDS["contact_phone"])
    contact_role = SelectField(FIELDS["contact_role"], default="")
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
        self.target_group.choices = [unknown, *choices(TargetGroup)]
        self.employer_private.choices = [unknown, ("yes", _l("ja")), ("no", _l("nej"))]
        self.igu_extension_reason.choices = [("", _l("Ikke forlænget")), *choices(ExtensionReason)]
        self.practice_days.choices = list(WEEKDAYS)
        self.contact_role.choices = [unknown, *choices(ContactRole)]
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
            igu=self._igu(),
            contact=Contact(
                name=self.contact_name.data or "",
                phone=self.contact_phone.data or "",
                role=ContactRole(self.contact_role.data) if self.contact_role.data else None,
            ),
            practice_days=tuple(self.practice_days.data or ()),
            most_travel_minutes=self.most_travel_minutes.data,
        )

    def _igu(self) -> IguFacts:
        typed = self.data
        group, reason = typed["target_group"], typed["igu_extension_reason"]
        return IguFacts(
            target_group=TargetGroup(group) if group else None,
            employer_private={"yes": True, "no": False}.get(typed["employer_private"]),
            vitas_reference=typed["vitas_reference"] or "",
            igu_extension_reason=ExtensionReason(reason) if reason else None,
            **{name: typed[name] for name in IGU_DAYS},
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
