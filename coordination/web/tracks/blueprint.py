"""The blueprint of tracks, and the way back to a track that was changed."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

bp = Blueprint("tracks", __name__)


def to_track(track_id: int, message: str, begun: int | None = None) -> Response:
    """Tell what happened, also that it began a new edition, and show the modules."""
    flash(message, "success")
    if begun:
        flash(
            _(
                "Forløbet er nu udgave %(number)s. Hold efter den forrige udgave er ikke ændret.",
                number=begun,
            ),
            "info",
        )
    return redirect(url_for("tracks.detail", track_id=track_id, _anchor="modules"))
