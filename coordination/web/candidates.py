"""Candidates: the list and its search, a person's page, registering, editing, and the whole CPR number."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from coordination.adapters.cpr_vault import VaultError
from coordination.domain.candidates import DanishExam, DanishTrack, Scheme, TeachingNeed
from coordination.domain.nominations import NominationState
from coordination.domain.permissions import Permission
from coordination.queries import candidates as queries
from coordination.queries.candidates import CandidateFilter
from coordination.services import candidates as services
from coordination.web.asked import member, number
from coordination.web.dates import short_day
from coordination.web.doors import now, requires, today, vault
from coordination.web.forms.candidates import NEVER, CandidateForm, CandidateSearchForm, RegistrationForm
from coordination.web.labels import sentence, word
from coordination.web.labels.candidates import FIELDS
from coordination.web.lines import places_in_line
from coordination.web.pages import actor, show

bp = Blueprint("candidates", __name__)
LONGEST_SEARCH = 100
WORDS_OF = {"scheme": Scheme, "danish_track": DanishTrack, "danish_exam": DanishExam}


@bp.get("/candidates")
@requires(Permission.SEE_CANDIDATE)
def overview() -> str:
    """The people the reader may know of."""
    asked = request.args
    chosen = _chosen(asked)
    form = CandidateSearchForm(
        data={
            "q": chosen.words,
            "mine": chosen.mine,
            **{name: asked.get(name, "") for name in ("scheme", "state")},
        }
    )
    return show("candidates/overview", queries.overview_page(actor(), chosen), form=form)


@bp.post("/candidates/search")
@requires(Permission.SEE_CANDIDATE)
def search() -> Any:
    """To the list, with the words sealed: no address names a person."""
    form = CandidateSearchForm()
    words = (form.q.data or "").strip()[:LONGEST_SEARCH]
    asked = {"scheme": form.scheme.data, "state": form.state.data, "mine": "1" if form.mine.data else ""}
    if words:
        asked["q"] = services.search(actor(), words, vault=vault(), now=now())
    return redirect(url_for("candidates.overview", **{name: text for name, text in asked.items() if text}))


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
    words = {"field_word": FIELDS.__getitem__, "value_word": value_word}
    places = places_in_line(page.nominations)
    return show("candidates/profile", page, whole_cpr=whole_cpr, places=places, **words)


def _to_profile(saved: services.Saved) -> Any:
    for code in saved.warnings:
        flash(sentence(code), "warning")
    return redirect(url_for("candidates.profile", candidate_id=saved.id))


def _chosen(asked: MultiDict[str, str]) -> CandidateFilter:
    state = asked.get("state", "")
    chosen = CandidateFilter(
        words=_words(asked.get("q", "")),
        scheme=member(Scheme, asked.get("scheme")),
        state=member(NominationState, state),
        never_nominated=state == NEVER,
        mine=bool(asked.get("mine")),
        sort=asked.get("sort", "name"),
        number=number(asked.get("page")) or 1,
    )
    return chosen.find_number(vault(), today())


def _words(asked: str) -> str:
    """The words of a search, sealed by us or typed into the address by hand."""
    try:
        return vault().open(asked)
    except VaultError:
        return asked[:LONGEST_SEARCH].replace("\0", "")


def value_word(field: str, value: Any) -> str:
    """A value kept in the history, as people read it."""
    if value in (None, "", []):
        return ""
    if field in WORDS_OF:
        return word(WORDS_OF[field](value))
    if field in {"igu_start", "protected_until", "danish_exam_on"}:
        return short_day(date.fromisoformat(value))
    if field == "needs":
        return ", ".join(word(TeachingNeed(need)) for need in value)
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    return str(value)
