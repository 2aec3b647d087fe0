"""The blueprint of proposed allocations, and the words its templates need."""

from __future__ import annotations

from flask import Blueprint

from coordination.web.labels.pooling import goal_says, goal_value, told

bp = Blueprint("proposals", __name__)
bp.add_app_template_global(goal_says)
bp.add_app_template_global(goal_value)
bp.add_app_template_global(told, "pooling_reason")

PROPOSAL = "/proposals/<int:proposal_id>"
PERSON = f"{PROPOSAL}/people/<int:nomination_id>"
