"""Civil registration numbers, Danish levels and the facts about a candidate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination.domain.candidates import (
    CandidateFacts,
    DanishExam,
    DanishLevel,
    DanishTrack,
    Scheme,
    Sex,
    exam_at_least,
    language_warning,
    masked,
    parse_cpr,
    settle_facts,
    sex_of,
)
from coordination.domain.errors import Invalid, Refused

TODAY = date(2026, 11, 21)
OFFICIAL_EXAMPLE = "0707614285"  # from the register's own leaflet
FACTS = CandidateFacts(name="Amira Eksempel", scheme=Scheme.IGU)


@pytest.mark.parametrize(
    "text", ["070761-4285", " 070761 4285 ", "0707614285", "070761–4285", "07 07 61 42 85"]
)
def test_a_number_is_read_as_people_write_it(text):
    cpr = parse_cpr(text, TODAY)
    assert (cpr.number, cpr.birth_date, cpr.warnings) == (OFFICIAL_EXAMPLE, date(1961, 7, 7), ())


@pytest.mark.parametrize(
    ("seventh", "year", "century"),
    [
        (0, 0, 1900),
        (3, 99, 1900),
        (4, 0, 2000),
        (4, 26, 2000),
        (4, 37, 1900),
        (4, 99, 1900),
        (5, 0, 2000),
        (8, 26, 2000),
        (5, 58, 1800),
        (8, 99, 1800),
        (9, 26, 2000),
        (9, 37, 1900),
    ],
)
def test_the_seventh_digit_tells_the_century(seventh, year, century):
    assert parse_cpr(f"0202{year:02}{seventh}001", TODAY).birth_date.year == century + year


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "cpr.length"),
        ("070761-428", "cpr.length"),
        ("070761-42855", "cpr.length"),
        ("07O761-4285", "cpr.length"),
        ("070761--4285", "cpr.length"),
        ("707614285", "cpr.leading_zero"),
        ("310299-0001", "cpr.date"),
        ("000099-0001", "cpr.date"),
        ("290200-0001", "cpr.date"),  # 1900 was no leap year
        ("221126-4001", "cpr.future"),
        ("010136-9001", "cpr.future"),
    ],
)
def test_an_impossible_number_is_refused(text, code):
    with pytest.raises(Refused) as refused:
        parse_cpr(text, TODAY)
    assert refused.value.code == code


def test_a_failing_modulus_11_only_warns():
    assert parse_cpr("010190-0001", TODAY).warnings == ("cpr.modulus11",)


@settings(max_examples=20, deadline=None)
@given(text=st.text(max_size=14) | st.from_regex(r"[0-9]{6}-?[0-9]{4}", fullmatch=True))
def test_a_number_is_either_read_or_refused(text):
    try:
        cpr = parse_cpr(text, TODAY)
    except Refused:
        return
    assert len(cpr.number) == 10
    assert cpr.birth_date <= TODAY
    assert cpr.birth_date.strftime("%d%m%y") == cpr.number[:6]


def test_a_masked_number_shows_the_birth_date_only():
    assert masked(OFFICIAL_EXAMPLE) == "070761-****"


def test_the_last_digit_tells_the_sex():
    assert sex_of("0707614285") is Sex.MALE
    assert sex_of("0707614286") is Sex.FEMALE


@pytest.mark.parametrize(
    ("passed", "needed", "enough"),
    [
        (DanishExam.NONE, DanishExam.NONE, True),
        (DanishExam.PD1, DanishExam.PD2, False),
        (DanishExam.PD2, DanishExam.PD2, True),
        (DanishExam.SP, DanishExam.PD3, True),
    ],
)
def test_exams_have_an_order_and_a_lower_one_warns(passed, needed, enough):
    assert exam_at_least(passed, needed) is enough
    assert language_warning(DanishLevel(exam=passed), needed) == (None if enough else "language.below")


def test_facts_are_tidied():
    given = replace(
        FACTS, name="  Amira \N{NO-BREAK SPACE} A\u030aen ", town="Aabenraa ", phone="+45 12 34 56 78"
    )
    facts = settle_facts(given, TODAY)
    assert (facts.name, facts.town, facts.phone) == ("Amira Åen", "Aabenraa", "+45 12 34 56 78")


@pytest.mark.parametrize("name", ["أميرة مثال", "Ольга Приклад", "N'Guyen O’Exempel", "Ægir Ø. Åse-Exempel"])
def test_names_in_any_script_are_fine(name):
    assert settle_facts(replace(FACTS, name=name), TODAY).name == name


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"name": " "}, "name", "candidate.no_name"),
        ({"name": "1234"}, "name", "candidate.no_name"),
        ({"name": "a" * 201}, "name", "text.too_long"),
        ({"name": "Amira\x00"}, "name", "text.control"),
        ({"name": "Amira\n<b>"}, "name", "text.control"),
        ({"name": "Amira \u202egp.exe"}, "name", "text.control"),
        ({"town": "By \ud800"}, "town", "text.control"),
        ({"phone": "ring til mig"}, "phone", "candidate.phone"),
        ({"email": "amira@eksempel"}, "email", "candidate.email"),
        ({"email": "a b@example.org"}, "email", "candidate.email"),
        ({"postcode": "DK-6200"}, "postcode", "text.too_long"),
        ({"postcode": "620"}, "postcode", "candidate.postcode"),
        ({"employer": "x" * 201}, "employer", "text.too_long"),
        ({"scheme": Scheme.OTHER, "igu_start": TODAY}, "igu_start", "candidate.igu_start_without_igu"),
        ({"igu_start": date(2016, 6, 30)}, "igu_start", "candidate.igu_start_too_early"),
        ({"igu_start": date(2062, 8, 1)}, "igu_start", "candidate.igu_start_too_late"),
        ({"level": DanishLevel(DanishTrack.DU1, 7)}, "module", "language.module"),
        ({"level": DanishLevel(None, 2)}, "track", "language.no_track"),
    ],
)
def test_what_cannot_be_used_is_told_beside_its_field(changes, field, code):
    with pytest.raises(Invalid) as invalid:
        settle_facts(replace(FACTS, **changes), TODAY)
    assert {name: problem for name, (problem, _) in invalid.value.errors.items()} == {field: code}


def test_all_wrong_fields_are_told_at_once():
    with pytest.raises(Invalid) as invalid:
        settle_facts(replace(FACTS, name="", phone="?", email="?", postcode="?"), TODAY)
    assert set(invalid.value.errors) == {"name", "phone", "email", "postcode"}
