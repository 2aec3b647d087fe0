"""Nominations: whom an actor may know of, the list, one nomination with its history, and a new one."""

from coordination.queries.nominations.detail import (
    AT_REST,
    DetailPage,
    detail_page,
    live_elsewhere,
    withdrawal_page,
)
from coordination.queries.nominations.history import MoveRow, moves_of
from coordination.queries.nominations.legal_basis import (
    BasisRow,
    RenewalPage,
    basis_withdrawal_page,
    closed_seats,
    ending_soon,
    renewal_page,
)
from coordination.queries.nominations.nominating import (
    NewPage,
    WishesPage,
    live_nomination,
    lives_unseen,
    new_page,
    over,
    submission_page,
    wishes_page,
)
from coordination.queries.nominations.overview import NominationFilter, OverviewPage, contains, overview_page
from coordination.queries.nominations.parking import ParkingPage, parking_page
from coordination.queries.nominations.priority import PriorityPage, priority_page
from coordination.queries.nominations.reach import nomination, person, visible, visible_people
from coordination.queries.nominations.rows import NominationRow, SeatRow, base, rows, seats_of
from coordination.queries.nominations.sectors import Choices, sector_choices

__all__ = [
    "AT_REST",
    "BasisRow",
    "Choices",
    "DetailPage",
    "MoveRow",
    "NewPage",
    "NominationFilter",
    "NominationRow",
    "OverviewPage",
    "ParkingPage",
    "PriorityPage",
    "RenewalPage",
    "SeatRow",
    "WishesPage",
    "base",
    "basis_withdrawal_page",
    "closed_seats",
    "contains",
    "detail_page",
    "ending_soon",
    "live_elsewhere",
    "live_nomination",
    "lives_unseen",
    "moves_of",
    "new_page",
    "nomination",
    "over",
    "overview_page",
    "parking_page",
    "person",
    "priority_page",
    "renewal_page",
    "rows",
    "seats_of",
    "sector_choices",
    "submission_page",
    "visible",
    "visible_people",
    "wishes_page",
    "withdrawal_page",
]
