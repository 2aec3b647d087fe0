"""The lists of reasons: settled when a deed is done, and kept by an administrator."""

from __future__ import annotations

from datetime import datetime

from coordination import access, audit
from coordination.db import db
from coordination.domain import reasons
from coordination.domain.actors import Actor
from coordination.domain.reasons import TOLD_TO_SCHOOLS, ReasonKind
from coordination.domain.tracks import moved
from coordination.models import Reason
from coordination.queries import reasons as queries


def settle_reason(kind: ReasonKind, code: str | None) -> str:
    """The code, if it can be chosen for the deed; Invalid beside `reason` otherwise."""
    return reasons.settle(code, [row.code for row in queries.entries(kind) if row.active])


def add(
    actor: Actor, kind: ReasonKind, *, name: str, name_en: str, private: bool = False, now: datetime
) -> int:
    """Put an entry last in a list; its code is made from its name. Invalid beside `name` and `name_en`."""
    rows = queries.entries(kind, lock=True)
    settled = reasons.settle_names(name, name_en, {row.name: row.active for row in rows})
    row = Reason(
        kind=kind,
        code=reasons.code_for(settled.name, [row.code for row in rows]),
        name=settled.name,
        name_en=settled.name_en,
        position=len(rows) + 1,
        active=True,
        private=private and kind in TOLD_TO_SCHOOLS,
    )
    db.session.add(row)
    db.session.flush()  # the entry in the log needs its key
    audit.record(actor, "reasons.add", "reason", row.id, now=now, kind=kind, code=row.code)
    return row.id


def save(
    actor: Actor, reason_id: int, *, name: str, name_en: str, private: bool = False, now: datetime
) -> None:
    """Rename an entry; its code stays, so that old moves carry the new name. Invalid beside a field."""
    row, rows = _held(reason_id)
    others = {other.name: other.active for other in rows if other.id != row.id}
    settled = reasons.settle_names(name, name_en, others)
    row.name, row.name_en = settled.name, settled.name_en
    row.private = private and row.kind in TOLD_TO_SCHOOLS
    audit.record(actor, "reasons.save", "reason", row.id, now=now, kind=row.kind, code=row.code)


def move(actor: Actor, reason_id: int, step: int, *, now: datetime) -> ReasonKind:
    """Move an entry a step up (-1) or down (1) in its list, which it returns."""
    row, rows = _held(reason_id)
    by_id = {other.id: other for other in rows}
    for position, key in enumerate(moved(tuple(by_id), row.id, step), start=1):
        by_id[key].position = position
    audit.record(actor, "reasons.move", "reason", row.id, now=now, kind=row.kind, code=row.code)
    return row.kind


def switch_off(actor: Actor, reason_id: int, *, now: datetime) -> ReasonKind:
    """Take an entry off the choices; what was given before keeps it. Refused for the last one of a list."""
    row, rows = _held(reason_id)
    reasons.check_switch_off(row.code, [other.code for other in rows if other.active])
    return _switch(actor, row, active=False, now=now)


def switch_on(actor: Actor, reason_id: int, *, now: datetime) -> ReasonKind:
    """Let an entry be chosen again."""
    row, _rows = _held(reason_id)
    return _switch(actor, row, active=True, now=now)


def _switch(actor: Actor, row: Reason, *, active: bool, now: datetime) -> ReasonKind:
    row.active = active
    deed = "reasons.switch_on" if active else "reasons.switch_off"
    audit.record(actor, deed, "reason", row.id, now=now, kind=row.kind, code=row.code)
    return row.kind


def _held(reason_id: int) -> tuple[Reason, tuple[Reason, ...]]:
    """The entry and its whole list, locked: two administrators change a list one after the other."""
    row = access.one(Reason, reason_id)
    return row, queries.entries(row.kind, lock=True)
