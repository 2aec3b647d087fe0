"""A whole import is taken back as one deed, while nobody has built on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa

from coordination import audit
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.candidate_imports import ImportState
from coordination.domain.candidate_records import differences
from coordination.domain.errors import Refused
from coordination.models import (
    Candidate,
    CandidateChange,
    EligibilityNotice,
    ImportedRow,
    Nomination,
    NominationMove,
    NominationWish,
)
from coordination.queries.exchange import obstacles, own_file
from coordination.queries.exchange.outcome import BATCH
from coordination.services.candidates import change_candidate


def undo_import(actor: Actor, import_id: int, *, now: datetime) -> None:
    """Remove the people and nominations of an import and restore the facts it changed, all or nothing.

    Refused("import.not_done") unless it stands, Refused("import.built_on") once something builds on it. What
    each row did stays on record.
    """
    upload = own_file(actor, import_id, lock=True)
    if upload.state is not ImportState.DONE:
        raise Refused("import.not_done")
    rows = db.session.scalars(
        sa.select(ImportedRow).where(ImportedRow.import_id == import_id).order_by(ImportedRow.id)
    ).all()
    _lock([row.candidate_id for row in rows])
    if in_the_way := obstacles(import_id):
        raise Refused("import.built_on", count=len(in_the_way))
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        _take_back(actor, batch, now=now)
    upload.state, upload.undone_at = ImportState.UNDONE, now
    told = {"removed": sum(row.before is None for row in rows), "rows": len(rows)}
    audit.record(actor, "exchange.undo_import", "candidate_import", import_id, now=now, **told)


def _lock(candidate_ids: list[int]) -> None:
    """Nobody adds anything to these people before this is over."""
    for start in range(0, len(candidate_ids), BATCH):
        some = candidate_ids[start : start + BATCH]
        db.session.execute(sa.select(Candidate.id).where(Candidate.id.in_(some)).with_for_update()).all()


def _take_back(actor: Actor, rows: Sequence[ImportedRow], *, now: datetime) -> None:
    nominations = [row.nomination_id for row in rows if row.nomination_id]
    new = [row.candidate_id for row in rows if row.before is None]
    _remove(NominationWish, NominationWish.nomination_id, nominations)
    _remove(NominationMove, NominationMove.nomination_id, nominations)
    _remove(Nomination, Nomination.id, nominations)
    _remove(EligibilityNotice, EligibilityNotice.candidate_id, new)
    _remove(CandidateChange, CandidateChange.candidate_id, new)
    _remove(Candidate, Candidate.id, new)
    _restore(actor, {row.candidate_id: row.before for row in rows if row.before}, now=now)


def _remove(model: type[Any], column: Any, ids: list[int]) -> None:
    db.session.execute(sa.delete(model).where(column.in_(ids)).execution_options(synchronize_session=False))


def _restore(actor: Actor, before: dict[int, dict[str, Any]], *, now: datetime) -> None:
    """The facts as they stood, with a line of their own in the history."""
    for person in db.session.scalars(sa.select(Candidate).where(Candidate.id.in_(list(before)))):
        after = {name: _typed(name, value) for name, value in before[person.id].items()}
        changes = differences({name: getattr(person, name) for name in after}, after)
        change_candidate(actor, person, after, changes, now=now)


def _typed(name: str, value: Any) -> Any:
    """A value kept in the history, as its column wants it."""
    kind = Candidate.__table__.c[name].type
    if value is None:
        return None
    if isinstance(kind, sa.Date):
        return date.fromisoformat(value)
    if isinstance(kind, sa.Enum) and kind.enum_class:
        return kind.enum_class(value)
    return value
