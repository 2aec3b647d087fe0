"""What has changed since a proposal's question was asked."""

from __future__ import annotations

from datetime import date

from coordination.domain.actors import Actor
from coordination.domain.proposals import changes
from coordination.queries import pooling_question
from coordination.queries.proposals.naming import ToldChange, named_changes
from coordination.queries.proposals.rows import Loaded


def changes_since(actor: Actor, loaded: Loaded, today: date) -> tuple[ToldChange, ...]:
    """Everything that is otherwise today than in the frozen question, in names."""
    current = pooling_question.question(actor, loaded.proposal.partnership_id, today)
    return named_changes(actor, loaded, current, changes(loaded.question, current))
