"""A school sees that an absence was announced, never why, and cannot overwrite what it does not see."""

from __future__ import annotations

import pytest

from coordination.domain.attendance import Cause, CurrentMark, MarkInput, MarkStatus
from coordination.domain.school_marks import announced_to_school, as_school_says

ABSENT, LATE = MarkStatus.ABSENT, MarkStatus.LATE


def stored(
    *, cause: Cause | None = None, announced: bool = False, status: MarkStatus = ABSENT
) -> CurrentMark:
    return CurrentMark(1, status, 300, cause, announced, "", version=1)


@pytest.mark.parametrize(
    ("cause", "announced", "seen"),
    [
        (Cause.OWN_ILLNESS, False, True),
        (Cause.CHILD_ILL, False, True),
        (Cause.WORK, False, False),
        (Cause.WORK, True, True),
        (None, False, False),
    ],
)
def test_illness_reads_as_announced(cause, announced, seen):
    assert announced_to_school(stored(cause=cause, announced=announced)) is seen


@pytest.mark.parametrize(
    ("old", "said", "kept"),
    [
        (stored(cause=Cause.OWN_ILLNESS), True, False),  # seen as announced, sent back unchanged
        (stored(cause=Cause.OWN_ILLNESS, announced=True), True, True),
        (stored(cause=Cause.OWN_ILLNESS, announced=True), False, False),
        (stored(cause=Cause.WORK), True, True),
        (stored(cause=Cause.OWN_ILLNESS, status=LATE), True, True),  # a new mark: the school's own word
        (None, True, True),
    ],
)
def test_announced_changes_only_when_the_school_changed_it(old, said, kept):
    given = MarkInput(1, ABSENT, announced=said)
    assert as_school_says(given, old, comment_hidden=False).announced is kept


def test_a_school_sets_no_cause_and_no_comment_over_one_it_cannot_read():
    given = MarkInput(1, ABSENT, cause=Cause.OWN_ILLNESS, comment="bus")
    assert as_school_says(given, None, comment_hidden=False) == MarkInput(1, ABSENT, comment="bus")
    assert as_school_says(given, None, comment_hidden=True) == MarkInput(1, ABSENT)
