"""What allows the sharing of a person is renewed or withdrawn."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.queries import nominations as queries
from coordination.services import nominations as services
from coordination.web.doors import now, requires, today
from coordination.web.forms.base import Form
from coordination.web.forms.nominations import (
    BasisFields,
)
from coordination.web.nominations.blueprint import bp
from coordination.web.pages import actor, show


@bp.get("/nominations/<int:nomination_id>/basis")
@requires(Permission.SETTLE_BASIS)
def renewal(nomination_id: int) -> str:
    """The form for what allows the sharing from now on."""
    page = queries.renewal_page(actor(), nomination_id, today())
    form = BasisFields(data={"basis": page.basis.kind})
    form.propose(today())
    return show("nominations/renewal", page, form=form)


@bp.post("/nominations/<int:nomination_id>/basis")
@requires(Permission.SETTLE_BASIS)
def renew_basis(nomination_id: int) -> Any:
    """Renew what allows the sharing."""
    page = queries.renewal_page(actor(), nomination_id, today())
    form = BasisFields()
    if form.validate_on_submit():
        with form.refusals():
            services.renew_basis(actor(), nomination_id, form.settled_basis(today()), now=now())
            flash(_("Grundlaget er fornyet. Koordinator og skole kan se det, de skal bruge."), "success")
            return redirect(url_for("nominations.detail", nomination_id=nomination_id))
    return show("nominations/renewal", page, form=form), 422


@bp.get("/nominations/<int:nomination_id>/basis/withdraw")
@requires(Permission.SETTLE_BASIS)
def basis_withdrawal(nomination_id: int) -> str:
    """Tells what closes before the basis is withdrawn."""
    page = queries.basis_withdrawal_page(actor(), nomination_id, today())
    return show("nominations/basis_withdrawal", page, form=Form())


@bp.post("/nominations/<int:nomination_id>/basis/withdraw")
@requires(Permission.SETTLE_BASIS)
def withdraw_basis(nomination_id: int) -> Any:
    """Withdraw the basis, which closes the sharing at once."""
    services.withdraw_basis(actor(), nomination_id, now=now())
    flash(_("Delingen er lukket. Kun jobcenteret kan nu se kandidaten."), "success")
    return redirect(url_for("nominations.detail", nomination_id=nomination_id))
