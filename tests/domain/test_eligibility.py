"""May this person begin an IGU: every border day of every dated rule, and no input that raises."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.domain.candidates import DanishExam, TargetGroup
from coordination.domain.eligibility import (
    PersonFacts,
    ahead,
    amu_weeks,
    evaluate,
    school_weeks,
    start_problem,
    stops,
)
from coordination.domain.igu import Effect, IguRuleKind, Rule, in_force

FIRST, SECOND, THIRD = date(2016, 7, 1), date(2021, 5, 1), date(2024, 1, 1)
DAY = timedelta(days=1)
TODAY = date(2026, 11, 23)


def rule(kind, number=None, *, since=FIRST, until=None, day=None, effect=Effect.CANNOT, **more):
    return Rule(IguRuleKind(kind), number, day, since, until, effect, **{"source": "L 82", **more})


RULES = (
    rule("target_group"),
    rule("age_from", 18),
    rule("age_under", 40, until=THIRD - DAY),
    rule("age_under", 50, since=THIRD),
    rule("residence_under", 5, until=SECOND - DAY),
    rule("residence_under", 10, since=SECOND, until=THIRD - DAY),
    rule("residence_up_to", 20, since=THIRD),
    rule("start_from", day=FIRST),
    rule("start_until", since=THIRD, day=date(2027, 12, 31)),
    rule("school_weeks", 20, until=SECOND - DAY, effect=Effect.CHECK),
    rule("school_weeks", 23, since=SECOND, effect=Effect.CHECK),
    rule("amu_weeks_after_exam", 8, since=SECOND, effect=Effect.CHECK),
)
"""The rules as the product is delivered with them; test_rules proves that they are the stored ones."""


def person(start=None, **more) -> PersonFacts:
    """Somebody of thirty with four years of residence, for whom every rule holds on any start."""
    day = start or TODAY
    facts = {
        "birth_date": date(day.year - 30, 1, 1),
        "residence_since": date(day.year - 4, 1, 1),
        "target_group": TargetGroup.REFUGEE,
    }
    return PersonFacts(**{**facts, "start": start, **more})


def codes(facts: PersonFacts, on=TODAY, rules=RULES) -> list[str]:
    return [finding.code.removeprefix("eligibility.") for finding in evaluate(facts, rules, on)]


@pytest.mark.parametrize(
    "start",
    [
        FIRST,
        SECOND - DAY,
        SECOND,
        SECOND + DAY,
        date(2022, 6, 30),
        date(2022, 7, 1),
        THIRD - DAY,
        THIRD,
        TODAY,
    ],
)
def test_somebody_for_whom_every_rule_holds(start):
    assert codes(person(start)) == []


@pytest.mark.parametrize(
    ("start", "birthday", "expected"),
    [
        # 18 to under 40, until the end of 2023
        (date(2018, 3, 14), date(2000, 3, 15), ["age_from"]),
        (date(2018, 3, 15), date(2000, 3, 15), []),
        (date(2018, 3, 16), date(2000, 3, 15), []),
        (date(2018, 3, 14), date(1978, 3, 15), []),
        (date(2018, 3, 15), date(1978, 3, 15), ["age_under"]),
        (date(2018, 3, 16), date(1978, 3, 15), ["age_under"]),
        (date(2021, 4, 30), date(1981, 5, 1), []),
        (date(2021, 5, 1), date(1981, 5, 1), ["age_under"]),
        (date(2023, 12, 31), date(1983, 12, 31), ["age_under"]),
        (date(2023, 12, 30), date(1983, 12, 31), []),
        # under 50 from 2024
        (date(2023, 12, 31), date(1980, 1, 1), ["age_under"]),
        (date(2024, 1, 1), date(1980, 1, 1), []),
        (date(2024, 1, 2), date(1980, 1, 1), []),
        (date(2026, 3, 14), date(1976, 3, 15), []),
        (date(2026, 3, 15), date(1976, 3, 15), ["age_under"]),
        (date(2026, 3, 16), date(1976, 3, 15), ["age_under"]),
        (date(2026, 3, 14), date(2008, 3, 15), ["age_from"]),
        (date(2026, 3, 15), date(2008, 3, 15), []),
        # born on a day that most years lack: the year is over on 1 March
        (date(2026, 2, 28), date(1976, 2, 29), []),
        (date(2026, 3, 1), date(1976, 2, 29), ["age_under"]),
        (date(2024, 2, 29), date(1974, 2, 28), ["age_under"]),
        (date(2024, 2, 28), date(1974, 3, 1), []),
        (date(2026, 2, 28), date(2008, 2, 29), ["age_from"]),
        (date(2026, 3, 1), date(2008, 2, 29), []),
    ],
)
def test_age_at_start(start, birthday, expected):
    assert codes(person(start, birth_date=birthday)) == expected


@pytest.mark.parametrize(
    ("start", "since", "expected"),
    [
        # under 5 years, until 30 April 2021
        (date(2020, 6, 9), date(2015, 6, 10), []),
        (date(2020, 6, 10), date(2015, 6, 10), ["residence_under"]),
        (date(2020, 6, 11), date(2015, 6, 10), ["residence_under"]),
        (date(2021, 4, 30), date(2016, 5, 1), []),
        (date(2021, 4, 30), date(2016, 4, 30), ["residence_under"]),
        (date(2021, 4, 30), date(2012, 1, 1), ["residence_under"]),
        # under 10 years, from 1 May 2021
        (date(2021, 5, 1), date(2012, 1, 1), []),
        (date(2021, 5, 2), date(2012, 1, 1), []),
        (date(2023, 6, 9), date(2013, 6, 10), []),
        (date(2023, 6, 10), date(2013, 6, 10), ["residence_under"]),
        (date(2023, 6, 11), date(2013, 6, 10), ["residence_under"]),
        (date(2023, 12, 31), date(2010, 1, 1), ["residence_under"]),
        # up to 20 years, from 2024
        (date(2024, 1, 1), date(2010, 1, 1), []),
        (date(2026, 6, 9), date(2006, 6, 10), []),
        (date(2026, 6, 10), date(2006, 6, 10), []),
        (date(2026, 6, 11), date(2006, 6, 10), ["residence_up_to"]),
        (date(2024, 2, 29), date(2004, 2, 29), []),
        (date(2024, 3, 1), date(2004, 2, 29), ["residence_up_to"]),
        # nobody has written it
        (date(2020, 6, 10), None, ["residence_unknown"]),
        (date(2026, 6, 10), None, ["residence_unknown"]),
    ],
)
def test_residence_at_start(start, since, expected):
    assert codes(person(start, residence_since=since)) == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2016, 6, 30), ["start_from"]),
        (date(2016, 7, 1), []),
        (date(2016, 7, 2), []),
        (date(2027, 12, 30), []),
        (date(2027, 12, 31), []),
        (date(2028, 1, 1), ["start_until"]),
    ],
)
def test_the_dates_of_the_scheme(start, expected):
    assert codes(person(start)) == expected
    problem = start_problem(start, RULES)
    assert (problem is not None) is bool(expected)


@pytest.mark.parametrize(
    ("start", "weeks"),
    [
        (date(2021, 4, 29), 20),
        (date(2021, 4, 30), 20),
        (date(2021, 5, 1), 23),
        (date(2021, 5, 2), 23),
        (date(2022, 6, 30), 23),
        (date(2022, 7, 1), 23),
        (date(2023, 12, 31), 23),
        (date(2024, 1, 1), 23),
    ],
)
def test_weeks_of_school_by_start(start, weeks):
    asked = school_weeks(RULES, start)
    assert asked is not None
    assert asked.number == weeks


@pytest.mark.parametrize(
    ("exam", "start", "weeks"),
    [
        (DanishExam.NONE, TODAY, None),
        (DanishExam.PD1, TODAY, 8),
        (DanishExam.PD2, TODAY, 8),
        (DanishExam.PD3, TODAY, 8),
        (DanishExam.SP, TODAY, 8),
        (DanishExam.PD2, date(2021, 4, 30), None),
        (DanishExam.PD2, date(2021, 5, 1), 8),
    ],
)
def test_weeks_of_amu_after_a_passed_exam(exam, start, weeks):
    asked = amu_weeks(exam, RULES, start)
    assert (asked.number if asked else None) == weeks


@pytest.mark.parametrize("group", TargetGroup)
def test_the_target_group(group):
    wanted = ["target_group"] if group is TargetGroup.NONE_OF_THESE else []
    assert codes(person(TODAY, target_group=group)) == wanted


def test_every_failing_rule_is_listed_and_what_stops_comes_first():
    facts = PersonFacts(birth_date=date(1970, 1, 1), start=date(2028, 5, 1))
    found = evaluate(facts, RULES, TODAY)
    assert [(finding.code, finding.effect) for finding in found] == [
        ("eligibility.age_under", Effect.CANNOT),
        ("eligibility.start_until", Effect.CANNOT),
        ("eligibility.target_group_unknown", Effect.CHECK),
        ("eligibility.residence_unknown", Effect.CHECK),
    ]
    assert [finding.rule for finding in stops(found)] == ["age_under", "start_until"]
    assert found[0].facts["years"] == 58
    assert found[0].source == "L 82"


def test_what_nobody_has_written_never_stops_a_nomination():
    assert stops(evaluate(PersonFacts(birth_date=date(1996, 1, 1)), RULES, TODAY)) == ()


def test_without_a_start_it_is_judged_as_of_today_and_says_so():
    facts = person(birth_date=date(1976, 11, 24))
    assert codes(facts) == []
    (found,) = evaluate(facts, RULES, TODAY + DAY)
    assert (found.code, found.facts["planned"], found.facts["start"]) == (
        "eligibility.age_under",
        False,
        TODAY + DAY,
    )


def test_the_day_on_which_a_rule_stops_holding():
    facts = person(birth_date=date(1977, 1, 1), residence_since=date(2007, 3, 3))
    assert [(finding.rule, finding.until) for finding in ahead(facts, RULES, TODAY)] == [
        ("age_under", date(2027, 1, 1)),
        ("residence_up_to", date(2027, 3, 4)),
        ("start_until", date(2028, 1, 1)),
    ]
    soon = ahead(facts, RULES, date(2026, 12, 2), timedelta(days=30))
    assert [finding.rule for finding in soon] == ["age_under"]
    assert ahead(facts, RULES, date(2026, 12, 1), timedelta(days=30)) == ()


def test_somebody_with_a_start_is_judged_on_that_day_for_good():
    assert ahead(person(date(2026, 12, 1), birth_date=date(1977, 1, 1)), RULES, TODAY) == ()


def test_rules_that_change_on_a_day_are_seen_coming():
    stricter = tuple(
        replace(known, starts_until=date(2026, 12, 31)) if known.number == 50 else known for known in RULES
    )
    stricter = (*stricter, rule("age_under", 25, since=date(2027, 1, 1)))
    (found,) = ahead(person(), stricter, TODAY, timedelta(days=60))
    assert (found.rule, found.until, found.facts["number"]) == ("age_under", date(2027, 1, 1), 25)


def test_what_fails_already_does_not_lie_ahead():
    facts = person(birth_date=date(1960, 1, 1))
    assert "age_under" not in [finding.rule for finding in ahead(facts, RULES, TODAY)]


def test_a_rule_an_admin_wrote_in_own_words_is_something_to_check():
    own = rule("ask", wording="Har kandidaten kørekort?", effect=Effect.CANNOT, id=7)
    (found,) = evaluate(person(), (*RULES, own), TODAY)
    assert (found.rule, found.effect) == ("ask:7", Effect.CHECK)
    assert found.facts["wording"] == "Har kandidaten kørekort?"


@pytest.mark.parametrize(
    ("needed", "passed", "expected"),
    [
        (1, DanishExam.NONE, ["exam_at_least"]),
        (1, DanishExam.PD1, []),
        (2, DanishExam.PD1, ["exam_at_least"]),
        (2, DanishExam.PD2, []),
        (3, DanishExam.PD3, []),
        (99, DanishExam.PD3, ["unclear"]),
    ],
)
def test_a_rule_on_exams(needed, passed, expected):
    assert codes(person(exam=passed), rules=(*RULES, rule("exam_at_least", needed))) == expected


def test_without_any_rule_a_person_must_look():
    assert codes(person(), rules=()) == ["no_rules"]


@pytest.mark.parametrize(
    "kind", ["age_from", "age_under", "residence_under", "residence_up_to", "start_until"]
)
def test_a_rule_without_its_number_or_day_is_something_to_check(kind):
    (found,) = evaluate(person(), (rule(kind),), TODAY)
    assert (found.code, found.effect) == ("eligibility.unclear", Effect.CHECK)


RULE = st.builds(
    Rule,
    kind=st.sampled_from(IguRuleKind),
    number=st.none() | st.integers(-20_000, 20_000),
    day=st.none() | st.dates(),
    starts_from=st.dates(),
    starts_until=st.none() | st.dates(),
    effect=st.sampled_from(Effect),
    wording=st.text(),
)
PERSON = st.builds(
    PersonFacts,
    birth_date=st.dates(),
    start=st.none() | st.dates(),
    residence_since=st.none() | st.dates(),
    target_group=st.none() | st.sampled_from(TargetGroup),
    exam=st.sampled_from(DanishExam),
)


@given(facts=PERSON, rules=st.lists(RULE), on=st.dates())
def test_no_input_raises(facts, rules, on):
    found = evaluate(facts, rules, on)
    assert {finding.effect for finding in found} <= set(Effect)
    assert all(finding.until is None for finding in found)
    coming = ahead(facts, rules, on)
    assert all(finding.until and finding.until > on for finding in coming)
    start_problem(facts.start or on, rules)
    amu_weeks(facts.exam, rules, on)
    school_weeks(rules, on)


@given(facts=PERSON, on=st.dates(date(2016, 1, 1), date(2040, 1, 1)))
def test_what_lies_ahead_is_found_on_its_day_and_not_on_the_day_before(facts, on):
    for finding in ahead(facts, RULES, on):
        day = finding.until
        assert day is not None
        assert finding.rule in {found.rule for found in evaluate(facts, RULES, day)}
        assert finding.rule not in {found.rule for found in evaluate(facts, RULES, day - DAY)}


@given(start=st.dates(FIRST, date(2027, 12, 31)))
def test_each_start_has_one_rule_of_each_kind(start):
    kinds = [known.kind for known in in_force(RULES, start)]
    assert len(kinds) == len(set(kinds))
