"""Showing a page: template, frozen page, and the note that these people were seen."""

from __future__ import annotations

from typing import Any

from flask import g, render_template

from coordination.domain.actors import Actor


def actor() -> Actor:
    """Who acts; every view behind a door has one."""
    person: Actor = g.actor
    return person


def show(template: str, page: Any = None, **more: Any) -> str:
    """Render `templates/<template>.html`; a page that names `person_ids` is noted in the log of views."""
    g.seen = tuple(getattr(page, "person_ids", ()))
    return render_template(f"{template}.html", page=page, **more)
