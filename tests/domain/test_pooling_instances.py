from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination.domain.pooling.fields import MOST_COMPLAINTS, InstanceError
from coordination.domain.pooling.instances import as_instance, read_instance
from coordination.domain.pooling.problem import Goal
from tests.domain.pooling_problems import problems

TINY = json.loads((Path(__file__).parents[1] / "instances" / "tiny.json").read_text(encoding="utf-8"))
SMALL = {
    "format": "pool-instance/1",
    "jobcenters": [{"id": "J"}, {"id": "K"}],
    "employers": [{"id": "E", "cap": 1}],
    "runs": [
        {"id": "R", "course": "A", "sector": "x", "school": "S", "sessions": [[0, 5]], "max": 2, "min": 1},
        {"id": "Q", "course": "A", "sector": "x", "school": "S", "sessions": [[9, 30]], "max": 2},
        {"id": "P", "course": "B", "sector": "x", "school": "S", "sessions": [[3, 8]], "max": 2},
    ],
    "candidates": [
        {
            "id": "c",
            "jobcenter": "J",
            "employer": "E",
            "max_places": 2,
            "wishes": [{"rank": 1, "sector": "x"}],
        },
        {"id": "d", "jobcenter": "J", "employer": "E", "wishes": [{"rank": 1, "sector": "x"}]},
    ],
}
REFUSED = [
    ("format", "pool-instance/9", "format: 'pool-instance/9' is unknown"),
    ("format", None, "format: is missing"),
    ("policy", {"levels": ["placed", "cheap"]}, r"policy.levels\[1\]: 'cheap' is no goal"),
    ("policy", {"levels": ["fair", "fair"]}, "policy.levels: a goal stands twice"),
    ("policy", [], "policy: must be an object, not list"),
    ("policy.rank_score", [10, -1], r"rank_score\[1\]: -1 is below 0"),
    ("jobcenters", [{"id": "J"}, {"id": "J"}], "jobcenters: the id 'J' stands 2 times"),
    ("jobcenters", [{"id": ""}], r"jobcenters\[0\].id: must be a text of 1–200"),
    ("jobcenters", [{"id": "J\ud800"}], "characters that cannot be shown"),
    ("runs", {}, "runs: must be a list, not dict"),
    ("runs.0.id", "Q", "runs: the id 'Q' stands 2 times"),
    ("runs.0.max", None, r"runs\[0\].max: is missing"),
    ("runs.0.max", "9", r"runs\[0\].max: must be a whole number, not '9'"),
    ("runs.0.max", True, "must be a whole number, not True"),
    ("runs.0.max", 2.0, "must be a whole number, not float"),
    ("runs.0.max", -1, r"runs\[0\].max: -1 is below 0"),
    ("runs.0.max", 10**30, r"runs\[0\].max: is above 1000000000"),
    ("runs.0.min", 3, "run 'R' has a minimum of 3 above its maximum of 2"),
    ("runs.0.committed", 1, "must be true or false, not 1"),
    ("runs.0.reserved", {"J": 2, "K": 1}, "run 'R' has 3 reserved seats, above its maximum of 2"),
    ("runs.0.reserved", {"L": 1}, r"runs\[0\].reserved: there is no jobcenter 'L'"),
    ("runs.0.quota", [1], r"runs\[0\].quota: must be an object, not list"),
    ("runs.0.sessions", [], "run 'R' has no sessions"),
    ("runs.0.sessions", [[5, 5]], r"the interval \[5, 5\) is empty"),
    ("runs.0.sessions", [[5]], r"runs\[0\].sessions\[0\]: must be \[start, end\]"),
    ("runs.0.sessions", [[4, 9], [0, 5]], r"run 'R' has overlapping sessions: \[0, 5\) and \[4, 9\)"),
    ("candidates.0.jobcenter", "L", r"candidates\[0\].jobcenter: there is no jobcenter 'L'"),
    ("candidates.0.employer", "F", "there is no employer 'F'"),
    ("candidates.0.weight", -2, "-2 is below 0"),
    ("candidates.0.available", [[5, 4]], r"the interval \[5, 4\) is reversed"),
    ("candidates.0.travel", {"S": "near"}, r"candidates\[0\].travel.S: must be a whole number"),
    ("candidates.0.wishes", [{"rank": 1}], r"wishes\[0\]: names nothing; one of run, course, sector"),
    ("candidates.0.wishes", [{"rank": 1, "run": "R", "sector": "x"}], "names run and sector"),
    ("candidates.0.wishes", [{"rank": 0, "run": "R"}], "rank: 0 is below 1"),
    ("candidates.0.wishes", [{"rank": 1, "run": "Z"}], r"candidates\[0\].wishes: there is no run 'Z'"),
    ("candidates.0.locked", ["Z"], r"candidates\[0\].locked: there is no run 'Z'"),
    ("candidates.0.previous", ["Z"], "there is no run 'Z'"),
    ("candidates.0.locked", ["R", "R"], r"candidates\[0\].locked: run 'R' stands twice"),
    ("candidates.0.locked", ["R", "P"], "'c' is locked to the runs 'P' and 'R', whose sessions overlap"),
    ("candidates.0.locked", ["R", "Q"], "'c' is locked to the runs 'Q' and 'R' of the same course 'A'"),
    ("candidates.1.locked", ["Q", "P"], "'d' is locked to 2 runs and may have 1"),
]


