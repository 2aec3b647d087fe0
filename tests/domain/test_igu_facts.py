"""The facts of an IGU as a jobcenter writes them: what cannot be right is told beside its field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.domain.candidate_records import CandidateRecord, Contact, columns, settle_record
from coordination.domain.candidates import CandidateFacts, ContactRole, Scheme, TargetGroup
from coordination.domain.errors import Invalid
from coordination.domain.igu import ExtensionReason
from coordination.domain.igu_facts import IguFacts, igu_problems

TODAY = date(2026, 11, 23)
FACTS = CandidateFacts(name="Amira Eksempel", scheme=Scheme.IGU, igu_start=date(2026, 8, 1))
RECORD = CandidateRecord(FACTS, caseworker_id=7)


def problems(record: CandidateRecord) -> dict[str, str]:
    try:
        settle_record(record, TODAY, born=date(1990, 3, 15))
    except Invalid as invalid:
        return {field: problem[0] for field, problem in invalid.errors.items()}
    return {}


@pytest.mark.parametrize(
    ("given_facts", "field", "code"),
    [
        ({"residence_since": date(2026, 11, 24)}, "residence_since", "igu.ahead"),
        ({"residence_since": date(1990, 3, 14)}, "residence_since", "igu.residence_before_birth"),
        ({"agreement_signed_on": date(2026, 11, 24)}, "agreement_signed_on", "igu.ahead"),
        ({"agreement_signed_on": date(2016, 6, 30)}, "agreement_signed_on", "igu.too_early"),
        ({"plan_ready_on": date(2027, 1, 1)}, "plan_ready_on", "igu.ahead"),
        (
            {"agreement_signed_on": date(2026, 8, 2), "agreement_in_vitas_on": date(2026, 8, 1)},
            "agreement_in_vitas_on",
            "igu.reported_before_signed",
        ),
        ({"vitas_reference": "x" * 41}, "vitas_reference", "text.too_long"),
        ({"vitas_reference": "a\0"}, "vitas_reference", "text.control"),
        ({"igu_extension_reason": ExtensionReason.LEAVE}, "igu_extended_until", "igu.extension_day_missing"),
        ({"igu_extended_until": date(2028, 12, 1)}, "igu_extension_reason", "igu.extension_reason_missing"),
        (
            {"igu_extended_until": date(2028, 7, 31), "igu_extension_reason": ExtensionReason.LEAVE},
            "igu_extended_until",
            "igu.extension_too_short",
        ),
        (
            {"igu_extended_until": date(2038, 7, 31), "igu_extension_reason": ExtensionReason.LEAVE},
            "igu_extended_until",
            "igu.extension_too_long",
        ),
    ],
)
def test_what_cannot_be_right_is_told_beside_its_field(given_facts, field, code):
    assert problems(replace(RECORD, igu=IguFacts(**given_facts))) == {field: code}


@pytest.mark.parametrize(
    "given_facts",
    [
        {"residence_since": date(1990, 3, 15)},
        {"residence_since": TODAY, "target_group": TargetGroup.UKRAINE_ACT, "employer_private": False},
        {"agreement_signed_on": date(2016, 7, 1), "agreement_in_vitas_on": date(2016, 7, 1)},
        {"agreement_signed_on": TODAY, "plan_ready_on": TODAY, "vitas_reference": "  AB-12/34 x  "},
        {"igu_extended_until": date(2028, 8, 1), "igu_extension_reason": ExtensionReason.LONG_ILLNESS},
    ],
)
def test_what_can_be_right_is_kept(given_facts):
    assert problems(replace(RECORD, igu=IguFacts(**given_facts))) == {}


def test_an_extension_needs_a_start():
    extended = IguFacts(igu_extended_until=date(2028, 8, 1), igu_extension_reason=ExtensionReason.LEAVE)
    record = replace(RECORD, facts=replace(FACTS, igu_start=None), igu=extended)
    assert problems(record) == {"igu_extended_until": "igu.extension_without_start"}


def test_facts_of_an_igu_on_another_scheme_are_told_one_by_one():
    other = replace(FACTS, scheme=Scheme.WAGE_SUBSIDY, igu_start=None)
    facts = IguFacts(target_group=TargetGroup.REFUGEE, vitas_reference="1", plan_ready_on=TODAY)
    assert problems(replace(RECORD, facts=other, igu=facts)) == {
        "vitas_reference": "igu.not_on_igu",
        "plan_ready_on": "igu.not_on_igu",
    }


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        (Contact(), {}),
        (Contact("Bodil O'Mentor", "20 30 40 50", ContactRole.MENTOR), {}),
        (Contact(phone="20 30 40 50"), {"contact_name": "contact.no_name"}),
        (Contact("Bodil", "nej"), {"contact_phone": "candidate.phone"}),
        (Contact("x" * 121), {"contact_name": "text.too_long"}),
    ],
)
def test_the_person_who_helps(contact, expected):
    assert problems(replace(RECORD, contact=contact)) == expected


@pytest.mark.parametrize(
    "name", ["Siobhán O'Neill", "محمد عبد الله", "יעל כהן", "x" * 200, "Åse-Marie d’Été"]
)
def test_names_of_all_kinds_are_names(name):
    assert settle_record(replace(RECORD, facts=replace(FACTS, name=name)), TODAY).facts.name == name


def test_practice_days_are_weekdays_in_order_without_doubles():
    settled = settle_record(replace(RECORD, practice_days=(4, 0, 0, 9)), TODAY)
    assert settled.practice_days == (0, 4)
    assert columns(settled)["practice_days"] == [0, 4]


@pytest.mark.parametrize("minutes", [0, 301])
def test_a_journey_nobody_makes_is_told(minutes):
    wrong = replace(RECORD, most_travel_minutes=minutes)
    assert problems(wrong) == {"most_travel_minutes": "candidate.travel"}
    assert columns(settle_record(replace(RECORD, most_travel_minutes=45), TODAY))["most_travel_minutes"] == 45


DAY = st.none() | st.dates()


@given(
    facts=st.builds(
        IguFacts,
        target_group=st.none() | st.sampled_from(TargetGroup),
        residence_since=DAY,
        agreement_signed_on=DAY,
        agreement_in_vitas_on=DAY,
        plan_ready_on=DAY,
        vitas_reference=st.text(),
        igu_extended_until=DAY,
        igu_extension_reason=st.none() | st.sampled_from(ExtensionReason),
    ),
    scheme=st.sampled_from(Scheme),
    start=DAY,
    today=st.dates(),
    born=DAY,
)
def test_no_input_raises(facts, scheme, start, today, born):
    assert all(hasattr(facts, field) for field, _ in igu_problems(facts, scheme, start, today, born))
