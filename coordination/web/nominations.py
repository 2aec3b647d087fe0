"""Nominations: the list, one nomination with its history, and the deeds of jobcenter and coordinator."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from coordination.domain.nominations import NominationState
from coordination.domain.permissions import Permission
from coordination.domain.reasons import ReasonKind
from coordination.queries import nominations as queries
from coordination.queries.enrolments import why_waiting
from coordination.queries.nominations import NominationFilter
from coordination.services import nominations as services
from coordination.web import fast_hands, saved_views
from coordination.web.asked import member, number
from coordination.web.doors import now, requires, today
from coordination.web.duplicates import tell_of_duplicate
from coordination.web.forms.base import Form
from coordination.web.forms.nominations import (
    EVERY,
    BasisFields,
    NominationFilterForm,
    NominationForm,
    ParkingForm,
    PriorityForm,
    WishesForm,
    WithdrawalForm,
)
from coordination.web.lines import places_in_line
from coordination.web.pages import actor, show
from coordination.web.why import reasons_for

bp = Blueprint("nominations", __name__)


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
    )


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


@bp.get("/nominations/<int:nomination_id>/wishes")
@requires(Permission.NOMINATE)
def wishes(nomination_id: int) -> str:
    """The form for other wishes."""
    page = queries.wishes_page(actor(), nomination_id)
    return show("nominations/wishes", page, form=WishesForm(page.sectors, page.wished))


@bp.post("/nominations/<int:nomination_id>/wishes")
@requires(Permission.NOMINATE)
def save_wishes(nomination_id: int) -> Any:
    """Replace the wishes."""
    page = queries.wishes_page(actor(), nomination_id)
    form = WishesForm(page.sectors)
    if form.validate_on_submit():
        with form.refusals():
            services.save_wishes(actor(), nomination_id, form.sector_ids(), now=now())
            flash(_("Ønskerne er gemt. Kandidaten beholder sin plads i rækken."), "success")
            return redirect(url_for("nominations.detail", nomination_id=nomination_id))
    return show("nominations/wishes", page, form=form), 422


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


def _said_of_new(draft: bool) -> str:  # noqa: FBT001 (one yes or no)
    if draft:
        return _("Kladden er gemt. Kandidaten er ikke i puljen, før du sender den.")
    return _("Kandidaten er i puljen. Koordinatoren finder nu en plads; du får besked, når der er et tilbud.")
