"""School hours: the account of one person, hours elsewhere, and who is behind."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.queries import hours as queries
from coordination.services import hours as services
from coordination.web.candidate_tabs import tabs
from coordination.web.doors import now, requires, today
from coordination.web.forms.base import Form
from coordination.web.forms.hours import ElsewhereForm
from coordination.web.labels.hours import late_words
from coordination.web.pages import actor, show
from coordination.web.pictures import growth

bp = Blueprint("hours", __name__)
bp.add_app_template_global(late_words)


@bp.get("/candidates/<int:candidate_id>/hours")
@requires(Permission.SEE_CANDIDATE)
def account(candidate_id: int) -> str:
    """The school hours of a person, and the form for hours elsewhere."""
    return _account(candidate_id, ElsewhereForm(formdata=None))


@bp.post("/candidates/<int:candidate_id>/hours")
@requires(Permission.EDIT_CANDIDATE)
def add_elsewhere(candidate_id: int) -> Any:
    """Write down hours outside the runs of this tool."""
    form = ElsewhereForm()
    if form.validate_on_submit():
        with form.refusals():
            services.add_elsewhere(actor(), candidate_id, form.facts(), today=today(), now=now())
            flash(_("Timerne er gemt og talt med i kontoen."), "success")
            return redirect(url_for("hours.account", candidate_id=candidate_id))
    return _account(candidate_id, form), 422


@bp.get("/hours-elsewhere/<int:hours_elsewhere_id>/remove")
@requires(Permission.EDIT_CANDIDATE)
def removal(hours_elsewhere_id: int) -> str:
    """Ask before hours are removed."""
    return show("hours/removal", queries.removal_page(actor(), hours_elsewhere_id), form=Form())


@bp.post("/hours-elsewhere/<int:hours_elsewhere_id>/remove")
@requires(Permission.EDIT_CANDIDATE)
def remove_elsewhere(hours_elsewhere_id: int) -> Any:
    """Take hours out of the account."""
    candidate_id = services.remove_elsewhere(actor(), hours_elsewhere_id, now=now())
    flash(_("Timerne er fjernet fra kontoen."), "success")
    return redirect(url_for("hours.account", candidate_id=candidate_id))


@bp.get("/hours/behind")
@requires(Permission.SEE_CANDIDATE)
def behind() -> str:
    """Everyone whose school hours come too late."""
    return show("hours/behind", queries.behind_page(actor(), today()))


def _account(candidate_id: int, form: ElsewhereForm) -> str:
    page = queries.account_page(actor(), candidate_id, today())
    picture = growth(page.curve, page.span, page.pace, page.account.counted, today()) if page.span else None
    return show("hours/account", page, form=form, tabs=tabs(actor().role), picture=picture)
