"""Is somebody already nominated: asked by CPR number, answered with the jobcenter to call and no more."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.queries import duplicates as queries
from coordination.services import duplicates as services
from coordination.web.doors import now, requires, today, vault
from coordination.web.forms.duplicates import DuplicateForm
from coordination.web.pages import actor, show

bp = Blueprint("duplicates", __name__)


@bp.get("/duplicates")
@requires(Permission.CHECK_DUPLICATE)
def lookup() -> str:
    """The field to ask with."""
    return show("duplicates/lookup", queries.lookup_page(actor()), form=DuplicateForm(), found=None)


@bp.post("/duplicates")
@requires(Permission.CHECK_DUPLICATE)
def check() -> Any:
    """The answer, below an emptied field: a CPR number stands neither in an address nor on a page."""
    form, page = DuplicateForm(), queries.lookup_page(actor())
    if form.validate_on_submit():
        with form.refusals():
            found = services.check(actor(), form.cpr.data or "", vault=vault(), today=today(), now=now())
            return show("duplicates/lookup", page, form=DuplicateForm(formdata=None), found=found)
    return show("duplicates/lookup", page, form=form, found=None), 422


def tell_of_duplicate(candidate_id: int) -> None:
    """After somebody was registered or nominated: say whom to call if another jobcenter was first."""
    jobcenter = services.check_candidate(actor(), candidate_id, today=today(), now=now())
    if jobcenter:
        who = {"place": jobcenter}
        flash(_("Et andet jobcenter har indstillet personen. Kontakt Jobcenter %(place)s.", **who), "warning")
