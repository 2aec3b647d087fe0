"""What is written down about a candidate: who may write which part, and what a change changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum

from coordination.domain.candidates import CandidateFacts, DanishExam, TeachingNeed, settle_facts
from coordination.domain.errors import Invalid, Problem
from coordination.domain.texts import problem_in, tidy

MAX_NOTES = 4000

# What the coordinator, who writes on behalf of a jobcenter, neither sees nor changes.
ONLY_OWN_JOBCENTER = frozenset(
    {"address", "postcode", "protected_until", "notes", "notes_private", "caseworker_id"}
)


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


def settle_record(given: CandidateRecord, today: date) -> CandidateRecord:
    """The record tidied, ready to be stored; Invalid beside each field that cannot be used."""
    record = replace(
        given, notes=tidy(given.notes), needs=tuple(need for need in TeachingNeed if need in given.needs)
    )
    errors: dict[str, str | Problem] = dict(_own_errors(record, today))
    try:
        record = replace(record, facts=settle_facts(given.facts, today))
    except Invalid as invalid:
        errors |= invalid.errors
    if errors:
        raise Invalid(errors)
    return record


def _own_errors(record: CandidateRecord, today: date) -> Mapping[str, str | Problem]:
    errors: dict[str, str | Problem] = {}
    if problem := problem_in(record.notes, MAX_NOTES):
        errors["notes"] = problem
    if record.danish_exam_on and record.facts.level.exam is DanishExam.NONE:
        errors["danish_exam_on"] = "language.exam_day_without_exam"
    elif record.danish_exam_on and record.danish_exam_on > today:
        errors["danish_exam_on"] = "language.exam_day_ahead"
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
    }


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, list[object]]:
    """What a change changed, ready to be kept for ever: field, then value before and after."""
    return {
        field: [_plain(before[field]), _plain(value)]
        for field, value in after.items()
        if before[field] != value
    }


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value
