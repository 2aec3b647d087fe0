"""The audit log: who did what when, to which row; numbers instead of names of candidates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.models import AuditEntry, User

PAGE_SIZE = 100


@dataclass(frozen=True)
class LogFilter:
    """What the log is narrowed to; `until` itself is left out."""

    who: str = ""
    user_id: int | None = None
    subject: str = ""
    subject_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    number: int = 1

    @property
    def narrowed(self) -> bool:
        """True if a way back to the whole log makes sense."""
        chosen = (self.who, self.user_id, self.subject, self.subject_id, self.since, self.until)
        return any(part is not None and part != "" for part in chosen)


@dataclass(frozen=True)
class LogRow:
    """One deed; `who` is empty for the clock, `name` for everything but an account."""

    id: int
    at: datetime
    who: str
    deed: str
    subject: str
    subject_id: int | None
    name: str


@dataclass(frozen=True)
class OverviewPage:
    """One page of the log."""

    rows: tuple[LogRow, ...]
    chosen: LogFilter
    number: int
    pages: int
    total: int


def overview_page(_actor: Actor, chosen: LogFilter) -> OverviewPage:
    """The log, newest first; its facts stay out, because reasons are free text."""
    conditions = _conditions(chosen)
    counted = sa.select(sa.func.count(AuditEntry.id)).outerjoin(User, User.id == AuditEntry.actor_id)
    total = db.session.scalar(counted.where(*conditions)) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, chosen.number), pages)
    account = aliased(User)
    found = db.session.execute(
        sa.select(AuditEntry, User.name, account.name)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .outerjoin(account, (AuditEntry.subject == "user") & (account.id == AuditEntry.subject_id))
        .where(*conditions)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    rows = tuple(
        LogRow(entry.id, entry.at, who or "", entry.deed, entry.subject, entry.subject_id, name or "")
        for entry, who, name in found
    )
    return OverviewPage(rows, chosen, number, pages, total)


def _conditions(chosen: LogFilter) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if chosen.who:
        conditions.append(User.name.icontains(chosen.who, autoescape=True))
    if chosen.user_id is not None:
        conditions.append(AuditEntry.actor_id == chosen.user_id)
    if chosen.subject:
        conditions.append(AuditEntry.subject == chosen.subject)
    if chosen.subject_id is not None:
        conditions.append(AuditEntry.subject_id == chosen.subject_id)
    if chosen.since:
        conditions.append(AuditEntry.at >= chosen.since)
    if chosen.until:
        conditions.append(AuditEntry.at < chosen.until)
    return conditions
