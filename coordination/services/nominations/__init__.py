"""Nominations: a jobcenter puts a candidate in the pool; every move after that is on record."""

from coordination.services.nominations.moves import move_nomination, record_move, return_to_pool
from coordination.services.nominations.nominate import (
    add_nominations,
    nominate,
    save_wishes,
    settle_wishes,
    submit,
)
from coordination.services.nominations.parking import park, return_parked, unpark
from coordination.services.nominations.withdrawal import withdraw

__all__ = [
    "add_nominations",
    "move_nomination",
    "nominate",
    "park",
    "record_move",
    "return_parked",
    "return_to_pool",
    "save_wishes",
    "settle_wishes",
    "submit",
    "unpark",
    "withdraw",
]
