"""How a nomination travels: its states, who may move it, and whose turn it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256

from coordination.domain.actors import Role
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.errors import Invalid, Refused


class NominationState(StrEnum):
    """Where a nomination stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PARKED = "parked"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    COMPLETED = "completed"


class NominationDeed(StrEnum):
    """What someone, or the clock, does to a nomination."""

    BEGIN = "begin"
    CHANGE_WISHES = "change_wishes"
    SUBMIT = "submit"
    PARK = "park"
    UNPARK = "unpark"
    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    RETURN_TO_POOL = "return_to_pool"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    COMPLETE = "complete"
    RENEW_BASIS = "renew_basis"
    WITHDRAW_BASIS = "withdraw_basis"
    TRANSFER = "transfer"
    PRIORITY = "priority"
    END_PRIORITY = "end_priority"


class Party(StrEnum):
    """Whose turn it is."""

    JOBCENTER = "jobcenter"
    COORDINATOR = "coordinator"
    SCHOOL = "school"
    NOBODY = "nobody"


State, Deed = NominationState, NominationDeed
# None stands for the clock.
_JOBCENTER = frozenset({Role.JOBCENTER, Role.COORDINATOR})  # the coordinator acts on behalf, and is logged
_COORDINATOR = frozenset({Role.COORDINATOR})
_ANSWER = frozenset({Role.JOBCENTER})
_AFTER_ACCEPT = frozenset({Role.JOBCENTER, Role.COORDINATOR, Role.SCHOOL})  # a school that rejects sends back
_CLOCK = frozenset({None})
_OWN = frozenset({Role.JOBCENTER})  # a draft, and what a person was told or agreed to, is between the two
_WAITING = (State.SUBMITTED, State.PARKED)
_RENEWABLE = (State.SUBMITTED, State.PARKED, State.OFFERED, State.ACCEPTED, State.DECLINED, State.EXPIRED)

