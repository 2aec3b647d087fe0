"""Imports: a file is kept sealed between its dry run and the decision, then imported whole or not at all."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import delete

from coordination import audit
from coordination.adapters.cpr_vault import CprVault
from coordination.adapters.spreadsheets import decode, read_table
from coordination.db import db
from coordination.domain import nominations as rules
from coordination.domain.actors import Actor
from coordination.domain.candidate_imports import CheckedImport
from coordination.domain.candidate_records import CandidateRecord
from coordination.domain.errors import Refused
from coordination.domain.legal_bases import Basis, LegalBasis, usual_end
from coordination.domain.nominations import NominationState
from coordination.models import CandidateImport
from coordination.queries import candidates as people
from coordination.queries.exchange import own_file, planned
from coordination.services.candidates import add_candidates
from coordination.services.nominations import add_nominations

KEPT = timedelta(hours=24)
LONGEST_NAME = 200


def upload_candidates(actor: Actor, filename: str, content: bytes, *, vault: CprVault, now: datetime) -> int:
    """Keep a file, sealed, for its dry run, and return its id; Refused with `file.…` if it is no table."""
    text = decode(content)
    read_table(text)
    upload = CandidateImport(
        municipality_id=people.own_jobcenter(actor),
        filename=_plain(filename),
        content_sealed=vault.seal(text),
        uploaded_by_id=actor.user_id,
        uploaded_at=now,
    )
    db.session.add(upload)
    db.session.flush()  # the next page needs its key
    audit.record(
        actor, "exchange.upload_candidates", "candidate_import", upload.id, now=now, bytes=len(content)
    )
    return upload.id


def import_candidates(
    actor: Actor, import_id: int, *, vault: CprVault, today: date, now: datetime
) -> CheckedImport:
    """Register every new person of an uploaded file and nominate those with sectors; the file is then wiped.

    All or nothing: Refused while a row has an error, when nothing is new, or if it was imported before.
    """
    upload = own_file(actor, import_id, lock=True)
    if upload.imported_at is not None:
        raise Refused("import.done")
    text = vault.open(upload.content_sealed)
    checked = import_text(actor, upload.municipality_id, text, vault=vault, today=today, now=now)
    upload.content_sealed, upload.imported_at, upload.imported_rows = "", now, len(checked.new)
    told = {"candidates": len(checked.new), "nominated": checked.nominated, "skipped": len(checked.skipped)}
    audit.record(actor, "exchange.import_candidates", "candidate_import", upload.id, now=now, **told)
    return checked


def import_text(
    actor: Actor, municipality_id: int, text: str, *, vault: CprVault, today: date, now: datetime
) -> CheckedImport:
    """Register the people in the text of a file, for the web and for the command; Refused as above."""
    checked = planned(municipality_id, text, vault, today)
    if checked.errors:
        raise Refused("import.errors", count=len(checked.errors))
    if not checked.new:
        raise Refused("import.nothing_new")
    rows = add_candidates(
        actor,
        municipality_id,
        [(row.cpr, CandidateRecord(row.facts, caseworker_id=actor.user_id)) for row in checked.new],
        vault=vault,
        now=now,
    )
    nominated = [
        (candidate, rules.settle_wishes(row.sector_ids))
        for candidate, row in zip(rows, checked.new, strict=True)
        if row.sector_ids
    ]
    informed = Basis(LegalBasis.INFORMED, today, usual_end(today))
    add_nominations(actor, nominated, state=NominationState.SUBMITTED, basis=informed, now=now)
    return checked


def discard_import(actor: Actor, import_id: int, *, now: datetime) -> None:
    """Forget an uploaded file without importing it."""
    upload = own_file(actor, import_id, lock=True)
    if upload.imported_at is not None:
        raise Refused("import.done")
    db.session.delete(upload)
    audit.record(actor, "exchange.discard_import", "candidate_import", import_id, now=now)


def forget_old_imports(*, now: datetime) -> None:
    """Delete files that were uploaded a day ago and never imported. For the clock."""
    old = (CandidateImport.uploaded_at < now - KEPT, CandidateImport.imported_at.is_(None))
    db.session.execute(delete(CandidateImport).where(*old))


def _plain(filename: str) -> str:
    """A file name that can be shown: no folders, no control characters."""
    name = filename.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in name if sign.isprintable())[:LONGEST_NAME] or "kandidater.csv"
