"""What a school bills for an empty seat: its own fees beside the national rates."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from coordination.domain.permissions import Permission
from coordination.queries import fees as queries
from coordination.services import fees as services
from coordination.web.doors import now, requires, today
from coordination.web.forms.base import Form
from coordination.web.forms.rules import FeeForm
from coordination.web.pages import actor, show

bp = Blueprint("fees", __name__)
FEES = "/partnerships/<int:partnership_id>/schools/<int:school_id>/fees"


@bp.get(FEES)
@requires(Permission.MANAGE_PARTNERSHIPS)
def overview(partnership_id: int, school_id: int) -> str:
    """Every fee of the school, and the form for a new one."""
    page = queries.overview_page(actor(), partnership_id, school_id, today())
    return show("fees/overview", page, form=FeeForm(formdata=None))


@bp.post(FEES)
@requires(Permission.MANAGE_PARTNERSHIPS)
def add(partnership_id: int, school_id: int) -> Any:
    """A fee from a day on."""
    page, form = queries.overview_page(actor(), partnership_id, school_id, today()), FeeForm()
    if form.validate_on_submit():
        with form.refusals():
            services.add(actor(), partnership_id, school_id, form.facts(), now=now())
            return _back(partnership_id, school_id, _("Gebyret er gemt og gælder fra sin dag."))
    return show("fees/overview", page, form=form), 422


@bp.get(f"{FEES}/<int:fee_id>/remove")
@requires(Permission.MANAGE_PARTNERSHIPS)
def removal(partnership_id: int, school_id: int, fee_id: int) -> str:
    """Ask before a fee that is not yet in force is taken back."""
    page = queries.removal_page(actor(), partnership_id, school_id, fee_id, today())
    return show("fees/removal", page, form=Form())


@bp.post(f"{FEES}/<int:fee_id>/remove")
@requires(Permission.MANAGE_PARTNERSHIPS)
def remove(partnership_id: int, school_id: int, fee_id: int) -> Response:
    """Take back a fee that is not yet in force."""
    services.remove(actor(), partnership_id, school_id, fee_id, today=today(), now=now())
    return _back(partnership_id, school_id, _("Gebyret er fjernet."))


def _back(partnership_id: int, school_id: int, message: str) -> Response:
    flash(message, "success")
    return redirect(url_for("fees.overview", partnership_id=partnership_id, school_id=school_id))
