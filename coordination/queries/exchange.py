"""Imports and exports: what an uploaded file would do, and the own candidates as a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from coordination import access
from coordination.adapters.cpr_vault import CprVault
from coordination.adapters.spreadsheets import read_table
from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.candidate_imports import CheckedImport, Known, check_import
from coordination.domain.candidate_rows import (
    COLUMNS,
    Column,
    ImportPlan,
    NewCandidate,
    RowError,
    plan_import,
)
from coordination.domain.candidates import DanishExam, DanishTrack, Scheme, masked
from coordination.domain.errors import NotFound, Refused
from coordination.domain.nominations import NominationState
from coordination.models import Candidate, CandidateImport, Municipality, Sector
from coordination.queries import candidates, nominations

SHOWN = 100
"""So many rows and errors stand on the page; the rest is counted."""


@dataclass(frozen=True)
class CandidateImportPage:
    """What the upload page explains."""

    columns: tuple[Column, ...]
    sectors: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DryRunRow:
    """A row that would become a candidate."""

    row: int
    name: str
    cpr: str
    scheme: Scheme
    town: str
    wishes: tuple[str, ...]


@dataclass(frozen=True)
class DryRunPage:
    """What importing the file would do."""

    id: int
    filename: str
    imported_at: datetime | None
    imported_rows: int
    new: int
    nominated: int
    skipped: int
    rows: tuple[DryRunRow, ...]
    error_count: int
    errors: tuple[RowError, ...]
    warning_count: int
    warnings: tuple[RowError, ...]


@dataclass(frozen=True)
class ListedCandidate:
    """One line of the list as a file; empty is what the reader may not see."""

    name: str
    cpr: str
    municipality: str
    phone: str
    email: str
    address: str
    postcode: str
    town: str
    scheme: Scheme
    igu_start: date | None
    employer: str
    danish_track: DanishTrack | None
    danish_module: int | None
    danish_exam: DanishExam
    caseworker: str
    code: str
    state: NominationState | None
    wishes: tuple[str, ...]


@dataclass(frozen=True)
class CandidateList:
    """The list as a file."""

    rows: tuple[ListedCandidate, ...]
    person_ids: tuple[int, ...]


def candidate_import_page(actor: Actor) -> CandidateImportPage:
    """The page that explains the file and takes it."""
    sectors = _sectors(candidates.own_jobcenter(actor))
    return CandidateImportPage(columns=COLUMNS, sectors=tuple((row.code, row.name) for row in sectors))


def dry_run_page(actor: Actor, import_id: int, *, vault: CprVault, today: date) -> DryRunPage:
    """What importing an uploaded file would do, or did; NotFound for another jobcenter's file."""
    upload = own_file(actor, import_id)
    home = upload.municipality_id
    done = upload.imported_at is not None
    checked = NOTHING if done else planned(home, vault.open(upload.content_sealed), vault, today)
    names = {row.id: row.name for row in _sectors(home)}
    return DryRunPage(
        id=upload.id,
        filename=upload.filename,
        imported_at=upload.imported_at,
        imported_rows=upload.imported_rows or 0,
        new=len(checked.new),
        nominated=checked.nominated,
        skipped=len(checked.skipped),
        rows=tuple(_row(row, names) for row in checked.new[:SHOWN]),
        error_count=len(checked.errors),
        errors=checked.errors[:SHOWN],
        warning_count=len(checked.warnings),
        warnings=checked.warnings[:SHOWN],
    )


def own_file(actor: Actor, import_id: int, *, lock: bool = False) -> CandidateImport:
    """An uploaded file of the actor's own jobcenter; NotFound for any other, also for a coordinator."""
    upload = access.one(CandidateImport, import_id, lock=lock)
    if upload.municipality_id != candidates.own_jobcenter(actor):
        raise NotFound
    return upload


NOTHING = CheckedImport((), (), (), ())


def planned(municipality_id: int, text: str, vault: CprVault, today: date) -> CheckedImport:
    """What a file would do at a jobcenter: its rows held against the people already registered there."""
    sectors = {
        name: row.id
        for row in _sectors(municipality_id)
        for name in (row.name, row.name_en, row.code)
        if name
    }
    try:
        plan = plan_import(read_table(text), sectors, today)
    except Refused as refused:
        plan = ImportPlan((), (RowError(1, "", refused.code, refused.facts),))
    people = _registered(municipality_id) if plan.rows else {}
    by_hash = {vault.fingerprint(row.cpr.number): row.cpr.number for row in plan.rows}
    known = {number: people[hashed] for hashed, number in by_hash.items() if hashed in people}
    return check_import(plan, known, people.values())


def _registered(municipality_id: int) -> dict[str, Known]:
    """Everyone a jobcenter has registered, by the hash of the CPR number."""
    found = db.session.scalars(sa.select(Candidate).where(Candidate.municipality_id == municipality_id))
    return {row.cpr_hash: Known(row.name, row.birth_date, candidates.stored(row)) for row in found}


def _sectors(municipality_id: int) -> list[Sector]:
    pools = sa.select(Municipality.partnership_id).where(Municipality.id == municipality_id)
    found = sa.select(Sector).where(Sector.active, Sector.partnership_id.in_(pools)).order_by(Sector.code)
    return list(db.session.scalars(found))


def _row(row: NewCandidate, sectors: dict[int, str]) -> DryRunRow:
    return DryRunRow(
        row=row.row,
        name=row.facts.name,
        cpr=masked(row.cpr.number),
        scheme=row.facts.scheme,
        town=row.facts.town,
        wishes=tuple(sectors[sector_id] for sector_id in row.sector_ids),
    )


def candidate_list(actor: Actor, today: date) -> CandidateList:
    """The people the actor may know of, field by field as on the page; protected addresses are left out."""
    statement = candidates.people(actor).order_by(sa.collate(Candidate.name, "danish"), Candidate.id)
    found = db.session.execute(statement).all()
    ids = [candidate.id for candidate, _caseworker, _municipality in found]
    newest = candidates.newest_nominations(actor, ids)
    return CandidateList(
        rows=tuple(
            _listed(actor, candidate, caseworker, municipality, newest.get(candidate.id), today)
            for candidate, caseworker, municipality in found
        ),
        person_ids=tuple(ids),
    )


def _listed(
    actor: Actor,
    candidate: Candidate,
    caseworker: str,
    municipality: str,
    nomination: nominations.NominationRow | None,
    today: date,
) -> ListedCandidate:
    protected = candidate.protected_until is not None and candidate.protected_until >= today
    address = actor.role is not Role.COORDINATOR and not protected
    plain = "name phone email scheme igu_start employer danish_track danish_module danish_exam"
    shown: dict[str, Any] = {field: getattr(candidate, field) for field in plain.split()}
    return ListedCandidate(
        **shown,
        cpr=masked(f"{candidate.birth_date:%d%m%y}"),
        municipality=municipality,
        address=candidate.address if address else "",
        postcode=candidate.postcode if address else "",
        town="" if protected else candidate.town,
        caseworker=caseworker,
        code=nomination.code if nomination else "",
        state=nomination.state if nomination else None,
        wishes=nomination.wishes if nomination else (),
    )


def jobcenter_by_code(code: str) -> int | None:
    """The municipality with this code."""
    return db.session.scalar(sa.select(Municipality.id).where(Municipality.code == code))
