"""An uploaded file is kept sealed until somebody decides on it, and what its headings hold is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import delete, select

from coordination import audit
from coordination.adapters.cpr_vault import CprVault
from coordination.adapters.spreadsheets import read_file, unpacked
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.candidate_columns import (
    LOOKED_AT,
    find_headings,
    key_of,
    likely,
    propose,
    settle_mapping,
)
from coordination.domain.candidate_imports import ImportState
from coordination.domain.errors import Refused
from coordination.models import CandidateImport, ImportMapping
from coordination.queries import candidates as people
from coordination.queries.exchange import own_file, remembered

KEPT = timedelta(hours=24)
LONGEST_NAME = 200
UNDECIDED = (ImportState.UPLOADED, ImportState.FAILED)


def upload_candidates(
    actor: Actor, filename: str, content: bytes, *, sheet: str = "", vault: CprVault, now: datetime
) -> int:
    """Keep a file, sealed, for its dry run, and return its id; Refused with `file.…` if it is no table."""
    home = people.own_jobcenter(actor)
    db.session.rollback()  # nothing is written yet, and nobody shall wait while a workbook is read
    text = read_file(content, likely=likely, sheet=sheet)
    headings = find_headings(list(islice(unpacked(text), LOOKED_AT)))
    upload = CandidateImport(
        municipality_id=home,
        filename=_plain(filename),
        content_sealed=vault.seal(text),
        uploaded_by_id=actor.user_id,
        uploaded_at=now,
        mapping=propose(headings.texts, remembered(home)),
    )
    db.session.add(upload)
    db.session.flush()  # the next page needs its key
    audit.record(
        actor, "exchange.upload_candidates", "candidate_import", upload.id, now=now, bytes=len(content)
    )
    return upload.id


def save_columns(
    actor: Actor, import_id: int, chosen: Mapping[str, str], *, vault: CprVault, now: datetime
) -> None:
    """Say which heading holds which fact (empty: none), for this file and for the jobcenter's next ones.

    Invalid beside a heading whose fact is taken, and beside `columns` for facts that must be there.
    """
    upload = undecided(actor, import_id)
    headings = find_headings(list(islice(unpacked(vault.open(upload.content_sealed)), LOOKED_AT)))
    mapping = settle_mapping(headings.texts, chosen)
    upload.mapping, upload.state, upload.problem = mapping, ImportState.UPLOADED, ""
    _remember(upload.municipality_id, mapping)
    audit.record(actor, "exchange.save_columns", "candidate_import", upload.id, now=now, columns=len(mapping))


def discard_import(actor: Actor, import_id: int, *, now: datetime) -> None:
    """Forget an uploaded file without importing it."""
    db.session.delete(undecided(actor, import_id))
    audit.record(actor, "exchange.discard_import", "candidate_import", import_id, now=now)


def forget_old_imports(*, now: datetime) -> None:
    """Delete files that were uploaded a day ago and never imported. For the clock."""
    old = (CandidateImport.uploaded_at < now - KEPT, CandidateImport.state.in_(UNDECIDED))
    db.session.execute(delete(CandidateImport).where(*old))


def undecided(actor: Actor, import_id: int) -> CandidateImport:
    """A file nobody has decided on yet, locked; Refused("import.done") for any other."""
    upload = own_file(actor, import_id, lock=True)
    if upload.state not in UNDECIDED:
        raise Refused("import.done")
    return upload


def _remember(municipality_id: int, mapping: Mapping[str, str]) -> None:
    facts = {key_of(heading): fact for heading, fact in mapping.items()}
    known = db.session.scalars(
        select(ImportMapping).where(
            ImportMapping.municipality_id == municipality_id, ImportMapping.heading.in_(list(facts))
        )
    ).all()
    for row in known:
        row.fact = facts.pop(row.heading)
    db.session.add_all(
        ImportMapping(municipality_id=municipality_id, heading=heading, fact=fact)
        for heading, fact in facts.items()
    )


def _plain(filename: str) -> str:
    """A file name that can be shown: no folders, no control characters."""
    name = filename.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in name if sign.isprintable())[:LONGEST_NAME] or "kandidater.csv"
