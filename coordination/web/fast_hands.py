"""Many nominations in a row: what was wished for last is proposed again, and the next person stands ready."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request, session, url_for

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


def list_behind(candidate_id: int) -> dict[str, str]:
    """For the form of a nomination: the list one came from, and the way back to it or to the person."""
    kept = request.args.get("list", "")
    profile = url_for("candidates.profile", candidate_id=candidate_id)
    return {"kept": kept, "back": list_filters.way_back(kept) if kept else profile}


def next_in_list(candidate_id: int) -> str:
    """Where the next person of the list is nominated, or the list at its end; empty for one who had no list.

    To be asked before the person at hand is nominated and so, perhaps, leaves the list.
    """
    kept = request.args.get("list", "")
    if not kept:
        return ""
    following = candidates.next_to_nominate(actor(), list_filters.read(kept), candidate_id, today())
    if following is None:
        return list_filters.way_back(kept)
    return url_for("nominations.new", candidate_id=following, list=kept)
