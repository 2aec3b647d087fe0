"""The lists people look at again and again: which filters are kept, under which name."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from coordination.domain.errors import Invalid, Refused
from coordination.domain.texts import check_fields, problem_in

MOST_VIEWS = 12
MAX_NAME = 60
LISTS: Mapping[str, tuple[str, ...]] = {
    "candidates.overview": (
        *("state", "caseworker", "municipality", "scheme", "sector", "exam"),
        *("igu_from", "igu_until", "basis", "sort"),
    ),
    "nominations.overview": ("state", "sector", "mine", "sort"),
}
"""The filters a view may keep, per list: never the words of a search, never a page number."""
_PLAIN = re.compile(r"[a-z0-9_-]{1,40}", re.ASCII)


def kept(page: str, asked: Mapping[str, str]) -> dict[str, str]:
    """The filters of a list that a view keeps: known ones with a key, a word of ours or a date as value."""
    return {
        name: asked[name] for name in LISTS.get(page, ()) if name in asked and _PLAIN.fullmatch(asked[name])
    }


def as_query(filters: Mapping[str, str]) -> str:
    """The kept filters as they stand in an address; nothing in them needs to be encoded."""
    return "&".join(f"{name}={value}" for name, value in filters.items())


def as_filters(query: str) -> dict[str, str]:
    """The filters behind what as_query() made."""
    return dict(part.split("=", 1) for part in query.split("&") if "=" in part)


def settle_name(name: str, others: Collection[str]) -> str:
    """The name tidied; Invalid beside `name` if it is empty, too long or already used for another view."""
    settled = " ".join(name.split())
    check_fields({"name": problem_in(settled, MAX_NAME, needed=True)})
    if settled.casefold() in {other.casefold() for other in others}:
        raise Invalid({"name": "saved_view.taken"})
    return settled


def check_room(there: int) -> None:
    """Refused("saved_view.too_many") if the list has as many views as one person may keep."""
    if there >= MOST_VIEWS:
        raise Refused("saved_view.too_many", most=MOST_VIEWS)
