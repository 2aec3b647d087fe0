"""The only door to a row by id: what is not within the actor's reach does not exist."""

from __future__ import annotations

from typing import TypeVar

from coordination.db import db
from coordination.domain.errors import NotFound

Row = TypeVar("Row")


def one(model: type[Row], row_id: int | None, *, lock: bool = False) -> Row:
    """The row with this id within the session's scope, locked for the transaction if asked; else NotFound.

    The guard narrows the statement to the scope, so another owner's row answers like a missing one.
    """
    if row_id is None or row_id > MOST_ID:
        raise NotFound
    row = db.session.get(model, row_id, with_for_update=lock or None, populate_existing=lock)
    if row is None:
        raise NotFound
    return row


MOST_ID = 2**31 - 1
"""Larger numbers in a URL cannot be a key on PostgreSQL."""
