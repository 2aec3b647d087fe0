"""Several people chosen in the list: a page that counts before the deed, and the deed for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, abort, flash, redirect, request
from flask_babel import gettext as _
from flask_babel import ngettext

from coordination.domain.bulk import BulkDeed, Chosen, Done
from coordination.domain.permissions import Permission
from coordination.domain.reasons import ReasonKind
from coordination.queries import bulk as queries
from coordination.queries.bulk import ConfirmPage
from coordination.services import bulk as services
from coordination.services import duplicates
from coordination.web import fast_hands, list_filters
from coordination.web.asked import member, number
from coordination.web.doors import now, requires, today
from coordination.web.forms.bulk import BulkNominationForm, BulkParkingForm, BulkWithdrawalForm
from coordination.web.labels.eligibility import told_with_source
from coordination.web.pages import actor, show
from coordination.web.why import reasons_for

bp = Blueprint("bulk", __name__)
MOST_NAMES = 10
"""So many names stand in one message; it travels in a cookie."""
BulkForm = BulkNominationForm | BulkParkingForm | BulkWithdrawalForm


@bp.post("/candidates/bulk")
@requires(Permission.NOMINATE)
def confirm() -> Any:
    """What the deed would do to the chosen people, before it is done."""
    deed = member(BulkDeed, request.form.get("deed")) or abort(404)
    if not (people := _people()):
        flash(_("Sæt kryds ved mindst én kandidat."), "warning")
        return redirect(list_filters.way_back(request.form.get("list", "")))
    page = queries.confirm_page(actor(), deed, services.confirm(people), today())
    return _ask(page, _empty_form(page))


@bp.post("/candidates/bulk/nominate")
@requires(Permission.NOMINATE)
def nominate() -> Any:
    """Nominate the chosen people."""
    page = _page(BulkDeed.NOMINATE)

    def deed(form: BulkNominationForm, **more: Any) -> Done:
        basis = form.settled_basis(today())
        done = services.nominate(actor(), page.person_ids, form.sector_ids(), basis=basis, **more)
        _tell_of_duplicates(page.able)
        fast_hands.remember(form.sector_ids())
        return done

    return _do(page, BulkNominationForm(page.sectors), deed)


@bp.post("/candidates/bulk/park")
@requires(Permission.NOMINATE)
def park() -> Any:
    """Park the chosen people."""
    page = _page(BulkDeed.PARK)

    def deed(form: BulkParkingForm, **more: Any) -> Done:
        return services.park(actor(), page.person_ids, form.until.data, form.reason.data, **more)

    return _do(page, BulkParkingForm(reasons_for(ReasonKind.PARK)), deed)


@bp.post("/candidates/bulk/withdraw")
@requires(Permission.NOMINATE)
def withdraw() -> Any:
    """Withdraw the nominations of the chosen people."""
    page = _page(BulkDeed.WITHDRAW)

    def deed(form: BulkWithdrawalForm, **more: Any) -> Done:
        note = form.note.data or ""
        return services.withdraw(actor(), page.person_ids, form.reason.data, note=note, **more)

    return _do(page, BulkWithdrawalForm(reasons_for(ReasonKind.WITHDRAW)), deed)


def _do(page: ConfirmPage, form: Any, deed: Callable[..., Done]) -> Any:
    """The deed if the form allows it, then back to the list; else the same page with what is wrong."""
    if form.validate_on_submit():
        with form.refusals():
            done = deed(form, leave_out=form.leave_out.data, today=today(), now=now())
            flash(_said(page.deed, done), "success")
            return redirect(list_filters.way_back(form.list.data or ""))
    return _ask(page, form), form.status


def _ask(page: ConfirmPage, form: BulkForm) -> str:
    back = list_filters.way_back(form.list.data or "")
    return show("bulk/confirm", page, form=form, told=told_with_source, back=back)


def _page(deed: BulkDeed) -> ConfirmPage:
    return queries.confirm_page(actor(), deed, services.confirm(_people()), today())


def _people() -> list[int]:
    """The keys of the chosen people; what is no key is nobody's."""
    return [number(text) or abort(404) for text in request.form.getlist("person")]


def _empty_form(page: ConfirmPage) -> BulkForm:
    """The form before anything is typed, with what most of them have in common."""
    kept = {"list": request.form.get("list", "")}
    if page.deed is BulkDeed.NOMINATE:
        form = BulkNominationForm(page.sectors, fast_hands.usual(page.sectors), formdata=None, **kept)
        form.propose(today())
        return form
    if page.deed is BulkDeed.PARK:
        return BulkParkingForm(reasons_for(ReasonKind.PARK), formdata=None, **kept)
    return BulkWithdrawalForm(reasons_for(ReasonKind.WITHDRAW), formdata=None, **kept)


def _tell_of_duplicates(people: Iterable[Chosen]) -> None:
    """Say whom to call about those whom another jobcenter has nominated."""
    elsewhere: dict[str, list[str]] = defaultdict(list)
    for person in people:
        place = duplicates.check_candidate(actor(), person.candidate_id, today=today(), now=now())
        if place:
            elsewhere[place].append(person.name)
    for place, names in elsewhere.items():
        told = {"place": place, "names": ", ".join(names[:MOST_NAMES])}
        flash(
            ngettext(
                "Et andet jobcenter har også indstillet %(names)s. Kontakt Jobcenter %(place)s.",
                "Et andet jobcenter har også indstillet %(num)s: %(names)s. Kontakt Jobcenter %(place)s.",
                len(names),
                **told,
            ),
            "warning",
        )


def _said(deed: BulkDeed, done: Done) -> str:
    said = {
        BulkDeed.NOMINATE: ngettext(
            "%(num)s kandidat er i puljen. Koordinatoren finder nu en plads, og du får besked om tilbud.",
            "%(num)s kandidater er i puljen. Koordinatoren finder nu pladser, og du får besked om tilbud.",
            done.people,
        ),
        BulkDeed.PARK: ngettext(
            "%(num)s kandidat er sat på pause og kommer selv tilbage i puljen på dagen.",
            "%(num)s kandidater er sat på pause og kommer selv tilbage i puljen på dagen.",
            done.people,
        ),
        BulkDeed.WITHDRAW: ngettext(
            "%(num)s indstilling er trukket tilbage. Kandidaten kan indstilles igen.",
            "%(num)s indstillinger er trukket tilbage. Kandidaterne kan indstilles igen.",
            done.people,
        ),
    }[deed]
    left_out = ngettext("%(num)s blev sprunget over.", "%(num)s blev sprunget over.", done.left_out)
    return f"{said} {left_out}" if done.left_out else said
