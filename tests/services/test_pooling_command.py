from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from coordination.domain.pooling.checking import check
from coordination.domain.pooling.instances import read_instance
from coordination.domain.pooling.problem import Seat
from coordination.jobs.pooling import cli

INSTANCES = Path(__file__).parents[1] / "instances"


@pytest.fixture
def solve(tmp_path):
    """Run the command as a terminal would; without an application, because it asks for none."""

    def run(name, *options):
        out = tmp_path / "answer.json"
        result = CliRunner().invoke(cli, ["solve", str(name), "--out", str(out), *options])
        return result, json.loads(out.read_text(encoding="utf-8")) if out.exists() else None

    return run


def test_a_proved_plan_is_written_and_told(solve):
    result, answer = solve(INSTANCES / "tiny.json")
    assert result.exit_code == 0
    assert "placed" in result.output
    assert "not proved" not in result.output
    assert "12 people in 2 open runs; 4 without a seat." in result.output
    problem = read_instance((INSTANCES / "tiny.json").read_bytes())
    plan = frozenset(Seat(seat["candidate"], seat["run"]) for seat in answer["seats"])
    assert check(problem, plan) == ()
    assert answer["levels"]["wish"] == {"value": 1080, "bound": 1080, "proved": True}
    assert set(answer["levels"]) == {"placed", "fair", "cost", "wish"}
    assert answer["open"] == ["R0000", "R0001"]
    assert answer["closed"] == {}
    assert len(answer["unplaced"]) == 4
    assert all(answer["unplaced"].values())
    assert answer["seconds"] >= answer["solver_seconds"] > 0
    assert answer["peak_mb"] > 1


def test_a_plan_that_is_not_proved_says_so(solve):
    result, answer = solve(INSTANCES / "tiny.json", "--time-limit", "0.000001")
    assert result.exit_code == 3
    assert "not proved, gap" in result.output
    assert not answer["levels"]["wish"]["proved"]
    assert answer["seats"]


def test_a_refused_instance_names_what_clashes_and_writes_nothing(solve, tmp_path):
    instance = json.loads((INSTANCES / "tiny.json").read_text(encoding="utf-8"))
    instance["runs"][0]["min"] = 10
    (tmp_path / "wrong.json").write_text(json.dumps(instance), encoding="utf-8")
    result, answer = solve(tmp_path / "wrong.json")
    assert result.exit_code == 2
    assert "runs[0]: run 'R0000' has a minimum of 10 above its maximum of 9." in result.stderr
    assert answer is None


def test_locks_that_allow_no_plan_are_refused_too(solve, tmp_path):
    instance = {
        "format": "pool-instance/1",
        "jobcenters": [{"id": "J"}],
        "runs": [{"id": name, "sessions": [[0, 5]], "min": 2, "max": 2} for name in "rs"],
        "candidates": [
            {"id": "a", "jobcenter": "J", "locked": ["r"]},
            {"id": "b", "jobcenter": "J", "locked": ["s"]},
            {"id": "c", "jobcenter": "J", "wishes": [{"rank": 1, "run": "r"}, {"rank": 2, "run": "s"}]},
        ],
    }
    (tmp_path / "wrong.json").write_text(json.dumps(instance), encoding="utf-8")
    result, answer = solve(tmp_path / "wrong.json")
    assert result.exit_code == 2
    assert "the runs 'r', 's' have locked seats and cannot all reach their minimums." in result.stderr
    assert answer is None
