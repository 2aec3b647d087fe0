"""What a school sees and may say of an absence: that it was announced, never that somebody was ill."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coordination.domain.attendance import Cause

if TYPE_CHECKING:
    from coordination.domain.attendance import CurrentMark, Mark, MarkInput

ILLNESS = frozenset({Cause.OWN_ILLNESS, Cause.CHILD_ILL})


def announced_to_school(mark: Mark) -> bool:
    """Illness reads as announced, because its cause is not for the school."""
    return mark.announced or mark.cause in ILLNESS


def as_school_says(given: MarkInput, old: CurrentMark | None, *, comment_hidden: bool) -> MarkInput:
    """The row with what the school cannot know left as it stands: the cause, a comment it was not shown.

    An "announced" that only stands for an illness is not taken for the school's own word.
    """
    said = replace(given, cause=None, comment=None if comment_hidden else given.comment)
    if old and old.status is given.status and given.announced == announced_to_school(old):
        return replace(said, announced=old.announced)
    return said
