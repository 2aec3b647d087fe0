"""The lists of reasons, kept by an administrator."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from coordination.domain.permissions import Permission
from coordination.domain.reasons import ReasonKind
from coordination.queries import reasons as queries
from coordination.services import reasons as services
from coordination.web.asked import member
from coordination.web.doors import now, requires
from coordination.web.forms.reasons import NewReasonForm, ReasonForm
from coordination.web.pages import actor, show

bp = Blueprint("reasons", __name__)


@bp.get("/reasons")
@requires(Permission.MANAGE_REASONS)
def overview() -> str:
    """Every list with its entries."""
    return show("reasons/overview", queries.overview_page(actor()))


@bp.get("/reasons/new")
@requires(Permission.MANAGE_REASONS)
def new() -> str:
    """The form of a new entry."""
    kind = member(ReasonKind, request.args.get("kind"))
    form = NewReasonForm(data={"kind": kind.value if kind else None})
    return show("reasons/new", queries.new_page(actor()), form=form)


@bp.post("/reasons/new")
@requires(Permission.MANAGE_REASONS)
def add() -> Any:
    """Put an entry last in a list."""
    form = NewReasonForm()
    if form.validate_on_submit():
        with form.refusals():
            kind = ReasonKind(form.kind.data)
            services.add(actor(), kind, **form.values(), now=now())
            flash(_("Årsagen er tilføjet sidst på listen og kan vælges fra nu af."), "success")
            return _back(kind)
    return show("reasons/new", queries.new_page(actor()), form=form), 422


@bp.get("/reasons/<int:reason_id>/edit")
@requires(Permission.MANAGE_REASONS)
def edit(reason_id: int) -> str:
    """The form that renames an entry."""
    page = queries.edit_page(actor(), reason_id)
    form = ReasonForm(told_to_schools=page.told_to_schools, data=page.values)
    return show("reasons/edit", page, form=form)


@bp.post("/reasons/<int:reason_id>/edit")
@requires(Permission.MANAGE_REASONS)
def save(reason_id: int) -> Any:
    """Rename an entry."""
    page = queries.edit_page(actor(), reason_id)
    form = ReasonForm(told_to_schools=page.told_to_schools)
    if form.validate_on_submit():
        with form.refusals():
            services.save(actor(), reason_id, **form.values(), now=now())
            flash(_("Årsagen er gemt. Hvor den er brugt før, står nu det nye navn."), "success")
            return _back(page.kind)
    return show("reasons/edit", page, form=form), 422


@bp.post("/reasons/<int:reason_id>/move")
@requires(Permission.MANAGE_REASONS)
def move(reason_id: int) -> Response:
    """Move an entry one step up or down."""
    step = -1 if request.form.get("direction") == "up" else 1
    kind = services.move(actor(), reason_id, step, now=now())
    flash(_("Rækkefølgen er ændret."), "success")
    return _back(kind)


@bp.post("/reasons/<int:reason_id>/switch-off")
@requires(Permission.MANAGE_REASONS)
def switch_off(reason_id: int) -> Response:
    """Take an entry off the choices."""
    kind = services.switch_off(actor(), reason_id, now=now())
    flash(_("Årsagen kan ikke længere vælges. Hvor den er brugt, står den stadig."), "success")
    return _back(kind)


@bp.post("/reasons/<int:reason_id>/switch-on")
@requires(Permission.MANAGE_REASONS)
def switch_on(reason_id: int) -> Response:
    """Let an entry be chosen again."""
    kind = services.switch_on(actor(), reason_id, now=now())
    flash(_("Årsagen kan vælges igen."), "success")
    return _back(kind)


def _back(kind: ReasonKind) -> Response:
    return redirect(url_for("reasons.overview", _anchor=kind.value))
