"""The blueprint of partnerships, its doors, and what its views share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from coordination.domain.permissions import Permission
from coordination.web.doors import requires
from coordination.web.forms.base import Form

bp = Blueprint("partnerships", __name__)
administrator = requires(Permission.MANAGE_PARTNERSHIPS)
inside = requires(Permission.MANAGE_PARTNERSHIPS, reaching="partnership_id")
PARTNERSHIP = "/partnerships/<int:partnership_id>"


def back(partnership_id: int, message: str) -> Response:
    """Tell what happened and show the partnership."""
    flash(message, "success")
    return redirect(url_for("partnerships.detail", partnership_id=partnership_id))


def typed(form: Form) -> dict[str, Any]:
    """The fields of a small form by their names; an empty one is an empty text."""
    fields = {name: value for name, value in form.data.items() if name != "csrf_token"}
    return {name: "" if value is None else value for name, value in fields.items()}
