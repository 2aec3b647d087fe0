"""Follow-ups: the worklist, one case, and what coordinator and jobcenter do with it; never a school."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from coordination.domain.follow_ups import CloseReason
from coordination.domain.permissions import Permission
from coordination.queries import follow_ups as queries
from coordination.services import follow_ups as services
from coordination.web.doors import now, requires, today
from coordination.web.forms.base import Form
from coordination.web.forms.course_runs import number
from coordination.web.forms.follow_ups import ClosingForm, ContactForm, FollowUpFilterForm, ReopeningForm
from coordination.web.pages import actor, show

bp = Blueprint("follow_ups", __name__)


@bp.get("/follow-ups")
@requires(Permission.SEE_FOLLOW_UP)
def overview() -> str:
    """The people being followed up, whoever waits longest past the date first."""
    form = FollowUpFilterForm(request.args)
    chosen = queries.FollowUpFilter(**form.filters(), number=number(request.args.get("page")) or 1)
    page = queries.overview_page(actor(), chosen, today())
    form.offer(page.runs, mine_is_candidates=page.mine_is_candidates)
    return show("follow_ups/overview", page, form=form)


@bp.get("/follow-ups/<int:follow_up_id>")
@requires(Permission.SEE_FOLLOW_UP)
def detail(follow_up_id: int) -> str:
    """One person's no-shows, what was tried, and what to do next."""
    return _case(queries.detail_page(actor(), follow_up_id, today()))


@bp.post("/follow-ups/<int:follow_up_id>/contacts")
@requires(Permission.WORK_FOLLOW_UP)
def log_contact(follow_up_id: int) -> Any:
    """Log a contact attempt."""
    page = queries.detail_page(actor(), follow_up_id, today())
    form = ContactForm(page.proposals)
    if form.validate_on_submit():
        with form.refusals():
            due = services.log_contact(
                actor(),
                follow_up_id,
                form.contact(),
                next_contact_on=form.next_contact_on.data,
                seen_version=form.seen(),
                now=now(),
            )
            day = format_date(due, "long")
            flash(_("Henvendelsen er gemt. Næste henvendelse er senest %(day)s.", day=day), "success")
            return redirect(url_for("follow_ups.detail", follow_up_id=follow_up_id))
    return _case(queries.detail_page(actor(), follow_up_id, today()), contact=form), form.status


@bp.post("/follow-ups/<int:follow_up_id>/close")
@requires(Permission.WORK_FOLLOW_UP)
def close(follow_up_id: int) -> Any:
    """Close a follow-up with a reason."""
    form = ClosingForm()
    if form.validate_on_submit():
        with form.refusals():
            count = services.close(
                actor(),
                follow_up_id,
                CloseReason(form.reason.data),
                form.note.data or "",
                seen_version=form.seen(),
                now=now(),
                others_too=form.others_too.data,
            )
            told = ngettext("Opfølgningen er lukket.", "%(num)s opfølgninger er lukket.", count)
            flash(f"{told} {_('Den kan genåbnes, hvis der sker mere.')}", "success")
            return redirect(url_for("follow_ups.overview"))
    return _case(queries.detail_page(actor(), follow_up_id, today()), closing=form), form.status


@bp.post("/follow-ups/<int:follow_up_id>/reopen")
@requires(Permission.WORK_FOLLOW_UP)
def reopen(follow_up_id: int) -> Any:
    """Open a closed follow-up again."""
    form = ReopeningForm()
    if form.validate_on_submit():
        with form.refusals():
            due = services.reopen(
                actor(), follow_up_id, form.note.data or "", seen_version=form.seen(), now=now()
            )
            flash(
                _(
                    "Opfølgningen er åben igen og skal følges op senest %(day)s.",
                    day=format_date(due, "long"),
                ),
                "success",
            )
            return redirect(url_for("follow_ups.detail", follow_up_id=follow_up_id))
    return _case(queries.detail_page(actor(), follow_up_id, today()), reopening=form), form.status


def _case(page: queries.DetailPage, **typed: Form) -> str:
    """The page with its three forms: the one that was sent as it was typed, the others empty."""
    forms = {
        "contact": typed.get("contact") or ContactForm(page.proposals, formdata=None),
        "closing": typed.get("closing") or ClosingForm(formdata=None),
        "reopening": typed.get("reopening") or ReopeningForm(formdata=None),
    }
    for form in forms.values():
        form.show_version(page.version)
    sent = next(iter(typed.values()), None)
    return show("follow_ups/detail", page, form=sent, sent=next(iter(typed), ""), **forms)
