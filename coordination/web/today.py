"""The start page: what today asks of each role."""

from __future__ import annotations

from flask import Blueprint

from coordination.domain.permissions import Permission
from coordination.queries import today as queries
from coordination.web.doors import requires, today
from coordination.web.labels.eligibility import told
from coordination.web.pages import actor, show

bp = Blueprint("today", __name__)


@bp.get("/")
@requires(Permission.SEE_START_PAGE)
def start() -> str:
    """What waits for this person."""
    return show("today/start", queries.start_page(actor(), today()), told=told)
