"""Pages of the house itself: the accessibility statement, and whether the product is well."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, make_response, render_template

from coordination.queries.house import database_answers
from coordination.web.doors import public

bp = Blueprint("house", __name__)


@bp.get("/accessibility")
@public
def accessibility() -> str:
    """The accessibility statement, linked in every footer."""
    return render_template("house/accessibility.html")


@bp.get("/health")
@public
def health() -> Response:
    """200 when the database answers, else 503; for whoever watches the installation."""
    well = database_answers()
    return make_response(jsonify(database="ok" if well else "down"), 200 if well else 503)
