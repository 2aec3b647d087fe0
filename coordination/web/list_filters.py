"""The filters of the list of candidates as they stand in an address, and the way back to the same list."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from flask import url_for
from werkzeug.datastructures import MultiDict

from coordination.adapters.cpr_vault import VaultError
from coordination.queries.candidates import CandidateFilter
from coordination.web.asked import number
from coordination.web.doors import today, vault
from coordination.web.forms.candidate_filters import FILTERS, CandidateFilterForm

Asked = MultiDict[str, str]
LONGEST_SEARCH = 100
LONGEST = 600  # signs of one part of an address; a sealed search is the longest
PLACE = ("sort", "page")
"""Where in the list one reads; stands in the address, and is no filter."""


def chosen(form: CandidateFilterForm, asked: Asked) -> CandidateFilter:
    """What the list is narrowed to, by the form that read the address."""
    wanted = CandidateFilter(
        **form.filters(),
        words=form.q.data or "",
        sort=asked.get("sort", "name"),
        number=number(asked.get("page")) or 1,
    )
    return wanted.find_number(vault(), today())


def read(list_kept: str) -> CandidateFilter:
    """What a list was narrowed to, by what kept() made of its address."""
    asked = _asked(list_kept)
    form = CandidateFilterForm(formdata=asked)
    form.q.data = words_of(asked)
    return chosen(form, asked)


def kept(asked: Asked) -> str:
    """The list as one text, for a form that leads back to it; words that nobody sealed are left out."""
    return urlencode(_known(asked))


def way_back(list_kept: str) -> str:
    """The address of the same list, at the same place."""
    return url_for("candidates.overview", **_known(_asked(list_kept)))


def words_of(asked: Asked) -> str:
    """The words of a search, sealed by us or typed into the address by hand."""
    text = asked.get("q", "")
    words = opened(text)
    return text[:LONGEST_SEARCH].replace("\0", "") if words is None else words


def opened(sealed: str) -> str | None:
    """The words behind a seal of ours; None for anything else."""
    try:
        return vault().open(sealed)
    except VaultError:
        return None


def _asked(list_kept: str) -> Asked:
    return MultiDict(parse_qsl(list_kept[: 4 * LONGEST]))


def _known(asked: Asked) -> dict[str, str]:
    """The parts of an address that we read, as far as they may stand there."""
    parts = {name: asked.get(name, "")[:LONGEST] for name in ("q", *FILTERS, *PLACE)}
    if opened(parts["q"]) is None:
        parts["q"] = ""
    return {name: text for name, text in parts.items() if text}
