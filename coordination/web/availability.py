"""When a person cannot come to school: practice days shown, periods added and removed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.queries import availability as queries
from coordination.services import availability as services
from coordination.web.candidate_tabs import tabs
from coordination.web.doors import now, requires, today
from coordination.web.forms.availability import PeriodForm
from coordination.web.forms.base import Form
from coordination.web.labels.availability import clash_words, day_words
from coordination.web.pages import actor, show

bp = Blueprint("availability", __name__)
bp.add_app_template_global(clash_words)
bp.add_app_template_global(day_words)


@bp.get("/candidates/<int:candidate_id>/availability")
@requires(Permission.SEE_CANDIDATE)
def overview(candidate_id: int) -> str:
    """When a person cannot come, and the form for one more period."""
    return _overview(candidate_id, PeriodForm(formdata=None))


@bp.post("/candidates/<int:candidate_id>/availability")
@requires(Permission.EDIT_CANDIDATE)
def add(candidate_id: int) -> Any:
    """Write down a period."""
    form = PeriodForm()
    if form.validate_on_submit():
        with form.refusals():
            services.add(actor(), candidate_id, **form.period(), today=today(), now=now())
            flash(_("Perioden er gemt. Der bliver gjort opmærksom på den, når en plads tilbydes."), "success")
            return redirect(url_for("availability.overview", candidate_id=candidate_id))
    return _overview(candidate_id, form), 422


@bp.get("/unavailabilities/<int:unavailability_id>/remove")
@requires(Permission.EDIT_CANDIDATE)
def removal(unavailability_id: int) -> str:
    """Ask before a period is removed."""
    return show("availability/removal", queries.removal_page(actor(), unavailability_id), form=Form())


@bp.post("/unavailabilities/<int:unavailability_id>/remove")
@requires(Permission.EDIT_CANDIDATE)
def remove(unavailability_id: int) -> Any:
    """The person can come after all."""
    candidate_id = services.remove(actor(), unavailability_id, now=now())
    flash(_("Perioden er fjernet."), "success")
    return redirect(url_for("availability.overview", candidate_id=candidate_id))


def _overview(candidate_id: int, form: PeriodForm) -> str:
    page = queries.overview_page(actor(), candidate_id, today())
    return show("availability/overview", page, form=form, tabs=tabs(actor().role))
