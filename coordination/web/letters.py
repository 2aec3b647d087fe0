"""Letters: what was sent, what waits, what failed."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from coordination.domain.letters import LetterState
from coordination.domain.permissions import Permission
from coordination.queries import letters as queries
from coordination.services import letters as services
from coordination.web.asked import member, number, words
from coordination.web.doors import now, requires
from coordination.web.forms.letters import LetterFilterForm
from coordination.web.labels.letters import letter_name
from coordination.web.pages import actor, show

bp = Blueprint("letters", __name__)
bp.add_app_template_global(letter_name)


@bp.get("/letters")
@requires(Permission.SEE_LETTERS)
def overview() -> str:
    """Every letter, newest first."""
    asked = request.args
    chosen = queries.LetterFilter(
        search=words(asked.get("q")),
        letter=words(asked.get("letter")),
        state=member(LetterState, asked.get("state")),
        user_id=number(asked.get("user")),
        number=number(asked.get("page")) or 1,
    )
    form = LetterFilterForm(formdata=asked)
    return show("letters/overview", queries.overview_page(actor(), chosen), form=form)


@bp.get("/letters/<int:letter_id>")
@requires(Permission.SEE_LETTERS)
def detail(letter_id: int) -> str:
    """One letter as its reader got it."""
    base_url = current_app.config["SETTINGS"].base_url
    hidden = _("[linket vises kun i brevet]")
    return show("letters/detail", queries.detail_page(actor(), letter_id, base_url, hidden))


@bp.post("/letters/<int:letter_id>/send-again")
@requires(Permission.SEE_LETTERS)
def send_again(letter_id: int) -> Response:
    """Put a letter that was given up back in line."""
    services.send_again(actor(), letter_id, now=now())
    flash(_("Brevet sendes igen inden for et minut."), "success")
    return redirect(url_for("letters.detail", letter_id=letter_id))
