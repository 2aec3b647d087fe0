"""Several people chosen for one deed: who can be taken along, and why the others cannot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import sqlalchemy as sa

from coordination.access import MOST_ID
from coordination.db import db
from coordination.domain import nominations as rules
from coordination.domain.actors import Actor, Role
from coordination.domain.bulk import BulkDeed, Chosen, settle_people
from coordination.domain.eligibility import stops
from coordination.domain.errors import NotFound, Problem, Refused
from coordination.domain.nominations import LIVE, NominationDeed
from coordination.domain.ordering import danish_key
from coordination.models import Candidate, Municipality, Nomination
from coordination.queries import eligibility, nominations
from coordination.queries.nominations import Choices, SeatRow, sector_choices

Row = TypeVar("Row")
Nominated = dict[int, Nomination]
Judge = Callable[[Actor, Sequence[Candidate], date, bool], list[Chosen]]


@dataclass(frozen=True)
class ConfirmPage:
    """What the deed would do: to whom, to whom not, and what can be chosen for all of them."""

    deed: BulkDeed
    able: tuple[Chosen, ...]
    unable: tuple[Chosen, ...]
    sectors: Choices
    on_behalf: bool
    person_ids: tuple[int, ...]

    @property
    def problems(self) -> tuple[tuple[Problem, tuple[str, ...]], ...]:
        """Each thing that stands in the way, with the names of those it concerns; rules of a scheme apart."""
        found = [person for person in self.unable if person.problem]
        different: list[Problem] = []
        for person in found:
            if person.problem and person.problem not in different:
                different.append(person.problem)
        return tuple(
            (problem, tuple(person.name for person in found if person.problem == problem))
            for problem in different
        )


def confirm_page(actor: Actor, deed: BulkDeed, candidate_ids: Sequence[int], today: date) -> ConfirmPage:
    """The page that asks before a deed; NotFound if one of the people is not within reach."""
    everyone = chosen(actor, deed, candidate_ids, today)
    return ConfirmPage(
        deed=deed,
        able=tuple(person for person in everyone if person.able),
        unable=tuple(person for person in everyone if not person.able),
        sectors=_sectors(actor, candidate_ids) if deed is BulkDeed.NOMINATE else (),
        on_behalf=actor.role is Role.COORDINATOR,
        person_ids=tuple(person.candidate_id for person in everyone),
    )


def chosen(
    actor: Actor, deed: BulkDeed, candidate_ids: Sequence[int], today: date, *, lock: bool = False
) -> tuple[Chosen, ...]:
    """The chosen people by name, each with what stands in the way; NotFound if one is not within reach.

    Locked, always in the same order, nobody can come in between before the deed is done.
    """
    people = _people(actor, settle_people(candidate_ids), lock=lock)
    found = _JUDGES[deed](actor, people, today, lock)
    return tuple(sorted(found, key=lambda person: (danish_key(person.name), person.candidate_id)))


def _people(actor: Actor, candidate_ids: Sequence[int], *, lock: bool) -> Sequence[Candidate]:
    if max(candidate_ids) > MOST_ID:
        raise NotFound
    asked = (
        sa.select(Candidate)
        .where(Candidate.id.in_(candidate_ids), nominations.visible_people(actor))
        .order_by(Candidate.id)
    )
    people = db.session.scalars(_locked(asked) if lock else asked).all()
    if len(people) < len(candidate_ids):
        raise NotFound
    return people


def _locked(asked: sa.Select[Row]) -> sa.Select[Row]:
    return asked.with_for_update().execution_options(populate_existing=True)


def _for_nominating(
    _actor: Actor,
    people: Sequence[Candidate],
    today: date,
    lock: bool,  # noqa: FBT001 (one table of judges)
) -> list[Chosen]:
    """In the way: a nomination under way, whoever may know of it, and every rule of the scheme."""
    live, seats = _nominations(people, Nomination.state.in_(LIVE), lock=lock)
    against = eligibility.findings(people, today)
    return [
        Chosen(
            person.id,
            person.name,
            problem=_still_live(live.get(person.id), seats),
            findings=stops(against[person.id]),
        )
        for person in people
    ]


def _still_live(live: Nomination | None, seats: Mapping[int, list[SeatRow]]) -> Problem | None:
    if live is None or rules.is_over(live.state, [seat.on_run for seat in seats[live.id]]):
        return None
    return "nomination.live", {}


def _for_parking(actor: Actor, people: Sequence[Candidate], _today: date, lock: bool) -> list[Chosen]:  # noqa: FBT001
    """In the way: a nomination that does not stand in the pool."""
    newest, _seats = _nominations(people, nominations.visible(actor), lock=lock)
    return [_moved(actor, person, newest.get(person.id), NominationDeed.PARK) for person in people]


def _for_withdrawing(actor: Actor, people: Sequence[Candidate], _today: date, lock: bool) -> list[Chosen]:  # noqa: FBT001
    """In the way: a nomination at an end, and a course that has begun."""
    newest, seats = _nominations(people, nominations.visible(actor), lock=lock)
    found = []
    for person in people:
        nomination = newest.get(person.id)
        begun = _begun(seats[nomination.id]) if nomination else None
        found.append(_moved(actor, person, nomination, NominationDeed.WITHDRAW, begun))
    return found


_JUDGES: dict[BulkDeed, Judge] = {
    BulkDeed.NOMINATE: _for_nominating,
    BulkDeed.PARK: _for_parking,
    BulkDeed.WITHDRAW: _for_withdrawing,
}


def _moved(
    actor: Actor,
    person: Candidate,
    nomination: Nomination | None,
    deed: NominationDeed,
    problem: Problem | None = None,
) -> Chosen:
    """The person with the nomination to be moved, as far as the table of moves allows it."""
    if nomination is None:
        return Chosen(person.id, person.name, problem=("bulk.no_nomination", {}))
    if deed not in rules.deeds(nomination.state, actor.role):
        problem = "bulk.state", {"state": nomination.state}
    return Chosen(person.id, person.name, nomination.id, problem)


def _begun(seats: Sequence[SeatRow]) -> Problem | None:
    try:
        rules.check_withdrawal([seat.on_run for seat in seats])
    except Refused as refused:
        return refused.code, refused.facts
    return None


def _nominations(
    people: Sequence[Candidate], known: sa.ColumnElement[bool], *, lock: bool
) -> tuple[Nominated, Mapping[int, list[SeatRow]]]:
    """Of each person the live nomination, else the newest, with the seats of all of them."""
    asked = (
        sa.select(Nomination)
        .where(Nomination.candidate_id.in_([person.id for person in people]), known)
        .order_by(Nomination.id)
    )
    found = db.session.scalars(_locked(asked) if lock else asked).all()
    newest = {row.candidate_id: row for row in sorted(found, key=lambda row: (row.state in LIVE, row.id))}
    return newest, nominations.seats_of([row.id for row in newest.values()])


def _sectors(actor: Actor, candidate_ids: Sequence[int]) -> Choices:
    """The sectors all of them may wish for; Refused if they belong to more than one partnership."""
    homes = sa.select(Candidate.municipality_id).where(Candidate.id.in_(candidate_ids))
    found = db.session.execute(
        sa.select(sa.func.min(Municipality.id), Municipality.partnership_id)
        .where(Municipality.id.in_(homes))
        .group_by(Municipality.partnership_id)
    ).all()
    if len(found) > 1:
        raise Refused("bulk.partnerships")
    return sector_choices(actor, found[0][0])
