"""One deed for several people: all of them, or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from coordination import audit
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.bulk import BulkDeed, Chosen, Done, settle_chosen, settle_people
from coordination.domain.legal_bases import Basis
from coordination.queries import bulk as queries
from coordination.services import nominations


def confirm(candidate_ids: Sequence[int]) -> tuple[int, ...]:
    """The chosen people, each once; Refused for nobody and for too many."""
    return settle_people(candidate_ids)


def nominate(
    actor: Actor,
    candidate_ids: Sequence[int],
    sector_ids: Sequence[int],
    *,
    basis: Basis | None,
    leave_out: bool = False,
    today: date,
    now: datetime,
) -> Done:
    """Nominate people for the same sectors on the same basis; with `leave_out` only those who are able.

    NotFound if one is not within reach; Invalid beside `leave_out`, `wishes` and the fields of the basis.
    """

    def one(person: Chosen) -> None:
        nominations.nominate(actor, person.candidate_id, sector_ids, basis=basis, today=today, now=now)

    return _do(actor, BulkDeed.NOMINATE, candidate_ids, one, leave_out=leave_out, today=today, now=now)


def park(
    actor: Actor,
    candidate_ids: Sequence[int],
    until: date | None,
    reason: str | None,
    *,
    leave_out: bool = False,
    today: date,
    now: datetime,
) -> Done:
    """Park people's nominations until the same day for the same reason."""

    def one(person: Chosen) -> None:
        nominations.park(actor, person.nomination_id, until, reason, today=today, now=now)

    return _do(actor, BulkDeed.PARK, candidate_ids, one, leave_out=leave_out, today=today, now=now)


def withdraw(
    actor: Actor,
    candidate_ids: Sequence[int],
    reason: str | None,
    *,
    note: str = "",
    leave_out: bool = False,
    today: date,
    now: datetime,
) -> Done:
    """Withdraw people's nominations for the same reason; their seats are given up."""

    def one(person: Chosen) -> None:
        nominations.withdraw(actor, person.nomination_id, reason, note=note, now=now)

    return _do(actor, BulkDeed.WITHDRAW, candidate_ids, one, leave_out=leave_out, today=today, now=now)


def _do(
    actor: Actor,
    deed: BulkDeed,
    candidate_ids: Sequence[int],
    one: Callable[[Chosen], None],
    *,
    leave_out: bool,
    today: date,
    now: datetime,
) -> Done:
    """Decide about everybody, then do it to each; what is refused on the way takes all of it back."""
    everyone = queries.chosen(actor, deed, candidate_ids, today, lock=True)
    able = settle_chosen(everyone, leave_out=leave_out)
    with db.session.begin_nested():  # a refusal is shown by the same request, on rows as they were
        for person in able:
            one(person)
    done = Done(len(able), len(everyone) - len(able))
    audit.record(
        actor, f"bulk.{deed}", "nomination", None, now=now, people=done.people, left_out=done.left_out
    )
    return done
