"""The demonstration's limits: how far people travel, whom employers can do without, and a second edition."""

from __future__ import annotations

from sqlalchemy import select

from coordination.db import db
from coordination.domain.employers import name_key
from coordination.domain.tracks import TeachingKind
from coordination.models import Candidate, Employer, TrackModule, TravelTime
from coordination.services.demo.people import EMPLOYERS
from coordination.services.demo.places import HALF_DAY_MINUTES, Places

MINUTES = {"510": 35, "540": 45, "580": 15, "550": 55}
"""From each municipality to the schools, which all lie in Aabenraa."""
MOST_AWAY = (2, 3, 4)
FURTHEST = (60, None, 90, 75)


def limits(places: Places) -> None:
    """Write down what the pooling keeps to, for some people and some employers."""
    db.session.add_all(
        TravelTime(
            partnership_id=places.partnership.id,
            from_municipality_id=municipality.id,
            school_id=school.id,
            minutes=MINUTES[municipality.code] + extra,
        )
        for municipality in places.municipalities
        for school, extra in ((places.kitchen_school, 0), (places.care_school, 5))
    )
    db.session.add_all(
        Employer(
            partnership_id=places.partnership.id, name=name, name_key=name_key(name), most_away=most_away
        )
        for name, most_away in zip(EMPLOYERS, MOST_AWAY, strict=False)
    )
    for number, person in enumerate(db.session.scalars(select(Candidate).order_by(Candidate.id)).all()):
        person.most_travel_minutes = FURTHEST[number % len(FURTHEST)]


def second_edition(places: Places) -> None:
    """The kitchen track got one more module after its runs were made."""
    track = places.tracks["koekken"]
    track.edition = 2
    db.session.add(
        TrackModule(
            partnership_id=track.partnership_id,
            track_id=track.id,
            position=4,
            code="D0004",
            title="Allergener og egenkontrol",
            kind=TeachingKind.AMU,
            half_days=4,
            minutes=4 * HALF_DAY_MINUTES,
            from_edition=2,
        )
    )
