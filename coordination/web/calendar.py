"""The calendar of runs and sessions: a month, a list of days, and personal feeds for calendar programs."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, flash, make_response, redirect, request, session, url_for
from flask_babel import gettext as _

from coordination.adapters.ical import calendar_file
from coordination.domain.calendar_feeds import Entry
from coordination.domain.course_runs import RunState
from coordination.domain.months import Month, read_month
from coordination.domain.permissions import Permission
from coordination.queries import calendar as queries
from coordination.services import calendar as services
from coordination.web.doors import COPENHAGEN, by_secret_address, now, requires, today
from coordination.web.forms.base import Form
from coordination.web.forms.calendar import CalendarFilterForm, FeedForm
from coordination.web.labels import word
from coordination.web.pages import actor, show

bp = Blueprint("calendar", __name__)
FRESH = "fresh_calendar_feed"
"""Where the browser keeps the address of a new feed until it was shown, once."""
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
"""When a session was last changed that nobody has touched since such moments are kept."""


@bp.get("/calendar")
@requires(Permission.SEE_CALENDAR)
def month() -> str:
    """A month of sessions in whole weeks."""
    form, chosen, shown = _asked()
    page = queries.month_page(actor(), shown, chosen, today())
    return show("calendar/month", page, form=form.offer(page.choices), kept=form.asked())


@bp.get("/calendar/list")
@requires(Permission.SEE_CALENDAR)
def agenda() -> str:
    """The same month as a list of days."""
    form, chosen, shown = _asked()
    page = queries.agenda_page(actor(), shown, chosen, today())
    return show("calendar/agenda", page, form=form.offer(page.choices), kept=form.asked())


def _asked() -> tuple[CalendarFilterForm, queries.CalendarFilter, Month]:
    """The form as the address fills it, what it narrows the calendar to, and the month."""
    form = CalendarFilterForm(request.args)
    return form, queries.CalendarFilter(**form.filters()), read_month(form.month.data or "", today())


@bp.get("/calendar/feeds")
@requires(Permission.SEE_CALENDAR)
def feeds() -> str:
    """The feeds this person has; the address of a new one stands here once."""
    fresh = session.pop(FRESH, None)
    address = _address(fresh) if fresh else ""
    page = queries.feeds_page(actor())
    return show("calendar/feeds", page, form=FeedForm(formdata=None), fresh=address)


@bp.post("/calendar/feeds")
@requires(Permission.SEE_CALENDAR)
def make_feed() -> Any:
    """Make a feed."""
    form = FeedForm()
    if form.validate_on_submit():
        with form.refusals():
            session[FRESH] = services.make_feed(actor(), form.name.data or "", now=now())
            flash(_("Abonnementet er lavet. Kopiér adressen nu: den vises kun denne ene gang."), "success")
            return redirect(url_for("calendar.feeds"))
    return show("calendar/feeds", queries.feeds_page(actor()), form=form, fresh=""), form.status


@bp.get("/calendar/feeds/<int:feed_id>/revoke")
@requires(Permission.SEE_CALENDAR)
def revocation(feed_id: int) -> str:
    """Ask before a feed is taken back."""
    return show("calendar/revocation", queries.revocation_page(actor(), feed_id), form=Form())


@bp.post("/calendar/feeds/<int:feed_id>/revoke")
@requires(Permission.SEE_CALENDAR)
def revoke_feed(feed_id: int) -> Any:
    """Take a feed back."""
    name = services.revoke_feed(actor(), feed_id, now=now())
    flash(_("Abonnementet »%(name)s« er lukket. Adressen svarer ikke mere.", name=name), "success")
    return redirect(url_for("calendar.feeds"))


@bp.get("/calendar/<string:token>.ics")
@by_secret_address
def feed(owner: queries.FeedOwner) -> Response:
    """What a calendar program fetches; it is told if nothing has changed since it last did."""
    sessions = queries.feed_sessions(owner.actor, today())
    body = calendar_file(_("Brancheforløb"), [_entry(row) for row in sessions])
    response = make_response(body)
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = 'inline; filename="brancheforloeb.ics"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(sha256(body).hexdigest())
    return response.make_conditional(request)


def _entry(row: queries.FedSession) -> Entry:
    title = _("%(run)s: %(module)s", run=row.run, module=row.module) if row.module else row.run
    site = current_app.config["SETTINGS"].base_url
    return Entry(
        uid=f"session-{row.id}@{urlsplit(site).hostname}",
        title=_("Aflyst: %(title)s", title=title) if row.cancelled else title,
        place=", ".join(filter(None, (row.school, row.address))),
        note=_("Holdet er %(state)s.", state=word(row.state)),
        url=f"{site}{url_for('course_runs.detail', course_run_id=row.course_run_id)}",
        starts=datetime.combine(row.day, row.starts_at, COPENHAGEN),
        ends=datetime.combine(row.day, row.ends_at, COPENHAGEN),
        sequence=row.sequence,
        changed_at=row.changed_at or LONG_AGO,
        cancelled=row.cancelled,
        tentative=row.state is RunState.OPEN,
    )


def _address(token: str) -> str:
    """The whole address of a feed."""
    site: str = current_app.config["SETTINGS"].base_url
    return f"{site}{url_for('calendar.feed', token=token)}"
