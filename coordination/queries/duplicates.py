"""Who has nominated a person already: across the jobcenters of a partnership, telling only whom to ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from coordination.db import db, system_session
from coordination.domain.actors import Actor, Role
from coordination.domain.nominations import LIVE, NominationState
from coordination.models import Candidate, Municipality, Nomination
from coordination.queries import nominations

IN_THE_POOL = LIVE - {NominationState.DRAFT}


@dataclass(frozen=True)
class LookupPage:
    """What the page of the check says about who asks."""

    own_jobcenter: bool


def lookup_page(actor: Actor) -> LookupPage:
    """The page with the one field for a CPR number."""
    return LookupPage(own_jobcenter=actor.role is Role.JOBCENTER)


def nominated_elsewhere(actor: Actor, cpr_hash: str, today: date) -> str:
    """The jobcenter of the actor's partnerships that shares a live nomination of this person, or nothing.

    The same one statement whether somebody is found or not; the own municipality does not count.
    """
    asked = (
        select(Municipality.name)
        .join(Nomination, Nomination.municipality_id == Municipality.id)
        .join(Candidate, Candidate.id == Nomination.candidate_id)
        .where(Candidate.cpr_hash == cpr_hash)
        .where(Municipality.partnership_id.in_(sorted(actor.partnerships)))
        .where(Municipality.id != (actor.jobcenter_id or 0))
        .where(Nomination.state.in_(IN_THE_POOL))
        .where(Nomination.shared_on(today))
        .order_by(Nomination.submitted_at, Nomination.id)
        .limit(1)
    )
    with system_session("nominated_elsewhere", reads=True) as session:
        return session.scalar(asked) or ""


def known_here(actor: Actor, cpr_hash: str) -> tuple[int | None, bool]:
    """The candidate with this number that the actor may open, and whether a nomination of it is live."""
    row = db.session.execute(
        select(Candidate.id, Nomination.id)
        .outerjoin(Nomination, (Nomination.candidate_id == Candidate.id) & Nomination.state.in_(LIVE))
        .where(Candidate.cpr_hash == cpr_hash)
        .where(nominations.visible_people(actor))
        .order_by(Nomination.id.is_(None), Candidate.id)
        .limit(1)
    ).first()
    return (row[0], row[1] is not None) if row else (None, False)
