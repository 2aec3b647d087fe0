"""Nominations: a jobcenter puts a candidate in the pool; every move after that is on record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from secrets import token_hex

from sqlalchemy import delete, select

from coordination import audit, outbox
from coordination.db import db
from coordination.domain import enrolments, nominations
from coordination.domain.actors import Actor, Role
from coordination.domain.enrolments import HOLDS_SEAT, NAMED_TO_SCHOOL, EnrolmentDeed, EnrolmentState
from coordination.domain.errors import Invalid, Refused
from coordination.domain.nominations import NominationDeed, NominationState, SeatOnRun
from coordination.domain.texts import check_fields, problem_in, tidy
from coordination.models import (
    Candidate,
    CourseRun,
    Enrolment,
    Municipality,
    Nomination,
    NominationMove,
    NominationWish,
)
from coordination.queries import nominations as queries
from coordination.queries.accounts import coordinators, teachers

NEW = ""  # the state before a nomination existed
Wishes = Sequence[tuple[int, int]]  # rank and sector
MAX_NOTE = 500


def nominate(
    actor: Actor, candidate_id: int, sector_ids: Sequence[int], *, draft: bool = False, now: datetime
) -> int:
    """Nominate a candidate for sectors, best first, as a draft or straight into the pool; returns the id.

    A nomination whose course is over is completed on the way. Refused while another one is alive, and for a
    coordinator's draft, which nobody at the jobcenter would expect; Invalid beside `wishes`.
    """
    candidate = queries.person(actor, candidate_id, lock=True)
    wishes = settle_wishes(actor, candidate.municipality_id, sector_ids)
    if draft and actor.role is Role.COORDINATOR:
        raise Refused("nomination.draft_on_behalf")
    _make_way(actor, candidate_id, now=now)
    state = NominationState.DRAFT if draft else NominationState.SUBMITTED
    (nomination,) = add_nominations(actor, [(candidate, wishes)], state=state, now=now)
    audit.record(actor, "nominations.nominate", "nomination", nomination.id, now=now, state=str(state))
    return nomination.id


def submit(actor: Actor, nomination_id: int, *, now: datetime) -> None:
    """Send a draft to the pool."""
    nomination = queries.nomination(actor, nomination_id, lock=True)
    move_nomination(actor, nomination, NominationDeed.SUBMIT, now=now)


def return_to_pool(actor: Actor, nomination_id: int, *, now: datetime) -> None:
    """Send a declined or expired nomination back to the pool, with its old place in line."""
    nomination = queries.nomination(actor, nomination_id, lock=True)
    if nomination.state not in queries.AT_REST:
        raise Refused("nomination.move", state=nomination.state, deed=NominationDeed.RETURN_TO_POOL)
    if queries.live_elsewhere(nomination):
        raise Refused("nomination.live")
    move_nomination(actor, nomination, NominationDeed.RETURN_TO_POOL, now=now)


def save_wishes(actor: Actor, nomination_id: int, sector_ids: Sequence[int], *, now: datetime) -> None:
    """Replace the wishes of a nomination that has no seat yet; its place in line stays."""
    nomination = queries.nomination(actor, nomination_id, lock=True)
    wishes = settle_wishes(actor, nomination.municipality_id, sector_ids)
    move_nomination(actor, nomination, NominationDeed.CHANGE_WISHES, now=now)
    db.session.execute(delete(NominationWish).where(NominationWish.nomination_id == nomination_id))
    _add_wishes(nomination, wishes)


def withdraw(actor: Actor, nomination_id: int, reason: str | None, *, note: str = "", now: datetime) -> None:
    """Take a candidate out of the pool with a reason from the list; seats and places in line are given up.

    Refused once the course has begun. Coordinators and school get a letter of a seat that became free.
    """
    nomination = queries.nomination(actor, nomination_id, lock=True)
    why = nominations.settle_withdraw_reason(reason)
    check_fields({"note": problem_in(tidy(note), MAX_NOTE)})
    seats = _seats(nomination_id)
    nominations.check_withdrawal([SeatOnRun(seat.state, run.state) for seat, run in seats])
    held = [(seat.state, run) for seat, run in seats if seat.state in HOLDS_SEAT]
    move_nomination(actor, nomination, NominationDeed.WITHDRAW, now=now, reason=why, note=tidy(note))
    nomination.withdraw_reason = why
    for seat, run in seats:
        _give_up(actor, nomination, seat, run, reason=why, now=now)
    for state, run in held:
        _tell_of_free_seat(actor, nomination, state, run, now=now)


def move_nomination(
    actor: Actor | None,
    nomination: Nomination,
    deed: NominationDeed,
    *,
    now: datetime,
    reason: str = "",
    note: str = "",
    course_run_id: int | None = None,
) -> None:
    """Move a nomination as the table of moves allows (actor None: the clock) and put the move on record.

    A nomination that comes back to the pool keeps its place in line. Refused("nomination.move") otherwise.
    """
    before = nomination.state
    nomination.state = nominations.move(before, deed, actor.role if actor else None)
    if nomination.state is NominationState.SUBMITTED:
        nomination.submitted_at = nomination.submitted_at or now
    record_move(
        actor,
        nomination,
        deed,
        before=before,
        after=nomination.state,
        now=now,
        course_run_id=course_run_id,
        reason=reason,
        note=note,
    )
    audit.record(actor, f"nominations.{deed}", "nomination", nomination.id, now=now, reason=reason)


def record_move(
    actor: Actor | None,
    nomination: Nomination,
    deed: str,
    *,
    before: str,
    after: str,
    now: datetime,
    course_run_id: int | None = None,
    reason: str = "",
    note: str = "",
) -> None:
    """Add a move of the nomination, or of its seat in a run, to the history that tells why."""
    db.session.add(
        NominationMove(
            municipality_id=nomination.municipality_id,
            nomination_id=nomination.id,
            course_run_id=course_run_id,
            deed=str(deed),
            before=str(before),
            after=str(after),
            reason=str(reason),
            note=note,
            by_id=actor.user_id if actor else None,
            at=now,
        )
    )


def settle_wishes(
    actor: Actor, municipality_id: int, sector_ids: Sequence[int]
) -> tuple[tuple[int, int], ...]:
    """Rank and sector of each wish; Invalid beside `wishes` unless the sectors are the partnership's own."""
    wishes = nominations.settle_wishes(sector_ids)
    offered = {sector_id for sector_id, _name in queries.sector_choices(actor, municipality_id)}
    if not offered.issuperset(sector_ids):
        raise Invalid({"wishes": "wishes.unknown"})
    return wishes


