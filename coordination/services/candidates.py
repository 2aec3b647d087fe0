"""Candidates: a jobcenter registers a person, keeps the record right, and sees the number when it must."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from coordination import audit
from coordination.adapters.cpr_vault import CprVault
from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.candidate_records import (
    CandidateRecord,
    columns,
    differences,
    settle_record,
)
from coordination.domain.candidates import Cpr, Scheme, masked, parse_cpr, sex_of
from coordination.domain.eligibility import Finding, start_problem, stops
from coordination.domain.errors import Invalid, NotFound, Problem, Refused, Stale
from coordination.models import Candidate, CandidateChange
from coordination.queries import candidates as queries
from coordination.queries import nominations
from coordination.queries.eligibility import findings
from coordination.queries.rules import igu_rules


@dataclass(frozen=True)
class Saved:
    """The candidate that was saved, codes of what looks odd, and every rule that stops a nomination."""

    id: int
    warnings: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def register(
    actor: Actor, cpr_text: str, given: CandidateRecord, *, vault: CprVault, today: date, now: datetime
) -> Saved:
    """Register a person at the actor's own jobcenter; Invalid beside each field that cannot be used.

    A person the jobcenter already has is Invalid beside `cpr`; a failing check digit only warns.
    """
    municipality = queries.own_jobcenter(actor)
    errors: dict[str, str | Problem] = {}
    cpr = _read_cpr(cpr_text, today, errors)
    record = _settle(given, municipality, today, errors, born=cpr.birth_date if cpr else None)
    if cpr and queries.with_number(municipality, cpr.number, vault):
        errors["cpr"] = "candidate.known"
    if errors or cpr is None or record is None:
        raise Invalid(errors)
    (candidate,) = add_candidates(actor, municipality, [(cpr, record)], vault=vault, now=now)
    audit.record(actor, "candidates.register", "candidate", candidate.id, now=now)
    return Saved(candidate.id, cpr.warnings, _stopping(candidate, today))


def add_candidates(
    actor: Actor,
    municipality_id: int,
    people: Sequence[tuple[Cpr, CandidateRecord]],
    *,
    vault: CprVault,
    now: datetime,
) -> list[Candidate]:
    """Store new people with sealed numbers and the first line of their history."""
    rows = [
        Candidate(
            municipality_id=municipality_id,
            **_sealed(cpr, vault),
            **columns(record),
            created_at=now,
        )
        for cpr, record in people
    ]
    db.session.add_all(rows)
    db.session.flush()  # the history needs the keys
    for row in rows:
        _remember(actor, row, {}, now=now)
    return rows


def change_candidate(
    actor: Actor,
    candidate: Candidate,
    after: Mapping[str, object],
    changes: dict[str, list[object]],
    *,
    now: datetime,
) -> None:
    """Write what is different now, and what it was before into the history."""
    _change(candidate, after)
    _remember(actor, candidate, changes, now=now)


def save(
    actor: Actor,
    candidate_id: int,
    given: CandidateRecord,
    *,
    cpr_text: str = "",
    seen_version: int,
    vault: CprVault,
    today: date,
    now: datetime,
) -> Saved:
    """Correct the record of a person; an empty CPR number means the one already there.

    Stale("row.changed") if somebody saved since the page was opened. The coordinator writes on behalf of the
    jobcenter and changes nothing of what only the own jobcenter sees.
    """
    candidate = nominations.person(actor, candidate_id, lock=True)
    if candidate.version != seen_version:
        raise Stale("row.changed")
    on_behalf = actor.role is Role.COORDINATOR
    if on_behalf:
        given, cpr_text = _unseen_kept(given, candidate), ""
    errors: dict[str, str | Problem] = {}
    cpr = _other_cpr(candidate, cpr_text, vault, today, errors)
    born = cpr.birth_date if cpr else candidate.birth_date
    record = _settle(given, candidate.municipality_id, today, errors, born=born, stays=candidate)
    if errors or record is None:
        raise Invalid(errors)
    after = columns(record)
    changes = differences(queries.stored(candidate), after)
    if cpr:
        after |= _sealed(cpr, vault)
        changes["cpr"] = [masked(f"{candidate.birth_date:%d%m%y}"), masked(cpr.number)]
    if changes:
        change_candidate(actor, candidate, after, changes, now=now)
        told = {"fields": sorted(changes), "on_behalf": on_behalf}
        audit.record(actor, "candidates.save", "candidate", candidate.id, now=now, **told)
    return Saved(candidate.id, cpr.warnings if cpr else (), _stopping(candidate, today))


def reveal_cpr(actor: Actor, candidate_id: int, *, vault: CprVault, now: datetime) -> str:
    """The whole CPR number, for someone who pressed for it; who did and when stays on record."""
    if actor.role is Role.COORDINATOR:
        raise NotFound
    candidate = nominations.person(actor, candidate_id)
    audit.record(actor, "candidates.reveal_cpr", "candidate", candidate.id, now=now)
    number = vault.open(candidate.cpr_sealed)
    return f"{number[:6]}-{number[6:]}"


def search(actor: Actor, words: str, *, vault: CprVault, now: datetime) -> str:
    """Seal the words of a search, so that no address names a person; that there was one stays on record."""
    audit.record(actor, "candidates.search", "candidate", None, now=now)
    return vault.seal(words)


def _read_cpr(text: str, today: date, errors: dict[str, str | Problem]) -> Cpr | None:
    try:
        return parse_cpr(text, today)
    except Refused as refused:
        errors["cpr"] = refused.code
        return None


def _other_cpr(
    candidate: Candidate, text: str, vault: CprVault, today: date, errors: dict[str, str | Problem]
) -> Cpr | None:
    """The number that replaces the one there; None if nothing was typed or it is the same one."""
    if not text.strip():
        return None
    cpr = _read_cpr(text, today, errors)
    if cpr is None or vault.fingerprint(cpr.number) == candidate.cpr_hash:
        return None
    if queries.with_number(candidate.municipality_id, cpr.number, vault):
        errors["cpr"] = "candidate.known"
    return cpr


def _unseen_kept(given: CandidateRecord, candidate: Candidate) -> CandidateRecord:
    """What a coordinator wrote; what only the own jobcenter sees, ONLY_OWN_JOBCENTER, is left alone."""
    return replace(
        given,
        facts=replace(given.facts, address=candidate.address, postcode=candidate.postcode),
        protected_until=candidate.protected_until,
        notes=candidate.notes,
        notes_private=candidate.notes_private,
        caseworker_id=candidate.caseworker_id,
    )


def _change(candidate: Candidate, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        if getattr(candidate, name) != value:
            setattr(candidate, name, value)


def _settle(
    given: CandidateRecord,
    municipality_id: int,
    today: date,
    errors: dict[str, str | Problem],
    *,
    born: date | None,
    stays: Candidate | None = None,
) -> CandidateRecord | None:
    """The record tidied; what cannot be used is added to the errors."""
    colleagues = queries.colleagues(municipality_id, besides=stays.caseworker_id if stays else None)
    if given.caseworker_id not in {user_id for user_id, _name in colleagues}:
        errors["caseworker_id"] = "candidate.caseworker"
    start = given.facts.igu_start
    if given.facts.scheme is Scheme.IGU and start and not (stays and stays.igu_start == start):
        errors |= _outside_the_scheme(start)
    try:
        return settle_record(given, today, born=born)
    except Invalid as invalid:
        errors |= invalid.errors
        return None


def _stopping(candidate: Candidate, today: date) -> tuple[Finding, ...]:
    return stops(findings([candidate], today)[candidate.id])


def _outside_the_scheme(start: date) -> dict[str, str | Problem]:
    """The rules decide when the scheme began and ends; a start that stands already is left alone."""
    problem = start_problem(start, igu_rules())
    return {"igu_start": problem} if problem else {}


def _sealed(cpr: Cpr, vault: CprVault) -> dict[str, object]:
    """The columns that hold a CPR number and what is known from it."""
    return {
        "cpr_sealed": vault.seal(cpr.number),
        "cpr_hash": vault.fingerprint(cpr.number),
        "birth_date": cpr.birth_date,
        "sex": sex_of(cpr.number),
    }


def _remember(actor: Actor, candidate: Candidate, changes: dict[str, list[object]], *, now: datetime) -> None:
    db.session.add(
        CandidateChange(
            municipality_id=candidate.municipality_id,
            candidate_id=candidate.id,
            changes=changes,
            by_id=actor.user_id,
            at=now,
        )
    )
