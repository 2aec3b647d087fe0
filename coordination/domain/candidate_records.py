"""What is written down about a candidate: who may write which part, and what a change changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum

from coordination.domain.candidates import (
    CandidateFacts,
    ContactRole,
    DanishExam,
    TeachingNeed,
    is_phone,
    settle_facts,
    settle_text,
)
from coordination.domain.errors import Invalid, Problem
from coordination.domain.igu_facts import MAX_REFERENCE, IguFacts, igu_problems
from coordination.domain.texts import problem_in, tidy
from coordination.domain.travel import MOST_MINUTES

MAX_NOTES = 4000
MAX_CONTACT_NAME = 120
MAX_CONTACT_PHONE = 40
WEEKDAYS = range(7)

# What the coordinator, who writes on behalf of a jobcenter, neither sees nor changes.
ONLY_OWN_JOBCENTER = frozenset(
    {"address", "postcode", "protected_until", "notes", "notes_private", "caseworker_id"}
)


@dataclass(frozen=True)
class Contact:
    """The mentor or volunteer who helps a candidate; without a name there is none."""

    name: str = ""
    phone: str = ""
    role: ContactRole | None = None


@dataclass(frozen=True)
class CandidateRecord:
    """Everything a jobcenter keeps about a candidate besides the civil registration number."""

    facts: CandidateFacts
    caseworker_id: int
    danish_exam_on: date | None = None
    protected_until: date | None = None
    needs: tuple[TeachingNeed, ...] = ()
    notes: str = ""
    notes_private: bool = False
    igu: IguFacts = field(default_factory=IguFacts)
    contact: Contact = Contact()
    practice_days: tuple[int, ...] = ()
    most_travel_minutes: int | None = None


def settle_record(given: CandidateRecord, today: date, *, born: date | None = None) -> CandidateRecord:
    """The record tidied, ready to be stored; Invalid beside each field that cannot be used."""
    errors: dict[str, str | Problem] = {}
    record = _tidied(given, errors)
    for name, problem in igu_problems(record.igu, record.facts.scheme, record.facts.igu_start, today, born):
        errors.setdefault(name, problem)
    errors |= _own_errors(record, today)
    try:
        record = replace(record, facts=settle_facts(given.facts, today))
    except Invalid as invalid:
        errors |= invalid.errors
    if errors:
        raise Invalid(errors)
    return record


def _tidied(given: CandidateRecord, errors: dict[str, str | Problem]) -> CandidateRecord:
    contact, reference = given.contact, given.igu.vitas_reference
    return replace(
        given,
        notes=tidy(given.notes),
        needs=tuple(need for need in TeachingNeed if need in given.needs),
        practice_days=tuple(day for day in WEEKDAYS if day in given.practice_days),
        igu=replace(
            given.igu, vitas_reference=settle_text("vitas_reference", reference, MAX_REFERENCE, errors)
        ),
        contact=replace(
            contact,
            name=settle_text("contact_name", contact.name, MAX_CONTACT_NAME, errors),
            phone=settle_text("contact_phone", contact.phone, MAX_CONTACT_PHONE, errors),
        ),
    )


def _own_errors(record: CandidateRecord, today: date) -> Mapping[str, str | Problem]:
    errors: dict[str, str | Problem] = {}
    if problem := problem_in(record.notes, MAX_NOTES):
        errors["notes"] = problem
    if record.danish_exam_on and record.facts.level.exam is DanishExam.NONE:
        errors["danish_exam_on"] = "language.exam_day_without_exam"
    elif record.danish_exam_on and record.danish_exam_on > today:
        errors["danish_exam_on"] = "language.exam_day_ahead"
    if record.contact.phone and not is_phone(record.contact.phone):
        errors["contact_phone"] = "candidate.phone"
    if record.most_travel_minutes is not None and not 1 <= record.most_travel_minutes <= MOST_MINUTES:
        errors["most_travel_minutes"] = ("candidate.travel", {"most": MOST_MINUTES})
    if not record.contact.name and (record.contact.phone or record.contact.role):
        errors["contact_name"] = "contact.no_name"
    return errors


def columns(record: CandidateRecord) -> dict[str, object]:
    """The record as it is stored: one value per column."""
    facts = asdict(record.facts)
    del facts["level"]
    level = record.facts.level
    return {
        **facts,
        "danish_track": level.track,
        "danish_module": level.module,
        "danish_exam": level.exam,
        "danish_exam_on": record.danish_exam_on,
        "protected_until": record.protected_until,
        "needs": [need.value for need in record.needs],
        "notes": record.notes,
        "notes_private": record.notes_private,
        "caseworker_id": record.caseworker_id,
        **vars(record.igu),
        **{f"contact_{name}": value for name, value in vars(record.contact).items()},
        "practice_days": list(record.practice_days),
        "most_travel_minutes": record.most_travel_minutes,
    }


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, list[object]]:
    """What a change changed, ready to be kept for ever: field, then value before and after."""
    return {
        name: [_plain(before[name]), _plain(value)] for name, value in after.items() if before[name] != value
    }


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value
