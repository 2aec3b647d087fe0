"""Whom the others may know of: people whose nomination went to the pool on a basis that holds today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    from coordination.db.scope import Scope


def open_on(nominations: Any, day: Any) -> sa.ColumnElement[bool]:
    """SQL: the sharing of these nominations is open that day; the last day is included."""
    return sa.and_(nominations.basis_until >= day, nominations.basis_withdrawn_at.is_(None))


def sent(nominations: Any, scope: Scope) -> sa.ColumnElement[bool]:
    """SQL: the nominations of the scope that went to the pool and are shared today."""
    return sa.and_(nominations.submitted_at.is_not(None), open_on(nominations, scope.today))


def sent_of(metadata: sa.MetaData, key: str, scope: Scope) -> sa.Select[tuple[int]]:
    """SQL: keys of the people (`candidate_id`) or nominations (`id`) a coordinator may know of today."""
    table = metadata.tables["nominations"].c
    own = table.municipality_id.in_(scope.municipalities)
    return sa.select(table[key]).where(own, sent(table, scope)).correlate(None)


def rows_about_sent(table: sa.FromClause, metadata: sa.MetaData, scope: Scope) -> sa.Select[tuple[int]]:
    """SQL: keys of the rows of a table that name a person a coordinator may know of today."""
    people = sent_of(metadata, "candidate_id", scope)
    return sa.select(table.c.id).where(table.c.candidate_id.in_(people)).correlate(None)
