"""A person's own saved views of a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from coordination.access import MOST_ID
from coordination.db import db
from coordination.domain import saved_views as rules
from coordination.domain.actors import Actor
from coordination.domain.errors import NotFound
from coordination.models import SavedView


@dataclass(frozen=True)
class ViewRow:
    """A view above its list."""

    id: int
    name: str
    filters: Mapping[str, str]


@dataclass(frozen=True)
class NewPage:
    """What the form for a new view needs to know."""

    page: str
    filters: Mapping[str, str]


@dataclass(frozen=True)
class EditPage:
    """A view as it stands."""

    id: int
    page: str
    name: str
    filters: Mapping[str, str]


def new_page(_actor: Actor, page: str, asked: Mapping[str, str]) -> NewPage:
    """The page that names a view; NotFound for a list that keeps none."""
    if page not in rules.LISTS:
        raise NotFound
    return NewPage(page, rules.kept(page, asked))


def edit_page(actor: Actor, saved_view_id: int) -> EditPage:
    """The page that renames or removes a view; NotFound for another person's."""
    row = own_view(actor, saved_view_id)
    return EditPage(row.id, row.page, row.name, rules.as_filters(row.query))


def views_of(actor: Actor, page: str) -> tuple[ViewRow, ...]:
    """The actor's views of a list, in the order of the alphabet."""
    return tuple(ViewRow(row.id, row.name, rules.as_filters(row.query)) for row in own_views(actor, page))


def own_views(actor: Actor, page: str) -> tuple[SavedView, ...]:
    """The rows behind them."""
    asked = (
        sa.select(SavedView)
        .where(SavedView.user_id == actor.user_id, SavedView.page == page)
        .order_by(sa.collate(SavedView.name, "danish"), SavedView.id)
    )
    return tuple(db.session.scalars(asked))


def own_view(actor: Actor, saved_view_id: int) -> SavedView:
    """The view, if it is the actor's own; else NotFound."""
    if saved_view_id > MOST_ID:
        raise NotFound
    asked = sa.select(SavedView).where(SavedView.id == saved_view_id, SavedView.user_id == actor.user_id)
    row = db.session.scalar(asked)
    if row is None:
        raise NotFound
    return row
