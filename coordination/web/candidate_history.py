"""A candidate's history as a page of the candidates."""

from __future__ import annotations

from coordination.domain.permissions import Permission
from coordination.queries import candidates as queries
from coordination.web import candidates
from coordination.web.candidate_tabs import tabs
from coordination.web.doors import requires
from coordination.web.pages import actor, show


@candidates.bp.get("/candidates/<int:candidate_id>/history")
@requires(Permission.SEE_CANDIDATE)
def history(candidate_id: int) -> str:
    """Everything that happened to a candidate, newest first, and how each run went."""
    page = queries.history_page(actor(), candidate_id)
    return show("candidates/history", page, tabs=tabs(actor().role))
