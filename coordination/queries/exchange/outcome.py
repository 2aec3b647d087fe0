"""How an import goes, what came of it, and what keeps it from being taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa

from coordination.db import Base, db
from coordination.domain.actors import Actor
from coordination.domain.candidate_imports import AT_ONCE, ImportState, InTheWay
from coordination.domain.errors import NotFound
from coordination.domain.nominations import NominationState
from coordination.models import (
    Candidate,
    CandidateChange,
    CandidateImport,
    EligibilityNotice,
    Enrolment,
    ImportedRow,
    Nomination,
    NominationMove,
    PersonView,
    ProposedPlace,
    ThreadMessage,
    Transfer,
)
from coordination.queries.exchange.uploads import own_file

BATCH = 500
SHOWN = 100
RECENT = timedelta(days=2)
WITHOUT_WEIGHT = (CandidateChange, PersonView, ImportedRow, Nomination, EligibilityNotice)
"""Tables that name a candidate without anybody having built on the import."""
KINDS: dict[type[Any], InTheWay] = {
    Enrolment: InTheWay.SEAT,
    Transfer: InTheWay.TRANSFER,
    ThreadMessage: InTheWay.THREAD,
}
OVER = (ImportState.DONE, ImportState.FAILED)


@dataclass(frozen=True)
class ProgressPage:
    """Where an import stands, and what it did."""

    id: int
    filename: str
    state: ImportState
    problem: str
    rows_done: int
    rows_total: int
    new: int
    changed: int
    nominated: int
    imported_at: datetime | None
    undone_at: datetime | None

    @property
    def moves(self) -> bool:
        """True while it is worth looking again."""
        return self.state in {ImportState.WAITING, ImportState.RUNNING}


@dataclass(frozen=True)
class Obstacle:
    """Somebody on whom something has been built since the import, and what."""

    candidate_id: int
    name: str
    why: tuple[InTheWay, ...]


@dataclass(frozen=True)
class UndoPage:
    """What taking an import back would remove and restore, or what keeps it from being taken back."""

    id: int
    filename: str
    imported_at: datetime | None
    removed: int
    nominations: int
    restored: int
    obstacles: tuple[Obstacle, ...]
    obstacle_count: int
    person_ids: tuple[int, ...]


@dataclass(frozen=True)
class RecentImport:
    """A file of the reader's that is on its way or came to an end lately."""

    id: int
    filename: str
    state: ImportState
    rows_done: int
    rows_total: int


def progress_page(actor: Actor, import_id: int) -> ProgressPage | None:
    """Where an import stands; None while nobody has decided on it."""
    upload = own_file(actor, import_id)
    if upload.state is ImportState.UPLOADED:
        return None
    new, changed, nominated = _counts(upload.id)
    return ProgressPage(
        id=upload.id,
        filename=upload.filename,
        state=upload.state,
        problem=upload.problem,
        rows_done=upload.rows_done,
        rows_total=upload.rows_total or 0,
        new=new,
        changed=changed,
        nominated=nominated,
        imported_at=upload.imported_at,
        undone_at=upload.undone_at,
    )


def undo_page(actor: Actor, import_id: int) -> UndoPage:
    """What taking an import back would mean; NotFound unless it was imported and still stands."""
    upload = own_file(actor, import_id)
    if upload.state is not ImportState.DONE:
        raise NotFound
    new, changed, nominated = _counts(upload.id)
    found = obstacles(upload.id)
    shown = tuple(found[:SHOWN])
    return UndoPage(
        id=upload.id,
        filename=upload.filename,
        imported_at=upload.imported_at,
        removed=new,
        nominations=nominated,
        restored=changed,
        obstacles=shown,
        obstacle_count=len(found),
        person_ids=tuple(obstacle.candidate_id for obstacle in shown if obstacle.name),
    )


def recent_imports(actor: Actor, today: date) -> tuple[RecentImport, ...]:
    """The reader's own files that wait, are being imported, or came to an end in the last two days."""
    mine = CandidateImport.started_by_id == actor.user_id
    since = datetime.combine(today, time(), UTC) - RECENT
    lately = sa.and_(CandidateImport.state.in_(OVER), CandidateImport.uploaded_at > since)
    under_way = CandidateImport.state.in_([ImportState.WAITING, ImportState.RUNNING])
    found = db.session.scalars(
        sa.select(CandidateImport)
        .where(mine, CandidateImport.rows_total > AT_ONCE, sa.or_(under_way, lately))
        .order_by(CandidateImport.id.desc())
    )
    return tuple(
        RecentImport(row.id, row.filename, row.state, row.rows_done, row.rows_total or 0) for row in found
    )


