"""What the coordinator does to a proposal: moves and locks people, and publishes it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from coordination.domain.errors import Invalid
from coordination.domain.permissions import Permission
from coordination.queries import proposals as queries
from coordination.queries.proposals import PlacingPage, PublicationPage
from coordination.services import proposals as services
from coordination.web.asked import number
from coordination.web.doors import now, requires, today
from coordination.web.forms.proposals import MoveForm, VersionForm
from coordination.web.pages import actor, show
from coordination.web.proposals.blueprint import PERSON, PROPOSAL, bp, kept

coordinator = requires(Permission.PROPOSE_ALLOCATION)


@bp.get(PERSON)
@coordinator
def placing(proposal_id: int, nomination_id: int) -> str:
    """Every run the person could be moved to, with what each move does."""
    page = queries.placing_page(actor(), proposal_id, nomination_id)
    form = MoveForm(formdata=None, version=page.head.version, reason=page.person.override_reason)
    return show("proposals/placing", page, form=form, kept=kept())


@bp.post(PERSON)
@coordinator
def move_person(proposal_id: int, nomination_id: int) -> Any:
    """Move the person, with a reason."""
    form = MoveForm()
    if form.validate_on_submit():
        with form.refusals():
            services.move_person(
                actor(),
                proposal_id,
                nomination_id,
                _chosen(form),
                form.reason.data or "",
                version=number(form.version.data) or 0,
                now=now(),
            )
            flash(_said_of(queries.placing_page(actor(), proposal_id, nomination_id)), "success")
            return redirect(_people(proposal_id, nomination_id))
    page = queries.placing_page(actor(), proposal_id, nomination_id)
    return show("proposals/placing", page, form=form, kept=kept()), form.status


@bp.post(f"{PERSON}/lock")
@coordinator
def set_lock(proposal_id: int, nomination_id: int) -> Any:
    """Hold the person where the proposal puts them, or set them free."""
    locked = bool(request.form.get("locked"))
    services.set_lock(actor(), proposal_id, nomination_id, locked, now=now())
    flash(_("Låst: en ny søgning lader kandidaten blive.") if locked else _("Låsen er taget af."), "success")
    return redirect(_people(proposal_id, nomination_id))


@bp.get(f"{PROPOSAL}/publish")
@coordinator
def publication(proposal_id: int) -> str:
    """Counts what publishing would do."""
    page = _publication(proposal_id)
    return show("proposals/publication", page, form=VersionForm(formdata=None, version=page.head.version))


@bp.post(f"{PROPOSAL}/publish")
@coordinator
def publish(proposal_id: int) -> Any:
    """Turn the proposal into offers."""
    form = VersionForm()
    if form.validate_on_submit():
        with form.refusals():
            done = services.publish(actor(), proposal_id, version=number(form.version.data) or 0, now=now())
            offered = ngettext("%(num)s plads er tilbudt.", "%(num)s pladser er tilbudt.", done.offered)
            waiting = ngettext("%(num)s er sat på venteliste.", "%(num)s er sat på venteliste.", done.waiting)
            flash(f"{offered} {waiting} {_('Jobcentrene har fået besked.')}", "success")
            return redirect(url_for("proposals.detail", proposal_id=proposal_id))
    return show("proposals/publication", _publication(proposal_id), form=form), form.status


def _publication(proposal_id: int) -> PublicationPage:
    return queries.publication_page(actor(), proposal_id, today())


def _chosen(form: MoveForm) -> int | None:
    """The run chosen; None for the waiting. Refused beside the field where nothing is chosen."""
    chosen = number(form.course_run.data)
    if chosen is None:
        raise Invalid({"course_run": "proposal.no_run"})
    return chosen or None


def _said_of(page: PlacingPage) -> str:
    """Where the person is now."""
    name, run = page.person.name, page.person.title
    if not run:
        return _("%(name)s venter nu fortsat. Målene er regnet om.", name=name)
    return _("%(name)s er flyttet til %(run)s. Målene er regnet om.", name=name, run=run)


def _people(proposal_id: int, nomination_id: int) -> str:
    return url_for("proposals.people", proposal_id=proposal_id, _anchor=f"n{nomination_id}", **kept())
