"""How a seat in a course run is offered, answered, held and left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from coordination.domain.actors import Role
from coordination.domain.calendar import ONE_DAY
from coordination.domain.candidates import DanishExam, DanishLevel, language_warning
from coordination.domain.course_runs import ACCEPTS_NOMINATIONS, RunState
from coordination.domain.errors import Invalid, Refused
from coordination.domain.reserved import Reservation, free_for


class EnrolmentState(StrEnum):
    """Where a seat stands."""

    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    DROPPED_OUT = "dropped_out"


class EnrolmentDeed(StrEnum):
    """What someone, or the clock, does to a seat."""

    OFFER = "offer"
    WAIT = "wait"
    ACCEPT = "accept"
    DECLINE = "decline"
    CONFIRM = "confirm"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    DROP_OUT = "drop_out"
    RESUME = "resume"


State, Deed = EnrolmentState, EnrolmentDeed

# Which rows count against the capacity, and whose names a school may read.
HOLDS_SEAT = frozenset({State.OFFERED, State.ACCEPTED, State.CONFIRMED})
NAMED_TO_SCHOOL = frozenset({State.ACCEPTED, State.CONFIRMED, State.DROPPED_OUT})
# Someone who dropped out stays on the registers up to the day of leaving: see on_roster().
ON_ROSTER = NAMED_TO_SCHOOL

# Runs in which an answer still means something.
TAKES_PLACE = ACCEPTS_NOMINATIONS | {RunState.RUNNING}

# None stands for the clock among the roles, and for "no seat on this run yet" among the states.
_COORDINATOR = frozenset({Role.COORDINATOR})
_JOBCENTER = frozenset({Role.JOBCENTER, Role.COORDINATOR})  # the coordinator acts on behalf, and is logged
_ANSWER = frozenset({Role.JOBCENTER})
_SCHOOL = frozenset({Role.SCHOOL})
_CLOCK = frozenset({None})

_MAY_WAIT = (None, State.DECLINED, State.REJECTED, State.WITHDRAWN, State.EXPIRED)
_MAY_BE_OFFERED = (State.WAITING, *_MAY_WAIT)
_LIVE = (State.WAITING, State.OFFERED, State.ACCEPTED, State.CONFIRMED)

Move = tuple[EnrolmentState, frozenset[Role | None]]
MOVES: dict[tuple[EnrolmentState | None, EnrolmentDeed], Move] = {
    **{(state, Deed.OFFER): (State.OFFERED, _COORDINATOR) for state in _MAY_BE_OFFERED},
    (State.WAITING, Deed.OFFER): (State.OFFERED, _COORDINATOR | _CLOCK),  # a seat has become free
    **{(state, Deed.WAIT): (State.WAITING, _COORDINATOR) for state in _MAY_WAIT},
    **{(state, Deed.WITHDRAW): (State.WITHDRAWN, _JOBCENTER) for state in _LIVE},
    (State.WAITING, Deed.EXPIRE): (State.EXPIRED, _CLOCK),
    (State.OFFERED, Deed.EXPIRE): (State.EXPIRED, _CLOCK),
    (State.ACCEPTED, Deed.EXPIRE): (State.EXPIRED, _CLOCK),  # the jobcenter may share the person no longer
    (State.CONFIRMED, Deed.EXPIRE): (State.EXPIRED, _CLOCK),
    (State.OFFERED, Deed.ACCEPT): (State.ACCEPTED, _ANSWER),
    (State.OFFERED, Deed.DECLINE): (State.DECLINED, _ANSWER),
    (State.ACCEPTED, Deed.CONFIRM): (State.CONFIRMED, _SCHOOL),
    (State.ACCEPTED, Deed.REJECT): (State.REJECTED, _SCHOOL),
    (State.ACCEPTED, Deed.DROP_OUT): (State.DROPPED_OUT, _JOBCENTER),
    (State.CONFIRMED, Deed.DROP_OUT): (State.DROPPED_OUT, _JOBCENTER),
    (State.DROPPED_OUT, Deed.RESUME): (State.CONFIRMED, _COORDINATOR),
}


@dataclass(frozen=True)
class Seats:
    """The seats of a run: how many, how many each municipality's people hold, and which are kept."""

    capacity: int
    held: Mapping[int, int]
    reserved: tuple[Reservation, ...] = ()

    @property
    def free(self) -> int:
        """Seats nobody holds."""
        return max(0, self.capacity - sum(self.held.values()))

    def free_for(self, municipality_id: int, today: date) -> int:
        """Seats that someone of this municipality could have today."""
        return free_for(municipality_id, self.capacity, self.held, self.reserved, today)


