"""Editions of a track, bare: which modules belong, what differs, and what stands for what."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.domain.candidates import DanishExam
from coordination.domain.editions import (
    ModuleChange,
    belongs,
    check_current,
    counterparts,
    differences,
    edition_to_write,
    stand_ins,
)
from coordination.domain.errors import Refused
from coordination.domain.tracks import ModuleFacts, TeachingKind

HYGIENE = ModuleFacts("D0001", "Hygiejne", TeachingKind.AMU, 4, 888, DanishExam.NONE)
DANISH = ModuleFacts("", "Dansk", TeachingKind.DANISH, 2, 444, DanishExam.NONE)
DIET = ModuleFacts("D0002", "Kost", TeachingKind.AMU, 6, 1332, DanishExam.NONE)


@pytest.mark.parametrize(
    ("since", "until", "editions"), [(1, None, {1, 2, 3}), (1, 2, {1}), (2, 3, {2}), (3, None, {3})]
)
def test_a_module_belongs_from_its_edition_until_another_holds_it_no_longer(since, until, editions):
    assert {number for number in (1, 2, 3) if belongs(since, until, number)} == editions


def test_a_used_edition_is_never_changed():
    assert edition_to_write(2, used=False) == 2
    assert edition_to_write(2, used=True) == 3
    check_current(None)
    with pytest.raises(Refused, match=r"module\.old_edition"):
        check_current(2)


def test_what_differs_is_told_module_by_module():
    longer = replace(HYGIENE, minutes=999, title="Hygiejne og egenkontrol")
    found = differences({1: HYGIENE, 2: DANISH}, {3: longer, 4: DIET})
    assert [(one.kind, one.title, one.changed) for one in found] == [
        (ModuleChange.CHANGED, "Hygiejne og egenkontrol", ("title", "minutes")),
        (ModuleChange.ADDED, "Kost", ()),
        (ModuleChange.REMOVED, "Dansk", ()),
    ]
    assert differences({1: HYGIENE, 2: DANISH}, {1: HYGIENE, 5: DANISH}) == ()


def test_a_module_is_known_by_its_code_and_without_one_by_its_title():
    before = {1: HYGIENE, 2: DANISH, 3: DIET, 4: HYGIENE}
    after = {3: DIET, 7: replace(DANISH, minutes=1), 8: HYGIENE, 9: HYGIENE}
    assert counterparts(before, after) == {3: 3, 1: 8, 2: 7, 4: 9}
    assert counterparts(before, {8: HYGIENE}) == {1: 8, 2: None, 3: None, 4: None}


def test_several_earlier_modules_may_have_one_to_stand_for_them():
    ever = {1: HYGIENE, 2: DANISH, 3: replace(HYGIENE, minutes=1), 4: replace(HYGIENE, minutes=2), 5: HYGIENE}
    assert stand_ins(ever, {4: ever[4], 5: HYGIENE}) == {1: 4, 2: None, 3: 4, 4: 4, 5: 5}


MODULES = st.dictionaries(
    st.integers(1, 9),
    st.sampled_from([HYGIENE, DANISH, DIET, replace(DIET, minutes=1), replace(DANISH, title="dansk ")]),
)


@given(MODULES, MODULES)
def test_every_module_of_both_is_accounted_for_once(before, after):
    stands_for = counterparts(before, after)
    taken = [new for new in stands_for.values() if new is not None]
    assert set(stands_for) == set(before)
    assert len(taken) == len(set(taken))
    found = differences(before, after)
    kinds = [one.kind for one in found]
    assert kinds.count(ModuleChange.REMOVED) == len(before) - len(taken)
    assert kinds.count(ModuleChange.ADDED) == len(after) - len(taken)
