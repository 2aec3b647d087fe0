"""What is kept about a candidate, what a change changed, and a file held against those already registered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from coordination.domain.candidate_imports import Known, check_import
from coordination.domain.candidate_records import (
    MAX_NOTES,
    ONLY_OWN_JOBCENTER,
    CandidateRecord,
    columns,
    differences,
    settle_record,
)
from coordination.domain.candidate_rows import ImportPlan, NewCandidate, RowError
from coordination.domain.candidates import CandidateFacts, Cpr, DanishExam, DanishLevel, Scheme, TeachingNeed
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


def row(number: int, cpr: str, **facts: object) -> NewCandidate:
    return NewCandidate(number, Cpr(cpr, date(1990, 1, 1)), replace(FACTS, **facts), (1,))


def known(**facts: object) -> Known:
    stored = columns(replace(RECORD, facts=replace(FACTS, **facts)))
    return Known(str(stored["name"]), date(1990, 1, 1), stored)


def test_a_known_person_is_skipped_unless_the_file_says_something_else():
    same, other, new = row(2, "0101900001"), row(3, "0101900002", phone="99 99 99 99"), row(4, "0101900003")
    plan = ImportPlan((same, other, new), (RowError(2, "modul", "language.module"),))
    checked = check_import(plan, {"0101900001": known(town="Aabenraa"), "0101900002": known()}, [])
    assert checked.new == (new,)
    assert checked.nominated == 1
    assert [row.row for row in checked.skipped] == [2]
    assert [(error.row, error.code) for error in checked.errors] == [
        (2, "language.module"),
        (3, "candidate.known_differs"),
    ]


def test_somebody_alike_only_warns():
    checked = check_import(ImportPlan((row(2, "0101900009", name="AMIRA  eksempel"),)), {}, [known()])
    assert [warning.code for warning in checked.warnings] == ["candidate.look_alike"]
    assert checked.errors == ()
