"""Many nominations in a row: what was wished for last is proposed again, and the next person stands ready."""

from __future__ import annotations

from collections.abc import Iterable

from flask import session, url_for

from coordination.queries import candidates
from coordination.web import list_filters
from coordination.web.doors import today
from coordination.web.pages import actor

REMEMBERED = "last_wishes"


def remember(sector_ids: Iterable[int]) -> None:
    """Keep the ranked sectors of a nomination in this browser, for the next one."""
    session[REMEMBERED] = list(sector_ids)


def usual(sectors: Iterable[tuple[int, str]]) -> list[int]:
    """The sectors of the last nomination, as far as they are offered here."""
    offered = {key for key, _name in sectors}
    return [key for key in session.get(REMEMBERED, []) if key in offered]


def next_person(list_kept: str, candidate_id: int) -> int | None:
    """The next person of a list who can be nominated; ask before the one at hand leaves the list."""
    if not list_kept:
        return None
    return candidates.next_to_nominate(actor(), list_filters.read(list_kept), candidate_id, today())


def after(list_kept: str, following: int | None) -> str:
    """Where to go from a nomination: to the next person's form, or back to the list when it is done."""
    if following is None:
        return list_filters.way_back(list_kept)
    return url_for("nominations.new", candidate_id=following, list=list_kept)
