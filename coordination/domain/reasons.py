"""The lists of reasons people choose from."""

from __future__ import annotations

from enum import StrEnum


class ReasonKind(StrEnum):
    """The deed a reason is given for."""

    DECLINE = "decline"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    DROP_OUT = "drop_out"
    PARK = "park"