@dataclass(frozen=True)
class Offer:
    """A seat that may be offered, with codes of what the coordinator should weigh first."""

    state: EnrolmentState
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class InLine:
    """One place in a line: priority first, then the longest waiting, then the lot, then the lowest number."""

    priority_rank: int
    waiting_since: datetime
    draw: int
    id: int


def move(state: EnrolmentState | None, deed: EnrolmentDeed, role: Role | None) -> EnrolmentState:
    """The state after a deed by a role (None: the clock); Refused("seat.move") for any other move."""
    move_to = MOVES.get((state, deed))
    if move_to is None or role not in move_to[1]:
        raise Refused("seat.move", state=state, deed=deed)
    return move_to[0]


def deeds(state: EnrolmentState, role: Role) -> frozenset[EnrolmentDeed]:
    """What a role may do to a seat in this state, for the buttons of a page."""
    return frozenset(deed for (start, deed), (_, roles) in MOVES.items() if start is state and role in roles)


def offer_seat(*, seat_state: EnrolmentState | None, level: DanishLevel, needed_exam: DanishExam) -> Offer:
    """A seat for a candidate, with warnings; Refused if the run has the candidate."""
    _check_free_to_place(seat_state)
    warning = language_warning(level, needed_exam)
    return Offer(State.OFFERED, (warning,) if warning else ())


def wait_for_seat(seat_state: EnrolmentState | None) -> EnrolmentState:
    """A place on the waiting list; Refused if the run has or awaits the candidate."""
    if seat_state is State.WAITING:
        raise Refused("seat.already_waiting")
    _check_free_to_place(seat_state)
    return State.WAITING


def check_takes_people(run_state: RunState, substitutes_until: date | None, today: date) -> None:
    """Refused if no seat of the run may be offered any more, or none yet."""
    if takes_people(run_state, substitutes_until, today):
        return
    if run_state is RunState.RUNNING and substitutes_until is not None:
        raise Refused("seat.no_substitutes", day=substitutes_until)
    raise Refused("seat.run_not_open", state=run_state)


def check_room(seats: Seats, homes: Sequence[int], today: date) -> None:
    """A seat for one of each of these municipalities, or Refused.

    "seat.run_full" if none is free, "seat.too_few_free" if fewer are than wanted, and "seat.kept_for_others"
    if some of the free ones are kept for other municipalities.
    """
    if not seats.free:
        raise Refused("seat.run_full", capacity=seats.capacity)
    if len(homes) > seats.free:
        raise Refused("seat.too_few_free", wanted=len(homes), free=seats.free)
    could = len(seated(enumerate(homes), seats, today))
    if could < len(homes):
        raise Refused("seat.kept_for_others", wanted=len(homes), free=could)


def seated(line: Iterable[tuple[int, int]], seats: Seats, today: date) -> tuple[int, ...]:
    """Who gets the free seats: the first of a line of (number, municipality), and so on while there are any.

    Nobody is passed over but one for whom all that is free is kept for others.
    """
    now, chosen = seats, []
    for number, home in line:
        if now.free_for(home, today):
            chosen.append(number)
            now = replace(now, held={**now.held, home: now.held.get(home, 0) + 1})
    return tuple(chosen)


def takes_people(run_state: RunState, substitutes_until: date | None, today: date) -> bool:
    """True while seats may be offered: until the run begins, then as long as the school takes substitutes."""
    late = run_state is RunState.RUNNING and substitutes_until is not None and today <= substitutes_until
    return late or run_state in ACCEPTS_NOMINATIONS


