"""The guard: no statement reaches an owned table unless a scope narrows it; it fails closed."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.sql import visitors

from coordination.db.base import OwnedByMunicipality, Session, SharedInPartnership
from coordination.db.narrowing import Narrowing, guarded_classes

if TYPE_CHECKING:
    from coordination.db.scope import Scope

Guarded = OwnedByMunicipality | SharedInPartnership


class GuardError(RuntimeError):
    """Code reached for owned rows without a scope, or outside of it: a bug, never a user's mistake."""


@cache
def guarded_tables() -> frozenset[str]:
    """The names of their tables."""
    return frozenset(model.__tablename__ for model in guarded_classes())


@cache
def _mention() -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(sorted(guarded_tables()))})\b")


def _refuse_what_escapes(statement: Any) -> None:
    """A Core table or column inside an ORM statement would not be narrowed, nor an alias that is joined."""
    for element in visitors.iterate(statement):
        entity: Any = getattr(element, "_annotations", {}).get("parententity")
        if getattr(entity, "is_aliased_class", False) and entity.mapper.class_ in guarded_classes():
            message = f"{entity.mapper.class_.__name__} was used by an alias: ask in two statements instead"
            raise GuardError(message)
        for used in _used_by(element):
            mapped = "parententity" in used._annotations  # noqa: SLF001 (nothing else tells)
            if used.name in guarded_tables() and not mapped:
                message = f"{used.name} was used as a bare table: select the class instead"
                raise GuardError(message)


def _used_by(element: Any) -> list[Any]:
    """The tables an element puts into the statement by itself."""
    if isinstance(element, sa.Select):
        joined = [target for target, *_ in element._setup_joins]  # noqa: SLF001
        sources = [*element._from_obj, *joined, *element._raw_columns]  # noqa: SLF001
        return [source for source in sources if isinstance(source, sa.Table)] + _bare_columns(element)
    if isinstance(element, sa.Join):
        return [side for side in (element.left, element.right) if isinstance(side, sa.Table)]
    return []


def _bare_columns(select: sa.Select[Any]) -> list[Any]:
    """The tables of columns that were selected past their class."""
    return [
        part.table
        for column in select._raw_columns  # noqa: SLF001
        if not isinstance(column, sa.Table | sa.Alias | sa.Subquery | sa.CTE)
        for part in visitors.iterate(column)
        if isinstance(part, sa.Column) and "parententity" not in part._annotations  # noqa: SLF001
    ]


def _narrowable(state: ORMExecuteState) -> bool:
    if not state.is_orm_statement or state.is_from_statement or state.is_insert:
        return False
    by_key = (state.is_update or state.is_delete) and isinstance(state.parameters, list)
    return not by_key


@sa.event.listens_for(Session, "do_orm_execute")
def narrow(state: ORMExecuteState) -> None:
    """Narrow an ORM statement to the session's scope and mark it as seen; anything else stays unmarked."""
    scope: Scope | None = state.session.info.get("scope")
    if scope is None or not _narrowable(state):
        return
    look = partial(_refuse_what_escapes, state.statement)
    state.statement = _narrowed(state, Narrowing(scope, None if state.is_relationship_load else look))
    state.update_execution_options(narrowed=True)


def _narrowed(state: ORMExecuteState, narrowing: Narrowing) -> Any:
    """A load of a relationship brings the options of its parent: the own narrowing takes their place."""
    statement: Any = state.statement.options(narrowing)
    if state.is_relationship_load:
        inherited = [option for option in state.statement._with_options if not isinstance(option, Narrowing)]  # noqa: SLF001
        statement._with_options = (narrowing, *inherited)  # noqa: SLF001
    return statement


def refuse_unmarked(
    conn: Any, _cursor: Any, statement: str, _params: Any, context: Any, _many: object
) -> None:
    """Last look at the finished SQL: it names an owned table only if it was narrowed or comes of a flush."""
    options = context.execution_options if context is not None else {}
    if options.get("narrowed") or options.get("unguarded") or conn.info.get("flushing"):
        return
    found = _mention().search(statement)
    if found:
        message = f"a statement reached {found.group()} without a scope"
        raise GuardError(message)


@sa.event.listens_for(Session, "before_flush")
def refuse_foreign_rows(session: Session, _context: object, _instances: object) -> None:
    """Rows are written only by a session whose scope holds their owner, the old one and the new one."""
    scope: Scope | None = session.info.get("scope")
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, OwnedByMunicipality | SharedInPartnership):
            _refuse_foreign_row(row, scope)
    session.connection().info["flushing"] = True


def _refuse_foreign_row(row: Guarded, scope: Scope | None) -> None:
    name = type(row).__name__
    if scope is None:
        message = f"{name} was written without a scope"
        raise GuardError(message)
    if scope.everything:
        return
    if not row.inside(scope):
        message = f"{name} was written outside the scope {scope.name}"
        raise GuardError(message)
    for column in ("municipality_id", "partnership_id", "school_id"):
        history = getattr(sa.inspect(row).attrs, column).history if hasattr(row, column) else None
        if history and history.added and history.deleted:
            message = f"{name} changed its owner outside of system work"
            raise GuardError(message)


@sa.event.listens_for(Session, "after_flush")
def _flush_ended(session: Session, _context: object) -> None:
    session.connection().info.pop("flushing", None)


def watch(engine: sa.Engine) -> None:
    """Put the last look on an engine."""
    sa.event.listen(engine, "before_cursor_execute", refuse_unmarked)

    @sa.event.listens_for(engine, "rollback")
    def _rolled_back(conn: sa.Connection) -> None:
        if not conn.invalidated:  # the database hung up: this connection never comes back
            conn.info.pop("flushing", None)

    @sa.event.listens_for(engine, "checkin")
    def _returned(_dbapi: object, record: Any) -> None:
        record.info.pop("flushing", None)
