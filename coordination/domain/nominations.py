"""How a nomination travels: its states, who may move it, and whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from coordination.domain.actors import Role
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.errors import Invalid, Refused


class NominationState(StrEnum):
    """Where a nomination stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class NominationDeed(StrEnum):
    """What someone, or the clock, does to a nomination."""

    SUBMIT = "submit"
    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    RETURN_TO_POOL = "return_to_pool"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


class Party(StrEnum):
    """Whose turn it is."""

    JOBCENTER = "jobcenter"
    COORDINATOR = "coordinator"
    SCHOOL = "school"
    NOBODY = "nobody"


class WithdrawReason(StrEnum):
    """Why a jobcenter takes a candidate out of the pool."""

    GOT_JOB = "got_job"
    MOVED_AWAY = "moved_away"
    ILLNESS_OR_LEAVE = "illness_or_leave"
    NOT_MOTIVATED = "not_motivated"
    OTHER_OFFER = "other_offer"
    MISTAKE = "mistake"
    OTHER = "other"


State, Deed = NominationState, NominationDeed
# None stands for the clock.
_JOBCENTER = frozenset({Role.JOBCENTER, Role.COORDINATOR})  # the coordinator acts on behalf, and is logged
_COORDINATOR = frozenset({Role.COORDINATOR})
_ANSWER = frozenset({Role.JOBCENTER})
_AFTER_ACCEPT = frozenset({Role.JOBCENTER, Role.COORDINATOR, Role.SCHOOL})  # a school that rejects sends back
_CLOCK = frozenset({None})

MOVES: dict[tuple[NominationState, NominationDeed], tuple[NominationState, frozenset[Role | None]]] = {
    (State.DRAFT, Deed.SUBMIT): (State.SUBMITTED, _JOBCENTER),
    (State.DRAFT, Deed.WITHDRAW): (State.WITHDRAWN, _JOBCENTER),
    (State.SUBMITTED, Deed.OFFER): (State.OFFERED, _COORDINATOR),
    (State.SUBMITTED, Deed.WITHDRAW): (State.WITHDRAWN, _JOBCENTER),
    (State.OFFERED, Deed.ACCEPT): (State.ACCEPTED, _ANSWER),
    (State.OFFERED, Deed.DECLINE): (State.DECLINED, _ANSWER),
    (State.OFFERED, Deed.RETURN_TO_POOL): (State.SUBMITTED, _JOBCENTER),
    (State.OFFERED, Deed.WITHDRAW): (State.WITHDRAWN, _JOBCENTER),
    (State.OFFERED, Deed.EXPIRE): (State.EXPIRED, _CLOCK),
    (State.ACCEPTED, Deed.RETURN_TO_POOL): (State.SUBMITTED, _AFTER_ACCEPT),
    (State.ACCEPTED, Deed.WITHDRAW): (State.WITHDRAWN, _JOBCENTER),
    (State.DECLINED, Deed.RETURN_TO_POOL): (State.SUBMITTED, _JOBCENTER),
    (State.EXPIRED, Deed.RETURN_TO_POOL): (State.SUBMITTED, _JOBCENTER),
    (State.EXPIRED, Deed.WITHDRAW): (State.WITHDRAWN, _JOBCENTER),
}

_TURN = {
    State.DRAFT: Party.JOBCENTER,
    State.SUBMITTED: Party.COORDINATOR,
    State.OFFERED: Party.JOBCENTER,
    State.EXPIRED: Party.JOBCENTER,
}
_TURN_BY_SEAT = {
    None: Party.COORDINATOR,
    EnrolmentState.WAITING: Party.COORDINATOR,
    EnrolmentState.OFFERED: Party.JOBCENTER,
    EnrolmentState.ACCEPTED: Party.SCHOOL,
    EnrolmentState.REJECTED: Party.COORDINATOR,
    EnrolmentState.WITHDRAWN: Party.COORDINATOR,
}

MAX_WISHES = 5


def move(state: NominationState, deed: NominationDeed, role: Role | None) -> NominationState:
    """The state after a deed by a role (None: the clock); Refused("nomination.move") for any other move."""
    after, roles = MOVES.get((state, deed), (state, frozenset()))
    if role not in roles:
        raise Refused("nomination.move", state=state, deed=deed)
    return after


def deeds(state: NominationState, role: Role) -> frozenset[NominationDeed]:
    """What a role may do to a nomination in this state, for the buttons of a page."""
    return frozenset(deed for (start, deed), (_, roles) in MOVES.items() if start is state and role in roles)


def whose_turn(state: NominationState, seat_state: EnrolmentState | None = None) -> Party:
    """Who must act next: told by the nomination, and once it is accepted by its seat."""
    if state is NominationState.ACCEPTED:
        return _TURN_BY_SEAT.get(seat_state, Party.NOBODY)
    return _TURN.get(state, Party.NOBODY)


def settle_withdraw_reason(reason: str | None) -> WithdrawReason:
    """The reason a nomination is withdrawn for; Invalid beside `reason` unless it is on the list."""
    if reason not in {known.value for known in WithdrawReason}:
        raise Invalid({"reason": "nomination.no_reason"})
    return WithdrawReason(reason)


def settle_wishes(sector_ids: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Rank and sector of one to five different sectors, best first; Invalid beside `wishes` otherwise."""
    if not sector_ids:
        raise Invalid({"wishes": "wishes.none"})
    if len(set(sector_ids)) < len(sector_ids):
        raise Invalid({"wishes": "wishes.twice"})
    if len(sector_ids) > MAX_WISHES:
        raise Invalid({"wishes": ("wishes.too_many", {"most": MAX_WISHES})})
    return tuple(enumerate(sector_ids, start=1))
