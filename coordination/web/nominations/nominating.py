"""A candidate is nominated, as a draft or into the pool, returned to it, or withdrawn."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.domain.reasons import ReasonKind
from coordination.queries import nominations as queries
from coordination.services import nominations as services
from coordination.web import fast_hands
from coordination.web.doors import now, requires, today
from coordination.web.duplicates import tell_of_duplicate
from coordination.web.forms.nominations import (
    BasisFields,
    NominationForm,
    WithdrawalForm,
)
from coordination.web.nominations.blueprint import bp
from coordination.web.pages import actor, show
from coordination.web.why import reasons_for


@bp.get("/candidates/<int:candidate_id>/nominate")
@requires(Permission.NOMINATE)
def new(candidate_id: int) -> str:
    """The form that nominates a candidate."""
    page = queries.new_page(actor(), candidate_id)
    form = NominationForm(page.sectors, fast_hands.usual(page.sectors))
    form.propose(today())
    return show("nominations/new", page, form=form, **fast_hands.list_behind(candidate_id))


@bp.post("/candidates/<int:candidate_id>/nominate")
@requires(Permission.NOMINATE)
def nominate(candidate_id: int) -> Any:
    """Nominate a candidate, as a draft or straight into the pool."""
    page = queries.new_page(actor(), candidate_id)
    form = NominationForm(page.sectors)
    draft = request.form.get("deed") == "draft"
    onwards = fast_hands.next_in_list(candidate_id) if request.form.get("deed") == "next" else ""
    if form.validate_on_submit():
        with form.refusals():
            made = services.nominate(
                actor(),
                candidate_id,
                form.sector_ids(),
                basis=None if draft and not form.basis.data else form.settled_basis(today()),
                draft=draft,
                today=today(),
                now=now(),
            )
            tell_of_duplicate(candidate_id)
            fast_hands.remember(form.sector_ids())
            flash(_("%(name)s er i puljen.", name=page.name) if onwards else _said_of_new(draft), "success")
            return redirect(onwards or url_for("nominations.detail", nomination_id=made))
    return show("nominations/new", page, form=form, **fast_hands.list_behind(candidate_id)), 422


@bp.get("/nominations/<int:nomination_id>/submit")
@requires(Permission.NOMINATE)
def submission(nomination_id: int) -> str:
    """Asks what allows the sharing before a draft is sent to the pool."""
    page = queries.submission_page(actor(), nomination_id)
    form = BasisFields()
    form.propose(today())
    return show("nominations/submission", page, form=form)


@bp.post("/nominations/<int:nomination_id>/submit")
@requires(Permission.NOMINATE)
def submit(nomination_id: int) -> Any:
    """Send a draft to the pool."""
    page = queries.submission_page(actor(), nomination_id)
    form = BasisFields()
    if form.validate_on_submit():
        with form.refusals():
            basis = form.settled_basis(today())
            services.submit(actor(), nomination_id, basis=basis, today=today(), now=now())
            flash(_said_of_new(draft=False), "success")
            return redirect(url_for("nominations.detail", nomination_id=nomination_id))
    return show("nominations/submission", page, form=form), 422


@bp.post("/nominations/<int:nomination_id>/return")
@requires(Permission.NOMINATE)
def return_to_pool(nomination_id: int) -> Any:
    """Send a declined or expired nomination back to the pool."""
    services.return_to_pool(actor(), nomination_id, now=now())
    flash(_("Kandidaten er tilbage i puljen med sin gamle plads i rækken."), "success")
    return redirect(url_for("nominations.detail", nomination_id=nomination_id))


@bp.get("/nominations/<int:nomination_id>/withdraw")
@requires(Permission.NOMINATE)
def withdrawal(nomination_id: int) -> str:
    """Asks for the reason before a nomination is withdrawn."""
    page = queries.withdrawal_page(actor(), nomination_id, today())
    return show("nominations/withdrawal", page, form=WithdrawalForm(reasons_for(ReasonKind.WITHDRAW)))


@bp.post("/nominations/<int:nomination_id>/withdraw")
@requires(Permission.NOMINATE)
def withdraw(nomination_id: int) -> Any:
    """Withdraw a nomination, and its seat with it."""
    page = queries.withdrawal_page(actor(), nomination_id, today())
    form = WithdrawalForm(reasons_for(ReasonKind.WITHDRAW))
    if form.validate_on_submit():
        with form.refusals():
            services.withdraw(actor(), nomination_id, form.reason.data, note=form.note.data or "", now=now())
            flash(_("Indstillingen er trukket tilbage. Kandidaten kan indstilles igen."), "success")
            return redirect(url_for("nominations.detail", nomination_id=nomination_id))
    return show("nominations/withdrawal", page, form=form), 422


def _said_of_new(draft: bool) -> str:  # noqa: FBT001 (one yes or no)
    if draft:
        return _("Kladden er gemt. Kandidaten er ikke i puljen, før du sender den.")
    return _("Kandidaten er i puljen. Koordinatoren finder nu en plads; du får besked, når der er et tilbud.")