def takes_substitutes(
    run_state: RunState, starts_on: date | None, substitutes_until: date | None, today: date
) -> bool:
    """True while a freed seat goes to the next in line: to the school's last day, or the eve of the run."""
    last = last_substitute_day(starts_on, substitutes_until)
    return takes_people(run_state, substitutes_until, today) and (last is None or today <= last)


def last_substitute_day(starts_on: date | None, substitutes_until: date | None) -> date | None:
    """The last day a seat may get a new owner: the school's, or the eve of the run; None while unplanned."""
    return substitutes_until or (starts_on - ONE_DAY if starts_on else None)


def held_until(counted: datetime, closing: datetime | None, now: datetime) -> datetime:
    """How long an offer holds: as counted, but not beyond the close of the last day for substitutes.

    A seat offered after that, which only a coordinator does, holds as counted.
    """
    return counted if closing is None or closing <= now else min(counted, closing)


def is_late(answer_until: datetime | None, now: datetime) -> bool:
    """True once the time to answer an offer has run out."""
    return answer_until is not None and answer_until < now


def check_answer(run_state: RunState, answer_until: datetime | None, now: datetime) -> None:
    """Refused if an offer is answered too late, or for a run that is over or cancelled."""
    if run_state not in TAKES_PLACE:
        raise Refused("seat.run_over", state=run_state)
    if is_late(answer_until, now):
        raise Refused("seat.answer_late")


def has_begun(first_day: date | None, today: date) -> bool:
    """True from the first day of a run: from then on people drop out, before it their seats are withdrawn."""
    return first_day is not None and first_day <= today


def check_withdrawal(state: EnrolmentState, *, begun: bool) -> None:
    """Refused("seat.begun") for a taken seat of a run that has begun: its registers stand."""
    if begun and state in {State.ACCEPTED, State.CONFIRMED}:
        raise Refused("seat.begun")


def settle_left_on(left_on: date | None, first_day: date | None, last_day: date | None, today: date) -> date:
    """The last day of one who drops out; Refused before the run began, Invalid beside `left_on` otherwise."""
    if first_day is None or last_day is None or not has_begun(first_day, today):
        raise Refused("seat.not_begun")
    if left_on is None:
        raise Invalid({"left_on": "seat.no_day"})
    if not first_day <= left_on <= last_day:
        raise Invalid({"left_on": ("seat.left_outside", {"first": first_day, "last": last_day})})
    return left_on


@dataclass(frozen=True)
class Ahead:
    """How many stand before one in line, by what put them there."""

    by_priority: int = 0
    by_waiting: int = 0
    by_lot: int = 0

    @property
    def place(self) -> int:
        """The place in line, from 1."""
        return 1 + self.by_priority + self.by_waiting + self.by_lot


def ahead(my: InLine, others: Iterable[InLine]) -> Ahead:
    """Why one stands where one stands: those before, counted by the first thing that tells the two apart."""
    before = [other for other in others if other < my]
    same_priority = [other for other in before if other.priority_rank == my.priority_rank]
    by_lot = sum(other.waiting_since == my.waiting_since for other in same_priority)
    return Ahead(len(before) - len(same_priority), len(same_priority) - by_lot, by_lot)


def first_day_there(run_starts_on: date | None, accepted_on: date) -> date | None:
    """The first day on the register of one whose seat was accepted then; None is the first of the run."""
    return accepted_on if run_starts_on is not None and accepted_on > run_starts_on else None


def on_roster(state: EnrolmentState, joined_on: date | None, left_on: date | None, day: date) -> bool:
    """True if the register of a day names the participant: from the first day there to the last."""
    if joined_on is not None and day < joined_on:
        return False
    if state is State.DROPPED_OUT:
        return left_on is not None and day <= left_on
    return state in ON_ROSTER


def _check_free_to_place(seat_state: EnrolmentState | None) -> None:
    if seat_state not in _MAY_BE_OFFERED:
        raise Refused("seat.already_on_run", state=seat_state)
