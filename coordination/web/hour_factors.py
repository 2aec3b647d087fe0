"""What school hours count: the administrator's dated factors."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.queries import hour_factors as queries
from coordination.services import hour_factors as services
from coordination.web.doors import now, requires, today
from coordination.web.formats import factor
from coordination.web.forms.base import Form
from coordination.web.forms.hours import FactorForm
from coordination.web.pages import actor, show

bp = Blueprint("hour_factors", __name__)
bp.add_app_template_filter(factor)


@bp.get("/hour-factors")
@requires(Permission.MANAGE_RULES)
def overview() -> str:
    """Every factor, and the form for a new one."""
    return show(
        "hour_factors/overview", queries.overview_page(actor(), today()), form=FactorForm(formdata=None)
    )


@bp.post("/hour-factors")
@requires(Permission.MANAGE_RULES)
def add() -> Any:
    """A factor from a day on."""
    form = FactorForm()
    if form.validate_on_submit():
        with form.refusals():
            services.add(actor(), form.facts(), now=now())
            flash(_("Faktoren er gemt. Timekontiene regnes med den fra dens dag."), "success")
            return redirect(url_for("hour_factors.overview"))
    return show("hour_factors/overview", queries.overview_page(actor(), today()), form=form), 422


@bp.get("/hour-factors/<int:hour_factor_id>/remove")
@requires(Permission.MANAGE_RULES)
def removal(hour_factor_id: int) -> str:
    """Ask before a factor that is not yet in force is taken back."""
    return show("hour_factors/removal", queries.removal_page(actor(), hour_factor_id, today()), form=Form())


@bp.post("/hour-factors/<int:hour_factor_id>/remove")
@requires(Permission.MANAGE_RULES)
def remove(hour_factor_id: int) -> Any:
    """Take back a factor that is not yet in force."""
    services.remove(actor(), hour_factor_id, today=today(), now=now())
    flash(_("Faktoren er fjernet."), "success")
    return redirect(url_for("hour_factors.overview"))