MOVES: dict[tuple[NominationState, NominationDeed], tuple[NominationState, frozenset[Role | None]]] = {
    (State.DRAFT, Deed.CHANGE_WISHES): (State.DRAFT, _OWN),
    (State.DRAFT, Deed.SUBMIT): (State.SUBMITTED, _OWN),
    (State.DRAFT, Deed.WITHDRAW): (State.WITHDRAWN, _OWN),
    (State.SUBMITTED, Deed.CHANGE_WISHES): (State.SUBMITTED, _JOBCENTER),
    (State.SUBMITTED, Deed.PARK): (State.PARKED, _JOBCENTER),
    (State.SUBMITTED, Deed.OFFER): (State.OFFERED, _COORDINATOR | _CLOCK),  # by itself from a waiting list
    (State.SUBMITTED, Deed.WITHDRAW): (State.WITHDRAWN, _JOBCENTER),
    (State.SUBMITTED, Deed.EXPIRE): (State.EXPIRED, _CLOCK),  # the legal basis has ended
    (State.PARKED, Deed.CHANGE_WISHES): (State.PARKED, _JOBCENTER),
    (State.PARKED, Deed.PARK): (State.PARKED, _JOBCENTER),  # until another day
    (State.PARKED, Deed.UNPARK): (State.SUBMITTED, _JOBCENTER | _CLOCK),
    (State.PARKED, Deed.WITHDRAW): (State.WITHDRAWN, _JOBCENTER),
    (State.PARKED, Deed.EXPIRE): (State.EXPIRED, _CLOCK),  # the legal basis has ended
    (State.OFFERED, Deed.ACCEPT): (State.ACCEPTED, _ANSWER),
    (State.OFFERED, Deed.DECLINE): (State.DECLINED, _ANSWER),
    (State.OFFERED, Deed.RETURN_TO_POOL): (State.SUBMITTED, _JOBCENTER),
    (State.OFFERED, Deed.WITHDRAW): (State.WITHDRAWN, _JOBCENTER),
    (State.OFFERED, Deed.EXPIRE): (State.EXPIRED, _CLOCK),  # nobody answered, or the legal basis has ended
    (State.ACCEPTED, Deed.RETURN_TO_POOL): (State.SUBMITTED, _AFTER_ACCEPT),
    (State.ACCEPTED, Deed.WITHDRAW): (State.WITHDRAWN, _JOBCENTER),
    (State.ACCEPTED, Deed.EXPIRE): (State.EXPIRED, _CLOCK),  # the legal basis has ended before the course
    (State.ACCEPTED, Deed.COMPLETE): (State.COMPLETED, _JOBCENTER),  # once the course is over: is_over()
    (State.DECLINED, Deed.RETURN_TO_POOL): (State.SUBMITTED, _JOBCENTER),
    (State.EXPIRED, Deed.RETURN_TO_POOL): (State.SUBMITTED, _JOBCENTER),
    (State.EXPIRED, Deed.WITHDRAW): (State.WITHDRAWN, _JOBCENTER),
    **{(state, Deed.PRIORITY): (state, _COORDINATOR) for state in _WAITING},
    **{(state, Deed.END_PRIORITY): (state, _COORDINATOR) for state in _WAITING},
    **{(state, Deed.RENEW_BASIS): (state, _OWN) for state in _RENEWABLE},
    **{(state, Deed.WITHDRAW_BASIS): (State.WITHDRAWN, _OWN) for state in _RENEWABLE},
    **{(state, Deed.WITHDRAW_BASIS): (state, _OWN) for state in (State.WITHDRAWN, State.COMPLETED)},
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

# At most one nomination of a person may be in one of these.
LIVE = frozenset({State.DRAFT, State.SUBMITTED, State.PARKED, State.OFFERED, State.ACCEPTED})
NEEDS_SHARING = frozenset({Deed.UNPARK, Deed.OFFER, Deed.ACCEPT, Deed.RETURN_TO_POOL})
DISCLOSED = frozenset(State) - {State.DRAFT}  # from here on the coordinator sees the person

_TAKEN = frozenset({EnrolmentState.ACCEPTED, EnrolmentState.CONFIRMED})
_UNANSWERED = frozenset({EnrolmentState.WAITING, EnrolmentState.OFFERED})
_BEGUN = frozenset({RunState.RUNNING, RunState.ENDED, RunState.EVALUATED})
OVER = frozenset({RunState.ENDED, RunState.EVALUATED, RunState.CANCELLED})

MAX_WISHES = 5
FIRST_CODE = 1000
MOST_LOT = 2**31  # a number both databases hold


@dataclass(frozen=True)
class SeatOnRun:
    """A seat of a nomination and how far its run has come."""

    state: EnrolmentState
    run_state: RunState


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


def check_withdrawal(seats: Collection[SeatOnRun]) -> None:
    """Refused("nomination.run_begun") once the course has begun: then the participant stops instead."""
    if any(seat.state in _TAKEN and seat.run_state in _BEGUN for seat in seats):
        raise Refused("nomination.run_begun")


def is_over(state: NominationState, seats: Collection[SeatOnRun]) -> bool:
    """True if an accepted nomination led to a course that is over: the person may be nominated anew."""
    if state is not NominationState.ACCEPTED or not seats:
        return False
    return not any(
        seat.state in _UNANSWERED or (seat.state in _TAKEN and seat.run_state not in OVER) for seat in seats
    )


def pool_code(nomination_id: int) -> str:
    """The code shown in the pool instead of a name, such as K-1042."""
    return f"K-{FIRST_CODE + nomination_id}"


def lot(nomination_id: int, submitted_at: datetime) -> int:
    """The lot a nomination draws once on entering the pool: fixed by its number and the moment.

    It settles a tie with those who entered at the same moment; the lowest goes first.
    """
    drawn = f"{nomination_id} {submitted_at.astimezone(UTC).isoformat()}"
    return int.from_bytes(sha256(drawn.encode()).digest()[:4]) % MOST_LOT


def settle_parking(until: date | None, today: date) -> date:
    """The day a parked candidate comes back to the pool: after today and within twelve months.

    Invalid beside `until` otherwise.
    """
    if until is None:
        raise Invalid({"until": "parking.no_day"})
    if until <= today:
        raise Invalid({"until": "parking.past"})
    latest = _a_year_after(today)
    if until > latest:
        raise Invalid({"until": ("parking.too_far", {"latest": latest})})
    return until


def _a_year_after(day: date) -> date:
    """The same day a year later; 28 February stands for a 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def settle_wishes(sector_ids: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Rank and sector of one to five different sectors, best first; Invalid beside `wishes` otherwise."""
    if not sector_ids:
        raise Invalid({"wishes": "wishes.none"})
    if len(set(sector_ids)) < len(sector_ids):
        raise Invalid({"wishes": "wishes.twice"})
    if len(sector_ids) > MAX_WISHES:
        raise Invalid({"wishes": ("wishes.too_many", {"most": MAX_WISHES})})
    return tuple(enumerate(sector_ids, start=1))
