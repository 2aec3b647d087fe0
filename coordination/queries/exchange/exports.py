"""The candidates as a list for a file: the rows and fields of the screen, protected addresses left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.candidates import DanishExam, DanishTrack, Scheme, masked
from coordination.domain.nominations import NominationState
from coordination.models import Candidate
from coordination.queries import candidates, nominations
from coordination.queries.candidates import CandidateFilter
from coordination.queries.candidates.narrowing import narrowed, ordered


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


def candidate_list(actor: Actor, chosen: CandidateFilter, today: date) -> CandidateList:
    """The people on the screen with these filters, whatever the page, field by field as there."""
    statement = ordered(narrowed(actor, chosen, today), chosen.sort)
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
