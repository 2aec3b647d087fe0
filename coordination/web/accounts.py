"""Accounts: the own language now; users, invitations and closing for the administrator."""

from __future__ import annotations

from flask import Blueprint, redirect, request, session
from werkzeug.wrappers import Response

from coordination.web.doors import public

bp = Blueprint("accounts", __name__)


@bp.post("/language")
@public
def choose_language() -> Response:
    """Remember the language of this browser."""
    session["language"] = request.form.get("language", "da")
    return redirect("/")
