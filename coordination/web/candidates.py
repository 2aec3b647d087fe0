"""Candidates: the list and its search, a person's page, registering, editing, and the whole CPR number."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.queries import candidates as queries
from coordination.services import candidates as services
from coordination.web import list_filters, saved_views
from coordination.web.asked import number
from coordination.web.candidate_tabs import tabs
from coordination.web.doors import now, requires, today, vault
from coordination.web.duplicates import tell_of_duplicate
from coordination.web.field_words import value_word
from coordination.web.forms.candidate_filters import CandidateFilterForm
from coordination.web.forms.candidates import CandidateForm, RegistrationForm
from coordination.web.labels import sentence
from coordination.web.labels.candidates import FIELDS
from coordination.web.labels.eligibility import told, told_with_source
from coordination.web.lines import places_in_line
from coordination.web.pages import actor, show

bp = Blueprint("candidates", __name__)


@bp.get("/candidates")
@requires(Permission.SEE_CANDIDATE)
def overview() -> str:
    """The people the reader may know of."""
    asked = request.args
    form = CandidateFilterForm(formdata=asked)
    form.q.data = list_filters.words_of(asked)
    page = queries.overview_page(actor(), list_filters.chosen(form, asked), today())
    more = {"kept": list_filters.kept(asked), "shelf": saved_views.shelf("candidates.overview")}
    return show("candidates/overview", page, form=form.offer(page), **more)


@bp.post("/candidates/search")
@requires(Permission.SEE_CANDIDATE)
def search() -> Any:
    """To the list, with the words sealed: no address names a person."""
    form = CandidateFilterForm()
    form.validate_on_submit()
    for field in form:
        for error in field.errors:
            flash(f"{field.label.text}: {error}", "warning")
    asked = form.asked()
    if words := (form.q.data or "").strip()[: list_filters.LONGEST_SEARCH]:
        asked["q"] = services.search(actor(), words, vault=vault(), now=now())
    return redirect(url_for("candidates.overview", **asked))


@bp.get("/candidates/new")
@requires(Permission.REGISTER_CANDIDATE)
def new() -> str:
    """The form for a new person."""
    page = queries.new_page(actor())
    form = RegistrationForm(page.colleagues, data={"caseworker_id": page.me})
    return show("candidates/new", page, form=form, known=None)


@bp.post("/candidates")
@requires(Permission.REGISTER_CANDIDATE)
def register() -> Any:
    """Register a person."""
    page = queries.new_page(actor())
    form = RegistrationForm(page.colleagues)
    if form.validate_on_submit():
        with form.refusals():
            saved = services.register(
                actor(), form.cpr.data, form.record(), vault=vault(), today=today(), now=now()
            )
            flash(_("Kandidaten er registreret. Indstil nu kandidaten til puljen."), "success")
            tell_of_duplicate(saved.id)
            return _to_profile(saved)
    known = queries.known_candidate(actor(), form.cpr.data or "", vault(), today())
    return show("candidates/new", page, form=form, known=known), 422


@bp.get("/candidates/<int:candidate_id>")
@requires(Permission.SEE_CANDIDATE)
def profile(candidate_id: int) -> str:
    """A person's page."""
    return _profile(candidate_id)


@bp.post("/candidates/<int:candidate_id>/cpr")
@requires(Permission.REVEAL_CPR)
def reveal_cpr(candidate_id: int) -> str:
    """A person's page, this once with the whole CPR number."""
    return _profile(candidate_id, services.reveal_cpr(actor(), candidate_id, vault=vault(), now=now()))


@bp.get("/candidates/<int:candidate_id>/edit")
@requires(Permission.EDIT_CANDIDATE)
def edit(candidate_id: int) -> str:
    """The form for a person."""
    page = queries.edit_page(actor(), candidate_id)
    values = page.values | {"version": page.version}
    return show(
        "candidates/edit", page, form=CandidateForm(page.colleagues, on_behalf=page.on_behalf, data=values)
    )


@bp.post("/candidates/<int:candidate_id>/edit")
@requires(Permission.EDIT_CANDIDATE)
def save(candidate_id: int) -> Any:
    """Correct a person's record."""
    page = queries.edit_page(actor(), candidate_id)
    form = CandidateForm(page.colleagues, on_behalf=page.on_behalf)
    if form.validate_on_submit():
        with form.refusals():
            saved = _save(candidate_id, form)
            flash(_("Kandidaten er gemt."), "success")
            return _to_profile(saved)
    return show("candidates/edit", page, form=form), form.status


def _save(candidate_id: int, form: CandidateForm) -> services.Saved:
    return services.save(
        actor(),
        candidate_id,
        form.record(),
        cpr_text=form.data.get("cpr") or "",
        seen_version=number(form.version.data) or 0,
        vault=vault(),
        today=today(),
        now=now(),
    )


def _profile(candidate_id: int, whole_cpr: str = "") -> str:
    page = queries.profile_page(actor(), candidate_id, today())
    words = {"field_word": FIELDS.__getitem__, "value_word": value_word, "told": told}
    places = places_in_line(page.nominations)
    shown = {"whole_cpr": whole_cpr, "places": places, "tabs": tabs(actor().role)}
    return show("candidates/profile", page, **shown, **words)


def _to_profile(saved: services.Saved) -> Any:
    """To the page of the person, with what looks odd and every rule that stands in the way of an IGU."""
    for code in saved.warnings:
        flash(sentence(code), "warning")
    for finding in saved.findings:
        flash(told_with_source(finding), "warning")
    return redirect(url_for("candidates.profile", candidate_id=saved.id))
