"""How long people travel to the schools: one table, corrected all at once."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from coordination.domain.permissions import Permission
from coordination.queries import travel as queries
from coordination.queries.travel import OverviewPage
from coordination.services import travel as services
from coordination.web.asked import number
from coordination.web.doors import now, requires
from coordination.web.forms.travel import TravelForm, travel_form
from coordination.web.pages import actor, show

bp = Blueprint("travel", __name__)


@bp.get("/travel-times")
@requires(Permission.PLAN_TRAVEL)
def overview() -> str:
    """The table of a partnership."""
    page = queries.overview_page(actor(), number(request.args.get("partnership")))
    return show("travel/overview", page, form=_form(page, formdata=None))


@bp.post("/travel-times")
@requires(Permission.PLAN_TRAVEL)
def save() -> Any:
    """Store the whole table."""
    page = queries.overview_page(actor(), number(request.form.get("partnership")))
    form = _form(page)
    if form.validate_on_submit():
        with form.refusals():
            stamp = form.stamp.data or ""
            changed = services.save(actor(), page.partnership_id, form.minutes(), stamp=stamp, now=now())
            flash(_told(changed), "success")
            return redirect(url_for("travel.overview", partnership=page.partnership_id))
    return show("travel/overview", page, form=form), form.status


def _form(page: OverviewPage, **kwargs: Any) -> TravelForm:
    data = {"stamp": page.stamp, "partnership": page.partnership_id}
    return travel_form(page.municipalities, page.schools, page.minutes, data=data, **kwargs)


def _told(changed: int) -> str:
    if not changed:
        return _("Rejsetiderne er, som de var.")
    return ngettext(
        "%(num)s rejsetid er ændret. Næste fordeling regner med den.",
        "%(num)s rejsetider er ændret. Næste fordeling regner med dem.",
        changed,
    )
