"""The search in the frame of every page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for

from coordination.domain.permissions import Permission
from coordination.queries import search as queries
from coordination.queries.candidates import CandidateFilter
from coordination.services import search as services
from coordination.web import list_filters
from coordination.web.asked import words as without_odd_signs
from coordination.web.doors import now, requires, today, vault
from coordination.web.forms.search import SearchForm
from coordination.web.pages import actor, show

bp = Blueprint("search", __name__)


@bp.get("/search")
@requires(Permission.SEARCH)
def overview() -> Any:
    """What was found; words that were not sealed by us are no search, so that every search is on record."""
    asked = request.args.get("q", "")
    words = list_filters.opened(asked) or ""
    if words and (exact := queries.exact(actor(), words)):
        return redirect(_address_of(exact))
    number = CandidateFilter(words=words).find_number(vault(), today())
    page = queries.overview_page(actor(), words, number.cpr_hash, today())
    return show("search/overview", page, words=words, sealed=asked if words else None)


@bp.post("/search")
@requires(Permission.SEARCH)
def find() -> Any:
    """To what is found, with the words sealed: no address names a person."""
    words = without_odd_signs(SearchForm().words.data)
    if not words:
        return redirect(url_for("search.overview"))
    return redirect(url_for("search.overview", q=services.find(actor(), words, vault=vault(), now=now())))


def _address_of(exact: queries.Exact) -> str:
    if exact.enrolment_id:
        return url_for("enrolments.participant", enrolment_id=exact.enrolment_id)
    return url_for("nominations.detail", nomination_id=exact.nomination_id)
