"""A session carries exactly one scope, the rows its work may reach; work across owners opens its own."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from coordination.db.base import Session, db
from coordination.db.engine import reading
from coordination.domain.actors import Role
from coordination.domain.errors import Stale

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from coordination.domain.actors import Actor


@dataclass(frozen=True)
class Scope:
    """The reach of one unit of work; `everything` is for named system work such as the clock.

    A `coordinator` reaches a person only while the own jobcenter shares the person; so does a school.
    """

    name: str
    municipalities: frozenset[int] = field(default_factory=frozenset)
    partnerships: frozenset[int] = field(default_factory=frozenset)
    school_id: int | None = None
    today: date | None = None
    coordinator: bool = False
    everything: bool = False

    @classmethod
    def of(cls, actor: Actor, today: date) -> Scope:
        """The reach of a person on a given day."""
        return cls(
            name=f"actor:{actor.role}",
            municipalities=actor.municipalities,
            partnerships=actor.partnerships,
            school_id=actor.school_id,
            today=today,
            coordinator=actor.role is Role.COORDINATOR,
        )


def enter_scope(session: sa.orm.Session, scope: Scope) -> None:
    """Give the session its one scope; a second, different one is a programming error."""
    held = session.info.get("scope")
    if held is not None and held != scope:
        message = f"this session already works as {held.name}; open another one for {scope.name}"
        raise RuntimeError(message)
    session.info["scope"] = scope
    if session.in_transaction():
        write_settings(session.connection(), scope)


def leave_scope(session: sa.orm.Session) -> None:
    """Forget the scope, its rows and its open transaction, so that no later work inherits the reach."""
    session.rollback()
    session.expunge_all()
    session.info.pop("scope", None)


@contextmanager
def widened(name: str) -> Iterator[sa.orm.Session]:
    """The current transaction with a named reach across owners, for one deed that must not fall apart.

    Everything loaded before or within it is forgotten at its end: nobody inherits the reach.
    """
    session = db.session()
    own: Scope = session.info["scope"]
    session.flush()  # what was decided so far is written within the own reach
    _change_scope(session, Scope(name=f"system:{name}", today=own.today, everything=True))
    try:
        yield session
        session.flush()  # and this within the wider one
    except BaseException:
        with suppress(sa.exc.DBAPIError):  # a failed transaction reaches nothing any more
            _change_scope(session, own)
        raise
    _change_scope(session, own)


def _change_scope(session: sa.orm.Session, scope: Scope) -> None:
    session.expunge_all()
    session.info["scope"] = scope
    write_settings(session.connection(), scope)


def write_settings(connection: sa.Connection, scope: Scope | None) -> None:
    """Tell PostgreSQL's row-level security who asks, for this transaction only; SQLite has no second wall."""
    if connection.dialect.name != "postgresql":
        return
    reach = scope or Scope("nobody")
    connection.execute(
        sa.text(
            "SELECT set_config('app.everything', :everything, true),"
            " set_config('app.municipalities', :municipalities, true),"
            " set_config('app.partnerships', :partnerships, true),"
            " set_config('app.school', :school, true),"
            " set_config('app.coordinator', :coordinator, true),"
            " set_config('app.today', :today, true)"
        ),
        {
            "everything": "on" if reach.everything else "off",
            "municipalities": ",".join(map(str, sorted(reach.municipalities))),
            "partnerships": ",".join(map(str, sorted(reach.partnerships))),
            "school": "" if reach.school_id is None else str(reach.school_id),
            "coordinator": "on" if reach.coordinator else "off",
            "today": reach.today.isoformat() if reach.today else "",
        },
    )


@sa.event.listens_for(Session, "after_begin")
def _write_settings(session: Session, _transaction: object, connection: sa.Connection) -> None:
    write_settings(connection, session.info.get("scope"))


@contextmanager
def unit_of_work(scope: Scope) -> Iterator[sa.orm.Session]:
    """One scope, one transaction: commits when the block ends, rolls back when it raises.

    What another transaction changed or saved first comes out as Stale: nobody above sees the database.
    """
    session = db.session()
    enter_scope(session, scope)
    try:
        yield session
        session.commit()
    except StaleDataError as error:
        raise Stale("row.changed") from error
    except IntegrityError as error:
        if _saved_twice(error):
            raise Stale("row.clash") from error
        raise
    finally:
        leave_scope(session)


def _saved_twice(error: IntegrityError) -> bool:
    """Whether a unique constraint said no; any other one is a bug and must be seen as such."""
    return getattr(error.orig, "sqlstate", "") == UNIQUE_VIOLATION or "UNIQUE" in str(error.orig)


UNIQUE_VIOLATION = "23505"


@contextmanager
def system_session(name: str, *, reads: bool = False) -> Iterator[sa.orm.Session]:
    """An own session that reaches across owners, for named system work; commits when the block ends.

    With `reads` it asks SQLite for no write lock, so that a deed that holds it may look across owners.
    """
    session = db.session.session_factory()
    enter_scope(session, Scope(name=f"system:{name}", everything=True))
    token = reading.set(reads or reading.get())
    try:
        yield session
        session.commit()
    finally:
        session.close()
        reading.reset(token)