def changed(path, value):
    instance = deepcopy(SMALL)
    place = instance
    *steps, last = path.split(".")
    for step in steps:
        place = place[int(step)] if step.isdigit() else place.setdefault(step, {})
    place[int(last) if last.isdigit() else last] = value
    return instance


@pytest.mark.parametrize(("path", "value", "sentence"), REFUSED)
def test_what_cannot_be_used_is_named(path, value, sentence):
    with pytest.raises(InstanceError, match=sentence):
        read_instance(changed(path, value))


def test_locks_that_together_break_a_rule_are_named():
    def locked(**run):
        instance = changed("runs.0", SMALL["runs"][0] | run)
        for candidate in instance["candidates"]:
            candidate["locked"] = ["R"]
        return instance

    cases = {
        "2 people of employer 'E' are locked on day 0; its cap is 1": {},
        "2 candidates are locked to run 'R', above its maximum of 1": {"max": 1},
        "2 candidates of 'J' are locked to run 'R'; its quota is 1": {"quota": {"J": 1}},
        "the locked seats of run 'R' need 2 free seats; beyond the reserved are 1": {"reserved": {"K": 1}},
        "run 'R' has a locked seat and a minimum of 3; only 2 fit": {"min": 3, "max": 3},
    }
    for sentence, run in cases.items():
        with pytest.raises(InstanceError) as refused:
            read_instance(locked(**run))
        assert any(sentence in complaint for complaint in refused.value.complaints), sentence


def test_locked_weeks_count_together():
    instance = changed("candidates.0.locked", ["P", "Q"])
    instance["candidates"][0]["weeks_left"] = 3
    with pytest.raises(InstanceError, match="'c' is locked to 4 weeks and has 3 left"):
        read_instance(instance)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe", "not text in UTF-8"),
        (b"", "not JSON"),
        (b"[]", "must be an object, not list"),
        (b"null", "must be an object"),
        (b'{"format": NaN}', "NaN is not a number"),
        (b'{"format": 1e999}', "format: must be a text"),
        (b'{"format": "pool-instance/1", "format": "x"}', "'format' stands twice"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"runs": ' + b"9" * 5000 + b"}", "not JSON"),
    ],
)
def test_what_is_no_instance_is_refused(content, sentence):
    with pytest.raises(InstanceError, match=sentence):
        read_instance(content)


def test_every_complaint_is_told_up_to_a_limit():
    with pytest.raises(InstanceError) as refused:
        read_instance(changed("runs.0.max", -1) | {"employers": [{}]})
    assert len(refused.value.complaints) == 3
    with pytest.raises(InstanceError) as refused:
        read_instance({"format": "pool-instance/1", "jobcenters": [1] * 1000})
    assert len(refused.value.complaints) == MOST_COMPLAINTS + 1


def test_what_is_absent_or_null_has_its_default():
    problem = read_instance(changed("candidates.0.lang", None))
    assert problem.policy.levels == tuple(Goal)
    assert problem.candidates[0].lang is None
    assert problem.candidates[0].available is None
    assert problem.candidates[1].max_places == 1
    assert problem.runs[1].minimum == 0


def test_a_public_instance_is_read_and_written_back():
    problem = read_instance(TINY)
    assert len(problem.candidates), len(problem.runs) == (16, 2)
    assert problem.runs[1].reserved == {"Sønderborg": 3}
    assert problem.candidates[2].locked == ("R0000",)
    assert read_instance(json.dumps(as_instance(problem))) == problem


@settings(max_examples=15)
@given(problems(most_people=2, most_runs=2))
def test_writing_and_reading_change_nothing(problem):
    with suppress(InstanceError):
        assert read_instance(as_instance(problem)) == problem


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3),
)
PATHS = [path for path, _value, _sentence in REFUSED] + [
    "candidates.0",
    "candidates.0.wishes.0.rank",
    "employers.0",
]


@given(st.sampled_from(PATHS), anything)
def test_garbage_anywhere_is_an_instance_error_or_nothing(path, value):
    with suppress(InstanceError):
        read_instance(changed(path, value))


@given(st.binary(max_size=40) | st.text(max_size=40))
def test_any_bytes_are_an_instance_error(content):
    with pytest.raises(InstanceError):
        read_instance(content)
