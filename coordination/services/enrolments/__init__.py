"""Seats: offered by the coordinator, answered by jobcenter and school, given up, expired by the clock."""

from coordination.services.enrolments.answers import (
    accept_seat,
    confirm_participant,
    decline_seat,
    reject_participant,
)
from coordination.services.enrolments.expiry import expire_offers
from coordination.services.enrolments.leaving import drop_out, resume, withdraw_offer
from coordination.services.enrolments.line import offer_free_seats
from coordination.services.enrolments.offers import Offered, offer_seat, offer_seats, put_in_line

__all__ = [
    "Offered",
    "accept_seat",
    "confirm_participant",
    "decline_seat",
    "drop_out",
    "expire_offers",
    "offer_free_seats",
    "offer_seat",
    "offer_seats",
    "put_in_line",
    "reject_participant",
    "resume",
    "withdraw_offer",
]
