"""Seats: the people of a run, an offer to answer, a participant to answer, and places in line."""

from coordination.queries.enrolments.answer import AnswerPage, answer_page
from coordination.queries.enrolments.leaving import LeavingPage, WithdrawalPage, leaving_page, withdrawal_page
from coordination.queries.enrolments.line import (
    place_in_line,
    places_in_line,
    seats_held,
    seats_of,
    seats_on,
)
from coordination.queries.enrolments.participant import ParticipantPage, participant_page
from coordination.queries.enrolments.people import Person
from coordination.queries.enrolments.seats import SeatRow, SeatsPage, seats_page
from coordination.queries.enrolments.why import WhyWaiting, why_waiting
from coordination.queries.in_line import in_line, line_order

__all__ = [
    "AnswerPage",
    "LeavingPage",
    "ParticipantPage",
    "Person",
    "SeatRow",
    "SeatsPage",
    "WhyWaiting",
    "WithdrawalPage",
    "answer_page",
    "in_line",
    "leaving_page",
    "line_order",
    "participant_page",
    "place_in_line",
    "places_in_line",
    "seats_held",
    "seats_of",
    "seats_on",
    "seats_page",
    "why_waiting",
    "withdrawal_page",
]
