"""One candidate: what the reader may see of the person, the nominations, and what was changed when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.candidate_records import ONLY_OWN_JOBCENTER
from coordination.domain.candidates import (
    ContactRole,
    DanishExam,
    DanishTrack,
    Scheme,
    TargetGroup,
    TeachingNeed,
    masked,
)
from coordination.domain.igu import ExtensionReason
from coordination.domain.nominations import LIVE
from coordination.domain.permissions import Permission, allowed
from coordination.models import Candidate, CandidateChange, Nomination, User
from coordination.queries import nominations
from coordination.queries.candidates.head import head_of
from coordination.queries.candidates.igu import IguPanel, igu_panel
from coordination.queries.nominations import NominationRow

HIDDEN_HISTORY = ONLY_OWN_JOBCENTER - {"protected_until", "caseworker_id"}


@dataclass(frozen=True)
class FieldChange:
    """One field before and after a change, as stored."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class ChangeRow:
    """What somebody changed on a candidate; without fields it is the registration itself."""

    at: datetime
    who: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class ProfilePage:
    """The page of a candidate; None is what the reader may not see or nobody has written."""

    id: int
    name: str
    cpr: str
    birth_date: date
    municipality: str
    caseworker: str
    phone: str
    email: str
    address: str | None
    postcode: str | None
    town: str
    protected_until: date | None
    is_protected: bool
    scheme: Scheme
    igu_start: date | None
    igu_extended_until: date | None
    igu_extension_reason: ExtensionReason | None
    employer: str
    employer_private: bool | None
    vitas_reference: str
    target_group: TargetGroup | None
    residence_since: date | None
    danish_track: DanishTrack | None
    danish_module: int | None
    danish_exam: DanishExam
    danish_exam_on: date | None
    needs: tuple[TeachingNeed, ...]
    practice_days: tuple[int, ...]
    most_travel_minutes: int | None
    contact_name: str
    contact_phone: str
    contact_role: ContactRole | None
    igu: IguPanel | None
    notes: str | None
    notes_private: bool
    registered_at: datetime
    nominations: tuple[NominationRow, ...]
    history: tuple[ChangeRow, ...]
    may_nominate: bool
    may_reveal: bool
    on_behalf: bool
    person_ids: tuple[int, ...]


def profile_page(actor: Actor, candidate_id: int, today: date) -> ProfilePage:
    """The page of a candidate; NotFound if the actor may not know of the person."""
    candidate = nominations.person(actor, candidate_id)
    own = actor.role is not Role.COORDINATOR
    head = head_of(candidate)
    rows = _nominations(actor, candidate_id)
    return ProfilePage(
        **_shown(candidate, own=own),
        id=candidate.id,
        cpr=masked(f"{candidate.birth_date:%d%m%y}"),
        municipality=head.municipality,
        caseworker=head.caseworker,
        igu=igu_panel(candidate, today),
        is_protected=candidate.protected_until is not None and candidate.protected_until >= today,
        registered_at=candidate.created_at,
        nominations=rows,
        history=tuple(_history(candidate_id, hidden=frozenset() if own else HIDDEN_HISTORY)),
        may_nominate=not any(row.state in LIVE and not row.is_over for row in rows),
        may_reveal=allowed(actor.role, Permission.REVEAL_CPR),
        on_behalf=not own,
        person_ids=(candidate.id,),
    )


def _shown(candidate: Candidate, *, own: bool) -> dict[str, Any]:
    """The columns the reader may see."""
    plain = (
        "name birth_date phone email town protected_until scheme notes_private"
        " igu_start igu_extended_until igu_extension_reason employer employer_private vitas_reference"
        " target_group residence_since danish_track danish_module danish_exam danish_exam_on"
        " contact_name contact_phone contact_role most_travel_minutes"
    )
    return {
        **{field: getattr(candidate, field) for field in plain.split()},
        "address": candidate.address if own else None,
        "postcode": candidate.postcode if own else None,
        "needs": tuple(TeachingNeed(need) for need in candidate.needs),
        "practice_days": tuple(candidate.practice_days),
        "notes": candidate.notes if own or not candidate.notes_private else None,
    }


def _nominations(actor: Actor, candidate_id: int) -> tuple[NominationRow, ...]:
    found = db.session.execute(
        nominations.base()
        .where(Nomination.candidate_id == candidate_id, nominations.visible(actor))
        .order_by(Nomination.id.desc())
    ).all()
    return nominations.rows(actor, found)


def _history(candidate_id: int, *, hidden: frozenset[str]) -> Iterable[ChangeRow]:
    """Newest first, without the fields that are hidden from the reader."""
    found = db.session.execute(
        sa.select(CandidateChange, User.name)
        .join(User, User.id == CandidateChange.by_id)
        .where(CandidateChange.candidate_id == candidate_id)
        .order_by(CandidateChange.id.desc())
    ).all()
    names = _names({user_id for row, _ in found for user_id in row.changes.get("caseworker_id", ())})
    for row, who in found:
        fields = tuple(
            FieldChange(field, names.get(before, before), names.get(after, after))
            if field == "caseworker_id"
            else FieldChange(field, before, after)
            for field, (before, after) in row.changes.items()
            if field not in hidden
        )
        if fields or not row.changes:
            yield ChangeRow(row.at, who, fields)


def _names(user_ids: set[int]) -> dict[int, str]:
    found = db.session.execute(sa.select(User.id, User.name).where(User.id.in_(user_ids)))
    return {row.id: row.name for row in found}
