"""The tabs between the pages of one person: those that exist and that the reader may open."""

from __future__ import annotations

from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l

from coordination.domain.actors import Role
from coordination.domain.permissions import allowed

Tab = tuple[str, Any, str]

ALL: tuple[Tab, ...] = (
    ("profile", _l("Overblik"), "candidates.profile"),
    ("hours", _l("Skoletimer"), "hours.account"),
    ("availability", _l("Kan ikke komme"), "availability.overview"),
    ("thread", _l("Tråd"), "threads.thread"),
    ("history", _l("Forløb"), "candidates.history"),
)


def tabs(role: Role) -> tuple[Tab, ...]:
    """Key, label and endpoint of each page of a person that this role may open."""
    views: dict[str, Any] = current_app.view_functions
    return tuple(tab for tab in ALL if tab[2] in views and allowed(role, views[tab[2]].permission))
