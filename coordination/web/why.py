"""The reasons the reader may choose from for a deed."""

from __future__ import annotations

from coordination.domain.reasons import ReasonKind
from coordination.queries import reasons
from coordination.web.pages import actor


def reasons_for(kind: ReasonKind) -> tuple[tuple[str, str], ...]:
    """The list of a deed as choices of a form field, in the reader's language."""
    return reasons.choices(kind, actor().language)
