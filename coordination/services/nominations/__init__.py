"""Nominations: a jobcenter puts a candidate in the pool; every move after that is on record."""

from coordination.services.nominations.legal_basis import (
    expire_basis,
    renew_basis,
    warn_basis,
    withdraw_basis,
)
from coordination.services.nominations.moves import move_nomination, record_move, return_to_pool
from coordination.services.nominations.nominate import (
    add_nominations,
    nominate,
    save_wishes,
    settle_wishes,
    submit,
)
from coordination.services.nominations.parking import park, return_parked, unpark
from coordination.services.nominations.priority import end_priority, set_priority
from coordination.services.nominations.withdrawal import withdraw

__all__ = [
    "add_nominations",
    "end_priority",
    "expire_basis",
    "move_nomination",
    "nominate",
    "park",
    "record_move",
    "renew_basis",
    "return_parked",
    "return_to_pool",
    "save_wishes",
    "set_priority",
    "settle_wishes",
    "submit",
    "unpark",
    "warn_basis",
    "withdraw",
    "withdraw_basis",
]
