"""Transfers: the list of both sides, offering a person, and answering an offer."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.domain.transfers import TransferDeed
from coordination.queries import transfers as queries
from coordination.services import transfers as services
from coordination.web.asked import number
from coordination.web.doors import now, requires, today, vault
from coordination.web.forms.transfers import AcceptForm, EndForm, OfferForm
from coordination.web.pages import actor, show

bp = Blueprint("transfers", __name__)


@bp.get("/transfers")
@requires(Permission.SEE_TRANSFER)
def overview() -> str:
    """The transfers to and from the own municipality."""
    return show("transfers/overview", queries.overview_page(actor(), number(request.args.get("page")) or 1))


@bp.get("/candidates/<int:candidate_id>/transfer")
@requires(Permission.OFFER_TRANSFER)
def new(candidate_id: int) -> str:
    """The form that offers a person to another municipality."""
    page = queries.new_page(actor(), candidate_id)
    return show("transfers/new", page, form=OfferForm(page.receivers))


@bp.post("/candidates/<int:candidate_id>/transfer")
@requires(Permission.OFFER_TRANSFER)
def offer(candidate_id: int) -> Any:
    """Offer a person to another municipality."""
    page = queries.new_page(actor(), candidate_id)
    form = OfferForm(page.receivers)
    if form.validate_on_submit():
        with form.refusals():
            made = services.offer(
                actor(),
                candidate_id,
                form.municipality.data,
                form.effective_on.data,
                form.note.data or "",
                today=today(),
                now=now(),
            )
            flash(_("Flytningen er tilbudt. Det nye jobcenter har fået besked og svarer."), "success")
            return redirect(url_for("transfers.detail", transfer_id=made))
    return show("transfers/new", page, form=form), 422


@bp.get("/transfers/<int:transfer_id>")
@requires(Permission.SEE_TRANSFER)
def detail(transfer_id: int) -> str:
    """One transfer, with the answers the reader's side may give."""
    return _detail(transfer_id)


@bp.post("/transfers/<int:transfer_id>/accept")
@requires(Permission.ANSWER_TRANSFER)
def accept(transfer_id: int) -> Any:
    """Say yes to a person one knows; an offer whose day has come is carried out at once."""
    page = queries.detail_page(actor(), transfer_id)
    form = AcceptForm(page.caseworkers)
    if form.validate_on_submit():
        with form.refusals():
            fits = services.accept(
                actor(),
                transfer_id,
                form.cpr.data or "",
                form.caseworker.data,
                vault=vault(),
                today=today(),
                now=now(),
            )
            flash(*_said_of_yes(fits=fits, at_once=page.effective_on <= today()))
            return redirect(url_for("transfers.detail", transfer_id=transfer_id))
    return _detail(transfer_id, accept=form), 422


@bp.post("/transfers/<int:transfer_id>/decline")
@requires(Permission.ANSWER_TRANSFER)
def decline(transfer_id: int) -> Any:
    """Say no to a person."""
    form = EndForm()
    if form.validate_on_submit():
        with form.refusals():
            services.decline(actor(), transfer_id, form.reason.data or "", now=now())
            flash(
                _("I har sagt nej. Kandidaten bliver, hvor den er, og jobcenteret har fået besked."),
                "success",
            )
            return redirect(url_for("transfers.detail", transfer_id=transfer_id))
    return _detail(transfer_id, end=form), 422


@bp.post("/transfers/<int:transfer_id>/cancel")
@requires(Permission.OFFER_TRANSFER)
def cancel(transfer_id: int) -> Any:
    """Call a transfer off before its day."""
    form = EndForm()
    if form.validate_on_submit():
        with form.refusals():
            services.cancel(actor(), transfer_id, form.reason.data or "", now=now())
            flash(_("Flytningen er annulleret, og det andet jobcenter har fået besked."), "success")
            return redirect(url_for("transfers.detail", transfer_id=transfer_id))
    return _detail(transfer_id, end=form), 422


def _detail(transfer_id: int, *, accept: AcceptForm | None = None, end: EndForm | None = None) -> str:
    page = queries.detail_page(actor(), transfer_id)
    return show(
        "transfers/detail",
        page,
        accept=accept or AcceptForm(page.caseworkers, formdata=None),
        end=end or EndForm(formdata=None),
        TransferDeed=TransferDeed,
    )


def _said_of_yes(*, fits: bool, at_once: bool) -> tuple[str, str]:
    if not fits:
        return _(
            "CPR-nummeret passer ikke til den kandidat, der flytter. Forsøget er skrevet i loggen."
        ), "error"
    if at_once:
        return _(
            "Kandidaten er flyttet. I har nu sagen med plads i rækken, plads på hold og historik."
        ), "success"
    return _("Flytningen er aftalt. På dagen går sagen over til jer, og I får besked."), "success"
