"""Looking up whether somebody is already nominated; every look-up stays on record."""

from __future__ import annotations

from datetime import date, datetime

from coordination import audit
from coordination.adapters.cpr_vault import CprVault
from coordination.domain.actors import Actor
from coordination.domain.candidates import parse_cpr
from coordination.domain.duplicates import Found
from coordination.domain.errors import Invalid, Refused
from coordination.queries import duplicates as queries
from coordination.queries import nominations


def check(actor: Actor, cpr_text: str, *, vault: CprVault, today: date, now: datetime) -> Found:
    """Whether the person with this number is nominated by another jobcenter, or known at the own one.

    Invalid beside `cpr` for what is no number. Found or not, the same statements run.
    """
    try:
        cpr = parse_cpr(cpr_text, today)
    except Refused as refused:
        raise Invalid({"cpr": refused.code}) from refused
    cpr_hash = vault.fingerprint(cpr.number)
    jobcenter = queries.nominated_elsewhere(actor, cpr_hash, today)
    candidate_id, nominated = queries.known_here(actor, cpr_hash)
    audit.record(actor, "duplicates.check", "candidate", candidate_id, now=now, elsewhere=bool(jobcenter))
    return Found(jobcenter, candidate_id, nominated, cpr.warnings)


def check_candidate(actor: Actor, candidate_id: int, *, today: date, now: datetime) -> str:
    """The other jobcenter that has nominated a candidate of the actor, or nothing; for after a deed."""
    candidate = nominations.person(actor, candidate_id)
    jobcenter = queries.nominated_elsewhere(actor, candidate.cpr_hash, today)
    audit.record(actor, "duplicates.check", "candidate", candidate_id, now=now, elsewhere=bool(jobcenter))
    return jobcenter
