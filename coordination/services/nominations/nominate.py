"""A jobcenter nominates: a draft, its wishes, and the way into the pool."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from secrets import token_hex

from sqlalchemy import select

from coordination import audit
from coordination.db import db
from coordination.domain import nominations
from coordination.domain.actors import Actor, Role
from coordination.domain.errors import Invalid, Refused
from coordination.domain.legal_bases import Basis, is_open
from coordination.domain.nominations import NominationDeed, NominationState
from coordination.models import Candidate, Nomination, NominationWish
from coordination.queries import nominations as queries
from coordination.services.eligibility import check_nomination
from coordination.services.nominations.moves import move_nomination, record_move

NEW = ""  # the state before a nomination existed
Wishes = Sequence[tuple[int, int]]  # rank and sector


def nominate(
    actor: Actor,
    candidate_id: int,
    sector_ids: Sequence[int],
    *,
    basis: Basis | None,
    draft: bool = False,
    today: date,
    now: datetime,
) -> int:
    """Nominate a candidate for sectors, best first, as a draft or straight into the pool; returns the id.

    A nomination whose course is over is completed on the way. Refused while another one is alive, and for a
    coordinator's draft, which nobody at the jobcenter would expect; Invalid beside `wishes`, and beside
    `basis` when nothing allows the sharing that the pool means. What a rule of the scheme forbids is refused
    on the way into the pool; a draft may wait for it.
    """
    candidate = queries.person(actor, candidate_id, lock=True)
    if not draft:
        check_nomination(candidate, today)
    wishes = settle_wishes(actor, candidate.municipality_id, sector_ids)
    if draft and actor.role is Role.COORDINATOR:
        raise Refused("nomination.draft_on_behalf")
    _make_way(actor, candidate_id, now=now)
    state = NominationState.DRAFT if draft else NominationState.SUBMITTED
    (nomination,) = add_nominations(actor, [(candidate, wishes)], state=state, basis=basis, now=now)
    audit.record(actor, "nominations.nominate", "nomination", nomination.id, now=now, state=str(state))
    return nomination.id


def submit(
    actor: Actor,
    nomination_id: int,
    *,
    basis: Basis | None,
    today: date,
    now: datetime,
) -> None:
    """Send a draft to the pool; Invalid beside `basis` when neither this nor the draft's own allows it."""
    nomination = queries.nomination(actor, nomination_id, lock=True)
    check_nomination(queries.person(actor, nomination.candidate_id), today)
    if basis or not is_open(nomination.basis_until, nomination.basis_withdrawn_at, today):
        _check_basis(NominationState.SUBMITTED, basis)
        put_basis(nomination, basis)
    move_nomination(actor, nomination, NominationDeed.SUBMIT, now=now)


def save_wishes(actor: Actor, nomination_id: int, sector_ids: Sequence[int], *, now: datetime) -> None:
    """Replace the wishes of a nomination that has no seat yet; its place in line stays."""
    nomination = queries.nomination(actor, nomination_id, lock=True)
    wishes = settle_wishes(actor, nomination.municipality_id, sector_ids)
    move_nomination(actor, nomination, NominationDeed.CHANGE_WISHES, now=now)
    for wish in db.session.scalars(
        select(NominationWish).where(NominationWish.nomination_id == nomination_id)
    ):
        db.session.delete(wish)
    db.session.flush()  # a rank is free only when its row has gone
    _add_wishes(nomination, wishes)


def settle_wishes(
    actor: Actor, municipality_id: int, sector_ids: Sequence[int]
) -> tuple[tuple[int, int], ...]:
    """Rank and sector of each wish; Invalid beside `wishes` unless the sectors are the partnership's own."""
    wishes = nominations.settle_wishes(sector_ids)
    offered = {sector_id for sector_id, _name in queries.sector_choices(actor, municipality_id)}
    if not offered.issuperset(sector_ids):
        raise Invalid({"wishes": "wishes.unknown"})
    return wishes


def add_nominations(
    actor: Actor,
    nominated: Sequence[tuple[Candidate, Wishes]],
    *,
    state: NominationState,
    basis: Basis | None,
    now: datetime,
) -> list[Nomination]:
    """New nominations of these candidates with their wishes, code and the first line of their history.

    Invalid beside `basis` when they enter the pool and nothing allows the sharing.
    """
    _check_basis(state, basis)
    rows = [
        Nomination(
            municipality_id=candidate.municipality_id,
            candidate_id=candidate.id,
            code=token_hex(6),
            state=state,
            caseworker_id=candidate.caseworker_id,
            # Told at once: a coordinator writes no row that never went to the pool.
            submitted_at=now if state is NominationState.SUBMITTED else None,
            created_at=now,
        )
        for candidate, _wishes in nominated
    ]
    for row in rows:
        put_basis(row, basis)
    db.session.add_all(rows)
    db.session.flush()  # wishes, history and the code need the keys
    for row, (_candidate, wishes) in zip(rows, nominated, strict=True):
        row.code = nominations.pool_code(row.id)
        if state is NominationState.SUBMITTED:
            row.draw = nominations.lot(row.id, now)
        _add_wishes(row, wishes)
        deed = NominationDeed.SUBMIT if state is NominationState.SUBMITTED else NominationDeed.BEGIN
        record_move(actor, row, deed, before=NEW, after=state, now=now)
    return rows


def put_basis(nomination: Nomination, basis: Basis | None) -> None:
    """Let a basis take the place of the one before, which may have been withdrawn or warned of."""
    nomination.basis = basis.kind if basis else None
    nomination.basis_given_on = basis.given_on if basis else None
    nomination.basis_until = basis.until if basis else None
    nomination.basis_withdrawn_at = nomination.basis_warned_on = None


def _check_basis(state: NominationState, basis: Basis | None) -> None:
    if state is not NominationState.DRAFT and basis is None:
        raise Invalid({"basis": "basis.no_kind"})


def _add_wishes(nomination: Nomination, wishes: Wishes) -> None:
    db.session.add_all(
        NominationWish(
            municipality_id=nomination.municipality_id,
            nomination_id=nomination.id,
            rank=rank,
            sector_id=sector_id,
        )
        for rank, sector_id in wishes
    )


def _make_way(actor: Actor, candidate_id: int, *, now: datetime) -> None:
    """Complete a live nomination whose course is over; refuse while it is not."""
    live = queries.live_nomination(candidate_id)
    if live is None:
        if queries.lives_unseen(actor, candidate_id):
            raise Refused("nomination.live")
        return
    if not queries.over(live):
        raise Refused("nomination.live")
    move_nomination(actor, live, NominationDeed.COMPLETE, now=now)
    db.session.flush()  # the next one may only be stored after this one is no longer alive
