"""Keys of the CPR numbers: everything is sealed anew with the newest key, so that an old one can go."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import select, update

from coordination import audit
from coordination.adapters.cpr_vault import CprVault, VaultError
from coordination.db import db
from coordination.models import Candidate, CandidateImport

LOST = "?"
"""Stands for the key of a seal that none of the keys opens."""


def rotate_keys(vault: CprVault, after: int, *, batch: int, now: datetime) -> tuple[int | None, int]:
    """Seal the next people's numbers with the newest key, and hash them with the key for look-up.

    Returns the id to go on after, None at the end, and how many rows changed. VaultError, with nothing
    changed, if a number cannot be opened. Versions stay, so that nobody who edits a record is disturbed.
    """
    found = db.session.execute(
        select(Candidate.id, Candidate.cpr_sealed, Candidate.cpr_hash)
        .where(Candidate.id > after)
        .order_by(Candidate.id)
        .limit(batch)
        .with_for_update()
    ).all()
    changed = 0
    for row in found:
        number = vault.open(row.cpr_sealed)
        hashed = vault.fingerprint(number)
        if vault.is_newest(row.cpr_sealed) and hashed == row.cpr_hash:
            continue
        fresh = {Candidate.cpr_sealed: vault.seal(number), Candidate.cpr_hash: hashed}
        db.session.execute(update(Candidate).where(Candidate.id == row.id).values(fresh))
        changed += 1
    if changed:
        audit.record(None, "keys.rotate_keys", "candidate", None, now=now, count=changed, key=vault.newest)
    return (found[-1].id if found else None), changed


def rotate_files(vault: CprVault, *, now: datetime) -> int:
    """Seal the uploaded files that await a decision with the newest key; returns how many changed."""
    waiting = db.session.scalars(
        select(CandidateImport).where(CandidateImport.content_sealed != "").with_for_update()
    ).all()
    old = [upload for upload in waiting if not vault.is_newest(upload.content_sealed)]
    for upload in old:
        upload.content_sealed = vault.seal(vault.open(upload.content_sealed))
    if old:
        audit.record(None, "keys.rotate_files", "candidate_import", None, now=now, count=len(old))
    return len(old)


def count_by_key(vault: CprVault) -> Counter[str]:
    """How many numbers and files each key seals, by its name; those that no key opens count under LOST."""
    sealed = (select(Candidate.cpr_sealed), select(CandidateImport.content_sealed))
    return Counter(
        _key_of(vault, text)
        for statement in sealed
        for text in db.session.scalars(statement.execution_options(yield_per=500))
        if text
    )


def _key_of(vault: CprVault, sealed: str) -> str:
    try:
        vault.open(sealed)
    except VaultError:
        return LOST
    return sealed.rpartition(":")[0] or "unnamed"
