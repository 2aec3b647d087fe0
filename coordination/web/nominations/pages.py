"""The list of nominations, and one of them with its history and why it waits."""

from __future__ import annotations

from flask import request

from coordination.domain.nominations import NominationState
from coordination.domain.permissions import Permission
from coordination.queries import nominations as queries
from coordination.queries import proposals
from coordination.queries.enrolments import why_waiting
from coordination.queries.nominations import NominationFilter
from coordination.web import saved_views
from coordination.web.asked import member, number
from coordination.web.doors import requires, today
from coordination.web.forms.nominations import (
    EVERY,
    NominationFilterForm,
)
from coordination.web.lines import places_in_line
from coordination.web.nominations.blueprint import bp
from coordination.web.pages import actor, show


@bp.get("/nominations")
@requires(Permission.SEE_NOMINATION)
def overview() -> str:
    """The nominations the reader may know of."""
    asked = request.args
    chosen = NominationFilter(
        state=member(NominationState, asked.get("state")),
        every_state=asked.get("state") == EVERY,
        sector_id=number(asked.get("sector")),
        mine=bool(asked.get("mine")),
        sort=asked.get("sort", "-submitted"),
        number=number(asked.get("page")) or 1,
    )
    page = queries.overview_page(actor(), chosen)
    shown = {name: asked.get(name, "") for name in ("state", "sector")} | {"mine": chosen.mine}
    form = NominationFilterForm(page.sectors, data=shown)
    return show("nominations/overview", page, form=form, shelf=saved_views.shelf("nominations.overview"))


@bp.get("/nominations/<int:nomination_id>")
@requires(Permission.SEE_NOMINATION)
def detail(nomination_id: int) -> str:
    """One nomination."""
    page = queries.detail_page(actor(), nomination_id, today())
    return show(
        "nominations/detail",
        page,
        places=places_in_line([page.nomination]),
        why=why_waiting(actor(), nomination_id, today()),
        because=proposals.because(nomination_id),
    )
