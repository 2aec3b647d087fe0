"""The rates of the IGU: what is paid, and from which day."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.queries import rates as queries
from coordination.services import rates as services
from coordination.web.doors import now, requires, today
from coordination.web.formats import kroner
from coordination.web.forms.base import Form
from coordination.web.forms.rules import RateForm
from coordination.web.pages import actor, show

bp = Blueprint("rates", __name__)
bp.add_app_template_filter(kroner)


@bp.get("/rates")
@requires(Permission.MANAGE_RULES)
def overview() -> str:
    """Every rate, and the form for a new one."""
    return show("rates/overview", queries.overview_page(actor(), today()), form=RateForm(formdata=None))


@bp.post("/rates")
@requires(Permission.MANAGE_RULES)
def add() -> Any:
    """A rate from a day on."""
    form = RateForm()
    if form.validate_on_submit():
        with form.refusals():
            services.add(actor(), form.facts(), now=now())
            flash(_("Satsen er gemt og vises på kandidaterne fra dens dag."), "success")
            return redirect(url_for("rates.overview"))
    return show("rates/overview", queries.overview_page(actor(), today()), form=form), 422


@bp.get("/rates/<int:rate_id>/remove")
@requires(Permission.MANAGE_RULES)
def removal(rate_id: int) -> str:
    """Ask before a rate that is not yet in force is taken back."""
    return show("rates/removal", queries.removal_page(actor(), rate_id, today()), form=Form())


@bp.post("/rates/<int:rate_id>/remove")
@requires(Permission.MANAGE_RULES)
def remove(rate_id: int) -> Any:
    """Take back a rate that is not yet in force."""
    services.remove(actor(), rate_id, today=today(), now=now())
    flash(_("Satsen er fjernet."), "success")
    return redirect(url_for("rates.overview"))
