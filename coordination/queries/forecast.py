"""How an open run will fill, in figures by municipality: nobody is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.course_runs import shortfall
from coordination.domain.forecasts import Fitting, fitting
from coordination.domain.nominations import NominationState
from coordination.domain.pooling.pairs import Reason
from coordination.domain.pooling.problem import Run
from coordination.models import CourseRun, Municipality, Nomination
from coordination.queries.course_runs import seat_counts, visible_run
from coordination.queries.parked import ParkedCount
from coordination.queries.pooling_question import Beside, candidates, refusals, runs

ASKED = frozenset({NominationState.SUBMITTED, NominationState.PARKED})


@dataclass(frozen=True)
class HomeRow:
    """Those of one municipality who fit: in the pool, and on a pause."""

    municipality: str
    fits: int
    parked: int


@dataclass(frozen=True)
class Forecast:
    """How many fit and how many the run lacks; why those do not who wish for its sector and do not fit."""

    missing: int
    homes: tuple[HomeRow, ...]
    why_not: tuple[tuple[Reason, int], ...]

    @property
    def fits(self) -> int:
        """All in the pool who fit."""
        return sum(row.fits for row in self.homes)

    @property
    def in_pool(self) -> tuple[HomeRow, ...]:
        """The municipalities with somebody in the pool who fits."""
        return tuple(row for row in self.homes if row.fits)

    @property
    def parked(self) -> tuple[ParkedCount, ...]:
        """The municipalities with somebody on a pause who would fit."""
        return tuple(ParkedCount(row.municipality, row.parked) for row in self.homes if row.parked)

    @property
    def unfit(self) -> int:
        """All in the pool who wish for the sector and do not fit."""
        return sum(count for _reason, count in self.why_not)


def forecast(actor: Actor, course_run_id: int, today: date) -> Forecast | None:
    """The forecast of a run that takes people and has not begun; a jobcenter counts its own people only.

    None for a school, and for a run that nobody can be given a seat on.
    """
    run = visible_run(actor, course_run_id)
    if actor.role not in {Role.COORDINATOR, Role.JOBCENTER}:
        return None
    asked = next(iter(runs(run.partnership_id, today, only=run.id)), None)
    if asked is None:
        return None
    held = seat_counts(actor, [run.id])[run.id].held
    homes = _homes(actor, run)
    found = _fitting(run, asked, homes, today)
    rows = (HomeRow(name, found.fits[key], found.parked[key]) for key, name in homes.items())
    return Forecast(
        missing=shortfall(run.minimum, held),
        homes=tuple(row for row in rows if row.fits or row.parked),
        why_not=found.why_not,
    )


def _fitting(run: CourseRun, asked: Run, homes: dict[str, str], today: date) -> Fitting:
    people = candidates(
        Beside(
            partnership_id=run.partnership_id,
            today=today,
            runs=(asked,),
            homes=frozenset(map(int, homes)),
            employers={},
            refused=refusals([run.id]),
            previous={},
            states=ASKED,
            sector_id=run.track.sector_id,
        )
    )
    parked = sa.select(Nomination.id).where(Nomination.state == NominationState.PARKED)
    return fitting(asked, people, {str(key) for key in db.session.scalars(parked)})


def _homes(actor: Actor, run: CourseRun) -> dict[str, str]:
    """The municipalities whose people are counted, by name."""
    rows = db.session.execute(
        sa.select(Municipality.id, Municipality.name)
        .where(Municipality.partnership_id == run.partnership_id)
        .where(Municipality.id.in_(actor.municipalities))
        .order_by(sa.collate(Municipality.name, "danish"))
    )
    return {str(municipality_id): name for municipality_id, name in rows}
