"""Saved views: a person keeps the filters of a list under a name; they touch nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coordination.db import db
from coordination.domain import saved_views as rules
from coordination.domain.actors import Actor
from coordination.domain.errors import NotFound
from coordination.models import SavedView
from coordination.queries import saved_views as queries


@dataclass(frozen=True)
class Before:
    """A view as it stood before it was renamed or removed, so that it can be put back."""

    page: str
    name: str
    query: str


def save(actor: Actor, page: str, asked: Mapping[str, str], name: str) -> int:
    """Keep the filters of a list under a name; returns the id.

    NotFound for a list that keeps no views; Refused beyond twelve of them; Invalid beside `name`.
    """
    if page not in rules.LISTS:
        raise NotFound
    there = queries.own_views(actor, page)
    rules.check_room(len(there))
    settled = rules.settle_name(name, [row.name for row in there])
    query = rules.as_query(rules.kept(page, asked))
    row = SavedView(user_id=actor.user_id, page=page, name=settled, query=query)
    db.session.add(row)
    db.session.flush()  # the caller wants the key
    return row.id


def rename(actor: Actor, saved_view_id: int, name: str) -> Before:
    """Give a view another name."""
    row = queries.own_view(actor, saved_view_id)
    others = [other.name for other in queries.own_views(actor, row.page) if other.id != row.id]
    settled = rules.settle_name(name, others)
    before = Before(row.page, row.name, row.query)
    row.name = settled
    return before


def remove(actor: Actor, saved_view_id: int) -> Before:
    """Remove a view; the rows of the list stay as they are."""
    row = queries.own_view(actor, saved_view_id)
    before = Before(row.page, row.name, row.query)
    db.session.delete(row)
    return before
