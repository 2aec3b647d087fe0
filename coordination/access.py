"""The only door to a row by id: what is not within the actor's reach does not exist."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import inspect, select

from coordination.db import db
from coordination.domain.errors import NotFound

Row = TypeVar("Row")


def one(model: type[Row], row_id: int | None, *, lock: bool = False) -> Row:
    """The row with this id within the session's scope, locked for the transaction if asked; else NotFound.

    The guard narrows the statement to the scope, so another owner's row answers like a missing one.
    """
    if row_id is None or row_id > MOST_ID:
        raise NotFound
    row = _fresh(model, row_id) if lock else db.session.get(model, row_id)
    if row is None:
        raise NotFound
    return row


def _fresh(model: type[Row], row_id: int) -> Row | None:
    """The row as it is once the lock is ours, also if this session read an older one before."""
    key = inspect(model).primary_key[0].key
    return db.session.scalars(
        select(model)
        .where(getattr(model, key) == row_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


MOST_ID = 2**31 - 1
"""Larger numbers in a URL cannot be a key on PostgreSQL."""
