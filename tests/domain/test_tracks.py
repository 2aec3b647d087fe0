"""What may be written about a track and its modules, and how much AMU they hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coordination.domain.candidates import DanishExam
from coordination.domain.errors import Invalid
from coordination.domain.tracks import (
    AmuCheck,
    ModuleFacts,
    TeachingKind,
    TrackFacts,
    is_demo_code,
    moved,
    settle_module,
    settle_track,
    totals,
)

MODULE = ModuleFacts("D0001", "Hygiejne", TeachingKind.AMU, 4, 888, DanishExam.NONE)
TRACK = TrackFacts("Køkken", 1, "Mad og rengøring", 12, 16, DanishExam.PD1)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"title": "  "}, "title", "text.missing"),
        ({"title": "x" * 121}, "title", "text.too_long"),
        ({"description": "a\x00b"}, "description", "text.control"),
        ({"minimum": 0}, "minimum", "run.minimum_too_low"),
        ({"capacity": 5}, "capacity", "run.capacity_below_minimum"),
    ],
)
def test_a_track_is_refused_beside_its_field(change, field, code):
    with pytest.raises(Invalid) as refused:
        settle_track(replace(TRACK, **change))
    assert refused.value.errors[field][0] == code


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"code": "4299"}, "code", "module.code"),
        ({"code": "429941"}, "code", "module.code"),
        ({"code": ""}, "code", "module.code"),
        ({"title": ""}, "title", "text.missing"),
        ({"half_days": 0}, "half_days", "module.half_days"),
        ({"minutes": 0}, "hours", "module.length"),
        ({"minutes": 60_001}, "hours", "module.length"),
        ({"kind": TeachingKind.DANISH, "code": "x" * 11}, "code", "text.too_long"),
    ],
)
def test_a_module_is_refused_beside_its_field(change, field, code):
    with pytest.raises(Invalid) as refused:
        settle_module(replace(MODULE, **change))
    assert refused.value.errors[field][0] == code


def test_what_is_right_is_tidied():
    assert settle_track(replace(TRACK, title=" Køkken ")) == TRACK
    assert settle_module(replace(MODULE, code=" d0001 ")) == MODULE
    assert settle_module(replace(MODULE, code="42994")).code == "42994"
    assert settle_module(replace(MODULE, kind=TeachingKind.DANISH, code="")).code == ""


def test_demo_codes_are_told_from_real_ones():
    assert is_demo_code("D0001")
    assert not is_demo_code("42994")


def test_only_amu_counts_towards_the_eight_weeks():
    danish = replace(MODULE, kind=TeachingKind.DANISH, minutes=5000)
    four_weeks = replace(MODULE, minutes=4 * 37 * 60 + 37 * 6)
    total = totals([four_weeks, danish])
    assert (total.half_days, total.minutes, total.amu_weeks) == (8, 5000 + 4 * 2220 + 222, 4.1)
    check = AmuCheck(needed=8, covered=total.amu_weeks, school_weeks=23, source="§ 6", usual=True)
    assert check.missing == 3.9
    assert replace(check, covered=0).missing == 8
    assert replace(check, covered=totals([replace(MODULE, minutes=20_000)]).amu_weeks).missing == 0


@pytest.mark.parametrize(
    ("item", "step", "order"), [(2, -1, (2, 1, 3)), (2, 1, (1, 3, 2)), (1, -1, (1, 2, 3)), (3, 1, (1, 2, 3))]
)
def test_a_module_moves_a_step_and_stays_at_the_edge(item, step, order):
    assert moved((1, 2, 3), item, step) == order
