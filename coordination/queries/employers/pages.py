"""Employers: the list with those nobody has entered yet, one of them with its people, and its forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from coordination.access import one
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.employers import Busiest, busiest, usual_spelling
from coordination.domain.permissions import Permission, allowed
from coordination.models import Employer, Partnership
from coordination.queries.employers.people import Employed, Key, Seat, days_away, employed, seats_of

Named = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class EmployerRow:
    """An employer: how many of its people the reader knows of, and the day most of them are at school."""

    id: int
    name: str
    most_away: int | None
    people: int
    busiest: Busiest | None

    @property
    def is_over(self) -> bool:
        """True if more are away on a day than the employer can do without."""
        return is_over(self.most_away, self.busiest)


@dataclass(frozen=True)
class UnknownRow:
    """A name that candidates have and no employer."""

    partnership_id: int
    name: str
    people: int


@dataclass(frozen=True)
class OverviewPage:
    """The employers of the actor's partnerships, and the names that match none."""

    rows: tuple[EmployerRow, ...]
    unknown: tuple[UnknownRow, ...]
    may_manage: bool


@dataclass(frozen=True)
class PersonRow:
    """Someone who works there, with the seats ahead."""

    id: int
    name: str
    municipality: str
    employer: str
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class DetailPage:
    """One employer with its limit and the people the reader may know of."""

    id: int
    name: str
    cvr: str
    most_away: int | None
    people: tuple[PersonRow, ...]
    busiest: Busiest | None
    may_manage: bool
    person_ids: tuple[int, ...]

    @property
    def is_over(self) -> bool:
        """True if more are away on a day than the employer can do without."""
        return is_over(self.most_away, self.busiest)


@dataclass(frozen=True)
class FormPage:
    """What the form of an employer shows; `id` is None for a new one."""

    id: int | None
    name: str
    partnerships: Named
    values: dict[str, object]


def is_over(most_away: int | None, day: Busiest | None) -> bool:
    """Whether more are away on the busiest day than the limit allows."""
    return most_away is not None and day is not None and day.people > most_away


def overview_page(actor: Actor, today: date) -> OverviewPage:
    """All employers by name; the days are those of people the actor may know of."""
    found = db.session.scalars(
        sa.select(Employer).order_by(sa.collate(Employer.name, "danish"), Employer.id)
    ).all()
    people = employed()
    known = {(row.partnership_id, row.name_key) for row in found}
    ids = [person.id for key in known for person in people.get(key, ())]
    days = days_away(seats_of(ids, today), today)
    return OverviewPage(
        rows=tuple(_row(row, people.get((row.partnership_id, row.name_key), ()), days) for row in found),
        unknown=_unknown({key: own for key, own in people.items() if key not in known}),
        may_manage=allowed(actor.role, Permission.MANAGE_EMPLOYERS),
    )


def detail_page(actor: Actor, employer_id: int, today: date) -> DetailPage:
    """One employer; NotFound outside of the actor's partnerships."""
    row = one(Employer, employer_id)
    people = employed().get((row.partnership_id, row.name_key), [])
    seats = seats_of([person.id for person in people], today)
    return DetailPage(
        id=row.id,
        name=row.name,
        cvr=row.cvr,
        most_away=row.most_away,
        people=tuple(
            PersonRow(
                person.id, person.name, person.municipality, person.employer, tuple(seats.get(person.id, ()))
            )
            for person in people
        ),
        busiest=busiest(days_away(seats, today).values()),
        may_manage=allowed(actor.role, Permission.MANAGE_EMPLOYERS),
        person_ids=tuple(person.id for person in people),
    )


def new_page(actor: Actor) -> FormPage:
    """The form of a new employer, and the partnerships it may be of."""
    own = sa.select(Partnership.id, Partnership.name).where(Partnership.id.in_(actor.partnerships))
    rows = db.session.execute(own.order_by(sa.collate(Partnership.name, "danish")))
    return FormPage(None, "", tuple((row.id, row.name) for row in rows), {})


def edit_page(_actor: Actor, employer_id: int) -> FormPage:
    """The form of an employer with what it holds now."""
    row = one(Employer, employer_id)
    fields = ("name", "cvr", "most_away", "version")
    return FormPage(row.id, row.name, (), {name: getattr(row, name) for name in fields})


def removal_page(actor: Actor, employer_id: int) -> FormPage:
    """The question before an employer is removed."""
    return edit_page(actor, employer_id)


def _row(row: Employer, people: Sequence[Employed], days: Mapping[int, Sequence[date]]) -> EmployerRow:
    away = busiest(days.get(person.id, ()) for person in people)
    return EmployerRow(row.id, row.name, row.most_away, len(people), away)


def _unknown(people: Mapping[Key, Sequence[Employed]]) -> tuple[UnknownRow, ...]:
    """The names with most people first."""
    rows = [
        UnknownRow(partnership_id, usual_spelling(person.employer for person in own), len(own))
        for (partnership_id, _key), own in people.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.people, row.name.casefold())))
