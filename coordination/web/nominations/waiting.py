"""A nomination waits outside the pool for a while, or goes first in it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.domain.reasons import ReasonKind
from coordination.queries import nominations as queries
from coordination.services import nominations as services
from coordination.web.doors import now, requires, today
from coordination.web.forms.nominations import (
    ParkingForm,
    PriorityForm,
)
from coordination.web.nominations.blueprint import bp
from coordination.web.pages import actor, show
from coordination.web.why import reasons_for


@bp.get("/nominations/<int:nomination_id>/parking")
@requires(Permission.NOMINATE)
def parking(nomination_id: int) -> str:
    """Asks until when and why before a candidate is taken out of the pool for a while."""
    page = queries.parking_page(actor(), nomination_id)
    return show("nominations/parking", page, form=ParkingForm(reasons_for(ReasonKind.PARK), data=page.values))


@bp.post("/nominations/<int:nomination_id>/parking")
@requires(Permission.NOMINATE)
def park(nomination_id: int) -> Any:
    """Take a candidate out of the pool until a day."""
    page = queries.parking_page(actor(), nomination_id)
    form = ParkingForm(reasons_for(ReasonKind.PARK))
    if form.validate_on_submit():
        with form.refusals():
            until = form.until.data
            services.park(actor(), nomination_id, until, form.reason.data, today=today(), now=now())
            flash(
                _(
                    "Kandidaten er sat på pause til %(day)s og får ingen tilbud imens. "
                    "Den dag kommer kandidaten af sig selv tilbage i puljen med sin gamle plads i rækken.",
                    day=format_date(until, "long"),
                ),
                "success",
            )
            return redirect(url_for("nominations.detail", nomination_id=nomination_id))
    return show("nominations/parking", page, form=form), 422


@bp.post("/nominations/<int:nomination_id>/unpark")
@requires(Permission.NOMINATE)
def unpark(nomination_id: int) -> Any:
    """Let a parked candidate back into the pool at once."""
    services.unpark(actor(), nomination_id, now=now())
    flash(_("Pausen er slut. Kandidaten er tilbage i puljen med sin gamle plads i rækken."), "success")
    return redirect(url_for("nominations.detail", nomination_id=nomination_id))


@bp.get("/nominations/<int:nomination_id>/priority")
@requires(Permission.SET_PRIORITY)
def priority(nomination_id: int) -> str:
    """Asks why a candidate should go first."""
    page = queries.priority_page(actor(), nomination_id)
    form = PriorityForm(reasons_for(ReasonKind.PRIORITY), data={"reason": page.reason})
    return show("nominations/priority", page, form=form)


@bp.post("/nominations/<int:nomination_id>/priority")
@requires(Permission.SET_PRIORITY)
def set_priority(nomination_id: int) -> Any:
    """Let a candidate go first in every line."""
    page = queries.priority_page(actor(), nomination_id)
    form = PriorityForm(reasons_for(ReasonKind.PRIORITY))
    if form.validate_on_submit():
        with form.refusals():
            services.set_priority(actor(), nomination_id, form.reason.data, now=now())
            flash(_("Kandidaten har nu forrang og får en ledig plads før dem uden."), "success")
            return redirect(url_for("nominations.detail", nomination_id=nomination_id))
    return show("nominations/priority", page, form=form), 422


@bp.post("/nominations/<int:nomination_id>/priority/end")
@requires(Permission.SET_PRIORITY)
def end_priority(nomination_id: int) -> Any:
    """Let waiting decide again."""
    services.end_priority(actor(), nomination_id, now=now())
    flash(_("Forrangen er fjernet. Kandidaten står igen efter, hvor længe der er ventet."), "success")
    return redirect(url_for("nominations.detail", nomination_id=nomination_id))
