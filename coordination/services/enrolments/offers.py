"""The coordinator offers seats to people in the pool, or puts them on the waiting list of a run."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from coordination import audit
from coordination.domain import enrolments
from coordination.domain.actors import Actor
from coordination.domain.calendar import local_day
from coordination.domain.enrolments import EnrolmentDeed, EnrolmentState
from coordination.domain.nominations import NominationDeed
from coordination.queries.enrolments import seats_of
from coordination.services.enrolments.chosen import below, choices, seat_of
from coordination.services.enrolments.promises import Promise, answer_until, tell
from coordination.services.enrolments.rows import put_offer
from coordination.services.nominations import move_nomination, record_move


@dataclass(frozen=True)
class Offered:
    """What came of an offer: to how many, answered when, and the codes of those below the advised exam."""

    count: int
    answer_until: datetime
    below: tuple[str, ...]


def offer_seat(
    actor: Actor, course_run_id: int, nomination_ids: Collection[int], *, now: datetime
) -> Offered:
    """Offer a seat to each of them or to none; see offer_seats."""
    return offer_seats(actor, {course_run_id: nomination_ids}, now=now)


def offer_seats(actor: Actor, chosen: Mapping[int, Collection[int]], *, now: datetime) -> Offered:
    """Offer seats on several runs at once, by the run's number: to everyone chosen, or to nobody.

    Refused if a run is closed, has too few seats that are free for them, or already has one of them; Stale if
    one has left the pool since. A low Danish level only warns. Runs are locked before people, each in the
    order of their numbers.
    """
    today = local_day(now)
    found = choices(chosen, today)
    codes = [code for choice in found for code in below(choice)]
    for choice in found:
        homes = [nomination.municipality_id for nomination in choice.nominations]
        enrolments.check_room(seats_of(choice.run), homes, today)
    promises = [
        Promise(
            choice.run,
            answer_until(choice.run, now),
            [seat_of(choice, nomination) for nomination in choice.nominations],
        )
        for choice in found
    ]
    for choice, promise in zip(found, promises, strict=True):
        for nomination, seat in zip(choice.nominations, promise.seats, strict=True):
            put_offer(seat, EnrolmentState.OFFERED, promise.until, now)
            move_nomination(actor, nomination, NominationDeed.OFFER, now=now, course_run_id=choice.run.id)
        count = len(promise.seats)
        audit.record(actor, "enrolments.offer_seat", "course_run", choice.run.id, now=now, count=count)
    tell(promises, besides=actor.user_id, now=now)
    count = sum(len(promise.seats) for promise in promises)
    return Offered(count, min(promise.until for promise in promises), tuple(codes))


def put_in_line(actor: Actor, course_run_id: int, nomination_ids: Collection[int], *, now: datetime) -> int:
    """Put each of them on the waiting list, where the order of the pool holds; returns how many."""
    (choice,) = choices({course_run_id: nomination_ids}, local_day(now))
    for nomination in choice.nominations:
        earlier = choice.seat(nomination)
        after = enrolments.wait_for_seat(earlier.state if earlier else None)
        seat_of(choice, nomination)
        record_move(
            actor,
            nomination,
            EnrolmentDeed.WAIT,
            before=earlier.state if earlier else "",
            after=after,
            now=now,
            course_run_id=course_run_id,
        )
    count = len(choice.nominations)
    audit.record(actor, "enrolments.put_in_line", "course_run", course_run_id, now=now, count=count)
    return count
