"""A school's evaluation of a run: its questions, the answers that hold, and the findings in them."""

from __future__ import annotations

from enum import StrEnum


class QuestionKind(StrEnum):
    """How a question is answered."""

    SCORE = "score"
    TEXT = "text"


class EvaluationState(StrEnum):
    """How far an evaluation has come: draft is not yet opened to the school, open may be filled in."""

    DRAFT = "draft"
    OPEN = "open"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
