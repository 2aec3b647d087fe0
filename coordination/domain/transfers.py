"""How a candidate moves from one municipality to another: who offers, who answers, from which day."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from coordination.domain.errors import Invalid, Refused

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from coordination.domain.errors import Problem

FURTHEST = timedelta(days=183)
FIRST_KEY = 1000


class TransferState(StrEnum):
    """Where a transfer stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    DONE = "done"


class TransferDeed(StrEnum):
    """What a side, or the clock, does to a transfer."""

    ACCEPT = "accept"
    DECLINE = "decline"
    CANCEL = "cancel"
    CARRY_OUT = "carry_out"


class Side(StrEnum):
    """Which of the two municipalities somebody works for."""

    GIVER = "giver"
    RECEIVER = "receiver"


class TransferEnd(StrEnum):
    """Why a transfer came to nothing, for the letter."""

    DECLINED = "declined"
    CANCELLED = "cancelled"
    DUPLICATE = "duplicate"


State, Deed = TransferState, TransferDeed
OPEN = frozenset({State.OFFERED, State.ACCEPTED})
# None stands for the clock, or for the acceptance of a transfer that is due already.
MOVES: dict[tuple[TransferState, TransferDeed], tuple[TransferState, frozenset[Side | None]]] = {
    (State.OFFERED, Deed.ACCEPT): (State.ACCEPTED, frozenset({Side.RECEIVER})),
    (State.OFFERED, Deed.DECLINE): (State.DECLINED, frozenset({Side.RECEIVER})),
    (State.OFFERED, Deed.CANCEL): (State.CANCELLED, frozenset({Side.GIVER})),
    (State.ACCEPTED, Deed.CANCEL): (State.CANCELLED, frozenset({Side.GIVER, Side.RECEIVER, None})),
    (State.ACCEPTED, Deed.CARRY_OUT): (State.DONE, frozenset({None})),
}


def move(state: TransferState, deed: TransferDeed, side: Side | None) -> TransferState:
    """The state after a deed of a side (None: the clock); Refused("transfer.move") for any other move."""
    after, sides = MOVES.get((state, deed), (state, frozenset()))
    if side not in sides:
        raise Refused("transfer.move", state=state, deed=deed)
    return after


def deeds(state: TransferState, side: Side | None) -> frozenset[TransferDeed]:
    """What a side may do, for the buttons of a page; nothing for those of neither side."""
    if side is None:
        return frozenset()
    return frozenset(deed for (start, deed), (_, sides) in MOVES.items() if start is state and side in sides)


def side_of(municipalities: Collection[int], giver: int, receiver: int, *, coordinates: bool) -> Side | None:
    """The side of somebody with this reach; a coordinator reaches both and acts for the giver only."""
    if giver in municipalities:
        return Side.GIVER
    return Side.RECEIVER if receiver in municipalities and not coordinates else None


def settle_transfer(
    to_municipality_id: int | None, effective_on: date | None, receivers: Collection[int], today: date
) -> tuple[int, date]:
    """Receiver and first day there; Invalid beside `municipality` and `effective_on`.

    The receiver is another municipality of the partnership, the day not past and at most half a year ahead.
    """
    errors: dict[str, Problem] = {}
    if to_municipality_id not in receivers:
        errors["municipality"] = ("transfer.no_municipality", {})
    if effective_on is None:
        errors["effective_on"] = ("transfer.no_day", {})
    elif effective_on < today:
        errors["effective_on"] = ("transfer.past", {})
    elif effective_on > today + FURTHEST:
        errors["effective_on"] = ("transfer.too_far", {})
    if errors or to_municipality_id is None or effective_on is None:
        raise Invalid(errors)
    return to_municipality_id, effective_on


def neutral_key(candidate_id: int) -> str:
    """What stands for a person who has no code in the pool, such as F-1042."""
    return f"F-{FIRST_KEY + candidate_id}"
