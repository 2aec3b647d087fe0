"""The blueprint of proposed allocations, and the words its templates need."""

from __future__ import annotations

from flask import Blueprint, request

from coordination.web.labels.pooling import goal_says, goal_value, told

bp = Blueprint("proposals", __name__)
bp.add_app_template_global(goal_says)
bp.add_app_template_global(goal_value)
bp.add_app_template_global(told, "pooling_reason")

LIST = ("show", "run", "municipality", "page")
PROPOSAL = "/proposals/<int:proposal_id>"
PERSON = f"{PROPOSAL}/people/<int:nomination_id>"


def kept() -> dict[str, str]:
    """What the list of people was narrowed to, so that one comes back to the same place."""
    return {name: request.args[name] for name in LIST if name in request.args}
