"""Places in line: the number on the waiting list, for pages that show nominations with their seats."""

from __future__ import annotations

from collections.abc import Iterable

from coordination.domain.enrolments import Ahead, EnrolmentState
from coordination.queries.enrolments import place_in_line
from coordination.queries.nominations import NominationRow


def places_in_line(rows: Iterable[NominationRow]) -> dict[int, Ahead]:
    """Who stands before each seat that waits, in figures, by the id of the seat."""
    waiting = [seat.id for row in rows for seat in row.seats if seat.state is EnrolmentState.WAITING]
    return {seat_id: place_in_line(seat_id) for seat_id in waiting}
