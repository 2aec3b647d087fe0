"""The wishes of a nomination are changed."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.queries import nominations as queries
from coordination.services import nominations as services
from coordination.web.doors import now, requires
from coordination.web.forms.nominations import (
    WishesForm,
)
from coordination.web.nominations.blueprint import bp
from coordination.web.pages import actor, show


@bp.get("/nominations/<int:nomination_id>/wishes")
@requires(Permission.NOMINATE)
def wishes(nomination_id: int) -> str:
    """The form for other wishes."""
    page = queries.wishes_page(actor(), nomination_id)
    return show("nominations/wishes", page, form=WishesForm(page.sectors, page.wished))


@bp.post("/nominations/<int:nomination_id>/wishes")
@requires(Permission.NOMINATE)
def save_wishes(nomination_id: int) -> Any:
    """Replace the wishes."""
    page = queries.wishes_page(actor(), nomination_id)
    form = WishesForm(page.sectors)
    if form.validate_on_submit():
        with form.refusals():
            services.save_wishes(actor(), nomination_id, form.sector_ids(), now=now())
            flash(_("Ønskerne er gemt. Kandidaten beholder sin plads i rækken."), "success")
            return redirect(url_for("nominations.detail", nomination_id=nomination_id))
    return show("nominations/wishes", page, form=form), 422