def obstacles(import_id: int) -> list[Obstacle]:
    """Everybody of an import on whom something has been built since."""
    rows = iter(
        db.session.scalars(
            sa.select(ImportedRow).where(ImportedRow.import_id == import_id).order_by(ImportedRow.id)
        ).all()
    )
    found: list[Obstacle] = []
    while batch := list(islice(rows, BATCH)):
        found += _obstacles_of(batch)
    return found


def _obstacles_of(rows: Sequence[ImportedRow]) -> Iterator[Obstacle]:
    ids = [row.candidate_id for row in rows]
    people = {
        row.id: row
        for row in db.session.execute(
            sa.select(Candidate.id, Candidate.name, Candidate.version).where(Candidate.id.in_(ids))
        )
    }
    moved = _moved(rows)
    built = _built_on([row.candidate_id for row in rows if row.before is None])
    nominations = [row.nomination_id for row in rows if row.nomination_id]
    seats, places = _named_in(Enrolment, nominations), _named_in(ProposedPlace, nominations)
    for row in rows:
        person = people.get(row.candidate_id)
        why = {
            InTheWay.TRANSFER: person is None,
            InTheWay.EDITED: person is not None and person.version != row.candidate_version,
            InTheWay.MOVED: row.id in moved,
            InTheWay.SEAT: row.nomination_id in seats,
            InTheWay.OTHER: row.nomination_id in places,
        }
        told = {kind for kind, holds in why.items() if holds} | built.get(row.candidate_id, set())
        if told:
            name = person.name if person else ""
            yield Obstacle(row.candidate_id, name, tuple(kind for kind in InTheWay if kind in told))


def _moved(rows: Sequence[ImportedRow]) -> set[int]:
    """The rows whose nomination has moved since, or whose new person has another one."""
    ids = [row.nomination_id for row in rows if row.nomination_id]
    still = set(
        db.session.scalars(
            sa.select(Nomination.id).where(
                Nomination.id.in_(ids),
                Nomination.state == NominationState.SUBMITTED,
                Nomination.basis_withdrawn_at.is_(None),
            )
        )
    )
    often = set(
        db.session.scalars(
            sa.select(NominationMove.nomination_id)
            .where(NominationMove.nomination_id.in_(ids))
            .group_by(NominationMove.nomination_id)
            .having(sa.func.count() > 1)
        )
    )
    people = [row.candidate_id for row in rows if row.before is None]
    others = set(
        db.session.scalars(
            sa.select(Nomination.candidate_id).where(
                Nomination.candidate_id.in_(people), Nomination.id.not_in(ids)
            )
        )
    )
    return {
        row.id
        for row in rows
        if (row.nomination_id and (row.nomination_id not in still or row.nomination_id in often))
        or (row.before is None and row.candidate_id in others)
    }


def _built_on(candidate_ids: list[int]) -> dict[int, set[InTheWay]]:
    """What names these people in any table that keeps what somebody did."""
    found: dict[int, set[InTheWay]] = {}
    for mapper in Base.registry.mappers:
        if "candidate_id" not in mapper.columns or mapper.class_ in WITHOUT_WEIGHT:
            continue
        column = mapper.class_.candidate_id
        for candidate_id in db.session.scalars(sa.select(column).where(column.in_(candidate_ids)).distinct()):
            found.setdefault(candidate_id, set()).add(KINDS.get(mapper.class_, InTheWay.OTHER))
    return found


def _named_in(model: type[Any], nomination_ids: list[int]) -> set[int | None]:
    """The nominations that rows of a table within reach name: a proposal not yet published is not."""
    column = model.nomination_id
    return set(db.session.scalars(sa.select(column).where(column.in_(nomination_ids))))


def _counts(import_id: int) -> tuple[int, int, int]:
    """New, changed and nominated people of an import."""
    rows = db.session.execute(
        sa.select(ImportedRow.before, ImportedRow.nomination_id).where(ImportedRow.import_id == import_id)
    ).all()
    new = sum(before is None for before, _nomination in rows)
    return new, sum(bool(before) for before, _nomination in rows), sum(bool(row[1]) for row in rows)
