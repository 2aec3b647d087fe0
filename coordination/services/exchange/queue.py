"""Long files wait for the clock: one process takes one, gives signs of life, and a crash gives it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from coordination import audit
from coordination.db import db, system_session
from coordination.domain.actors import Actor
from coordination.domain.candidate_imports import ImportState
from coordination.models import CandidateImport
from coordination.queries.accounts import actor_of

SILENT = timedelta(minutes=3)
"""A claim without a sign of life for so long is taken for dead."""
AGAIN = "import.again"
BROKE = "import.broke"


@dataclass(frozen=True)
class Claim:
    """A file taken by the clock, and in whose name it is imported; None where that account is closed."""

    import_id: int
    actor: Actor | None


def claim_next_import(*, now: datetime) -> Claim | None:
    """Take the file that has waited longest; None if none waits, or another process was faster."""
    waiting = select(CandidateImport.id, CandidateImport.started_by_id).where(
        CandidateImport.state == ImportState.WAITING
    )
    found = db.session.execute(waiting.order_by(CandidateImport.id).limit(1)).first()
    if found is None:
        return None
    taken = db.session.execute(
        update(CandidateImport)
        .where(CandidateImport.id == found.id, CandidateImport.state == ImportState.WAITING)
        .values(state=ImportState.RUNNING, claimed_at=now, rows_done=0)
        .returning(CandidateImport.id)
    ).first()
    return Claim(found.id, actor_of(found.started_by_id or 0)) if taken else None


def report_progress(import_id: int, rows_done: int, *, now: datetime) -> None:
    """Say how far a file is, in a short transaction of its own, so that the page shows it at once."""
    with system_session("imports.progress") as session:
        session.execute(
            update(CandidateImport)
            .where(CandidateImport.id == import_id, CandidateImport.state == ImportState.RUNNING)
            .values(rows_done=rows_done, claimed_at=now)
        )


def fail_import(import_id: int, problem: str, *, now: datetime) -> None:
    """Put a file back on its owner's table with the code of what went wrong; none of it is imported."""
    failed = db.session.execute(
        update(CandidateImport)
        .where(CandidateImport.id == import_id, CandidateImport.state == ImportState.RUNNING)
        .values(state=ImportState.FAILED, problem=problem, claimed_at=None)
        .returning(CandidateImport.id)
    ).first()
    if failed:
        audit.record(None, "exchange.fail_import", "candidate_import", import_id, now=now, problem=problem)


def requeue_stale_imports(*, now: datetime) -> int:
    """Give back files whose process died; one that died on a file twice is not tried a third time."""
    stale = select(CandidateImport.id, CandidateImport.problem).where(
        CandidateImport.state == ImportState.RUNNING, CandidateImport.claimed_at < now - SILENT
    )
    found = db.session.execute(stale).all()
    for import_id, problem in found:
        if problem == AGAIN:
            fail_import(import_id, BROKE, now=now)
        else:
            _give_back(import_id, now - SILENT)
    return len(found)


def _give_back(import_id: int, silent_since: datetime) -> None:
    still = (CandidateImport.state == ImportState.RUNNING, CandidateImport.claimed_at < silent_since)
    db.session.execute(
        update(CandidateImport)
        .where(CandidateImport.id == import_id, *still)
        .values(state=ImportState.WAITING, problem=AGAIN, claimed_at=None, rows_done=0)
    )
