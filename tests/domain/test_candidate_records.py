"""What is kept about a candidate, what a change changed, and what cannot be used."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from coordination.domain.candidate_records import (
    MAX_NOTES,
    ONLY_OWN_JOBCENTER,
    CandidateRecord,
    columns,
    differences,
    settle_record,
)
from coordination.domain.candidates import CandidateFacts, DanishExam, DanishLevel, Scheme, TeachingNeed
from coordination.domain.errors import Invalid

TODAY = date(2026, 11, 23)
FACTS = CandidateFacts(name="Amira Eksempel", scheme=Scheme.IGU, phone="20 00 00 00")
PASSED = DanishLevel(exam=DanishExam.PD2)
RECORD = CandidateRecord(FACTS, caseworker_id=7)


def test_a_record_is_tidied():
    given = replace(RECORD, notes=" a\r\nb ", needs=(TeachingNeed.INTERPRETER, TeachingNeed.TRANSPORT))
    settled = settle_record(given, TODAY)
    assert settled.notes == "a\nb"
    assert settled.needs == (TeachingNeed.TRANSPORT, TeachingNeed.INTERPRETER)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"notes": "x" * (MAX_NOTES + 1)}, "notes", "text.too_long"),
        ({"notes": "\0"}, "notes", "text.control"),
        ({"danish_exam_on": date(2026, 1, 1)}, "danish_exam_on", "language.exam_day_without_exam"),
        ({"facts": replace(FACTS, name="")}, "name", "candidate.no_name"),
        (
            {
                "facts": replace(FACTS, level=DanishLevel(exam=DanishExam.PD2)),
                "danish_exam_on": date(2027, 1, 1),
            },
            "danish_exam_on",
            "language.exam_day_ahead",
        ),
    ],
)
def test_what_cannot_be_used_is_told_beside_its_field(change, field, code):
    with pytest.raises(Invalid) as invalid:
        settle_record(replace(RECORD, **change), TODAY)
    assert {name: problem[0] for name, problem in invalid.value.errors.items()} == {field: code}


def test_a_change_keeps_before_and_after_as_plain_values():
    before = columns(RECORD)
    after = columns(
        replace(
            RECORD,
            facts=replace(FACTS, scheme=Scheme.OTHER, phone="30"),
            protected_until=date(2027, 1, 1),
            needs=(TeachingNeed.TRANSPORT,),
        )
    )
    assert differences(before, after) == {
        "phone": ["20 00 00 00", "30"],
        "scheme": ["igu", "other"],
        "protected_until": [None, "2027-01-01"],
        "needs": [[], ["transport"]],
    }


def test_what_only_the_own_jobcenter_writes_are_columns():
    assert set(columns(RECORD)) >= ONLY_OWN_JOBCENTER