def add_nominations(
    actor: Actor,
    nominated: Sequence[tuple[Candidate, Wishes]],
    *,
    state: NominationState,
    now: datetime,
) -> list[Nomination]:
    """New nominations of these candidates with their wishes, code and the first line of their history."""
    rows = [
        Nomination(
            municipality_id=candidate.municipality_id,
            candidate_id=candidate.id,
            code=token_hex(6),
            state=state,
            caseworker_id=candidate.caseworker_id,
            submitted_at=now if state is NominationState.SUBMITTED else None,
            created_at=now,
        )
        for candidate, _wishes in nominated
    ]
    db.session.add_all(rows)
    db.session.flush()  # wishes, history and the code need the keys
    for row, (_candidate, wishes) in zip(rows, nominated, strict=True):
        row.code = nominations.pool_code(row.id)
        _add_wishes(row, wishes)
        deed = NominationDeed.SUBMIT if state is NominationState.SUBMITTED else NominationDeed.BEGIN
        record_move(actor, row, deed, before=NEW, after=state, now=now)
    return rows


def _add_wishes(nomination: Nomination, wishes: Wishes) -> None:
    db.session.add_all(
        NominationWish(
            municipality_id=nomination.municipality_id,
            nomination_id=nomination.id,
            rank=rank,
            sector_id=sector_id,
        )
        for rank, sector_id in wishes
    )


def _make_way(actor: Actor, candidate_id: int, *, now: datetime) -> None:
    """Complete a live nomination whose course is over; refuse while it is not."""
    live = queries.live_nomination(candidate_id)
    if live is None:
        return
    if not queries.over(live):
        raise Refused("nomination.live")
    move_nomination(actor, live, NominationDeed.COMPLETE, now=now)
    db.session.flush()  # the next one may only be stored after this one is no longer alive


def _seats(nomination_id: int) -> Sequence[tuple[Enrolment, CourseRun]]:
    found = db.session.execute(
        select(Enrolment, CourseRun)
        .join(CourseRun, CourseRun.id == Enrolment.course_run_id)
        .where(Enrolment.nomination_id == nomination_id)
        .order_by(Enrolment.id)
        .with_for_update(of=Enrolment)
    )
    return [(seat, run) for seat, run in found]


def _give_up(
    actor: Actor, nomination: Nomination, seat: Enrolment, run: CourseRun, *, reason: str, now: datetime
) -> None:
    """Withdraw a seat or place in line that is still held; what was answered before stays as it was."""
    if EnrolmentDeed.WITHDRAW not in enrolments.deeds(seat.state, actor.role):
        return
    before = seat.state
    seat.state = enrolments.move(before, EnrolmentDeed.WITHDRAW, actor.role)
    record_move(
        actor,
        nomination,
        EnrolmentDeed.WITHDRAW,
        before=before,
        after=seat.state,
        now=now,
        course_run_id=run.id,
        reason=reason,
    )


def _tell_of_free_seat(
    actor: Actor, nomination: Nomination, state: EnrolmentState, run: CourseRun, *, now: datetime
) -> None:
    """A letter to the coordinators, and to the school if it knew who was to come."""
    home = db.session.get_one(Municipality, nomination.municipality_id)
    outbox.queue(
        "nomination_withdrawn",
        [*coordinators(run.partnership_id), *(teachers(run.school_id) if state in NAMED_TO_SCHOOL else ())],
        now=now,
        besides=actor.user_id,
        code=nomination.code,
        jobcenter=home.name,
        course_run=run.title,
        course_run_id=run.id,
    )
