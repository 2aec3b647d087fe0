"""Travel times from the municipalities of a partnership to its schools."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.errors import NotFound
from coordination.models import Candidate, Municipality, Partnership, School, SchoolAgreement, TravelTime

Named = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class OverviewPage:
    """The table of one partnership; `partnerships` are all that the coordinator may choose between.

    `limited` counts the people within reach who say how far they can travel: only for them it matters.
    """

    partnership_id: int
    partnership: str
    partnerships: Named
    municipalities: Named
    schools: Named
    minutes: dict[tuple[int, int], int]
    stamp: str
    limited: int

    @property
    def unknown(self) -> int:
        """How many journeys nobody has written down yet."""
        return len(self.municipalities) * len(self.schools) - len(self.minutes)


def overview_page(actor: Actor, partnership_id: int | None) -> OverviewPage:
    """The journeys of a partnership, by default the first of the actor's."""
    known = _partnerships(actor)
    chosen = partnership_id if partnership_id in dict(known) else next(iter(dict(known)), None)
    if chosen is None:
        raise NotFound
    municipalities, schools = places(chosen)
    written = minutes(chosen)
    within = {
        place: written[place]
        for place in ((home, school) for home, _name in municipalities for school, _school in schools)
        if place in written
    }
    limited = sa.select(sa.func.count(Candidate.id)).where(
        Candidate.most_travel_minutes.is_not(None),
        Candidate.municipality_id.in_([home for home, _name in municipalities]),
    )
    return OverviewPage(
        partnership_id=chosen,
        partnership=dict(known)[chosen],
        partnerships=known,
        municipalities=municipalities,
        schools=schools,
        minutes=within,
        stamp=stamp_of(within),
        limited=db.session.scalar(limited) or 0,
    )


def minutes(partnership_id: int) -> dict[tuple[int, int], int]:
    """Minutes one way by municipality and school; what nobody has written is not there."""
    rows = db.session.scalars(sa.select(TravelTime).where(TravelTime.partnership_id == partnership_id))
    return {(row.from_municipality_id, row.school_id): row.minutes for row in rows}


def places(partnership_id: int) -> tuple[Named, Named]:
    """The municipalities of a partnership and the schools that serve it, by name."""
    municipalities = db.session.execute(
        sa.select(Municipality.id, Municipality.name)
        .where(Municipality.partnership_id == partnership_id)
        .order_by(sa.collate(Municipality.name, "danish"))
    )
    agreed = sa.select(SchoolAgreement.school_id).where(SchoolAgreement.partnership_id == partnership_id)
    schools = db.session.execute(
        sa.select(School.id, School.name)
        .where(School.id.in_(agreed))
        .order_by(sa.collate(School.name, "danish"), School.id)
    )
    return tuple((row.id, row.name) for row in municipalities), tuple((row.id, row.name) for row in schools)


def stamp_of(written: dict[tuple[int, int], int]) -> str:
    """A word that is another one as soon as a journey is."""
    return sha256(repr(sorted(written.items())).encode()).hexdigest()[:16]


def _partnerships(actor: Actor) -> Named:
    own = sa.select(Partnership.id, Partnership.name).where(Partnership.id.in_(actor.partnerships))
    rows = db.session.execute(own.order_by(sa.collate(Partnership.name, "danish")))
    return tuple((row.id, row.name) for row in rows)
