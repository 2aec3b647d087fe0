"""The people of the question: everyone in the pool in the order of the line, and who holds a seat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.availability import Period
from coordination.domain.calendar import local_day
from coordination.domain.candidates import Scheme
from coordination.domain.eligibility import stops
from coordination.domain.employers import name_key
from coordination.domain.enrolments import HOLDS_SEAT
from coordination.domain.igu import last_day
from coordination.domain.nominations import NominationState
from coordination.domain.pooling.problem import Candidate as Person
from coordination.domain.pooling.problem import Interval, Run, Wish
from coordination.domain.pooling_question import available, day_number
from coordination.domain.priorities import WEIGHT
from coordination.models import Candidate, Enrolment, Nomination, NominationWish, Unavailability
from coordination.queries import eligibility, travel
from coordination.queries.enrolments import line_order
from coordination.queries.pooling_question.runs import EXAMS


@dataclass(frozen=True)
class Beside:
    """What people are held against: runs, jobcenters, employers with a limit, earlier refusals and places.

    `states` are those of the nominations asked about besides seats; with a sector only who wishes for it.
    """

    partnership_id: int
    today: date
    runs: tuple[Run, ...]
    homes: frozenset[int]
    employers: Mapping[str, str]
    refused: frozenset[tuple[int, int]]
    previous: Mapping[str, str]
    states: frozenset[NominationState] = frozenset({NominationState.SUBMITTED})
    sector_id: int | None = None


@dataclass(frozen=True)
class Known:
    """What is asked once for all of them, by key of candidate, nomination or place."""

    lawful: Mapping[int, bool]
    wishes: Mapping[int, list[tuple[int, int]]]
    away: Mapping[int, list[Period]]
    minutes: Mapping[tuple[int, int], int]


def candidates(beside: Beside) -> tuple[Person, ...]:
    """Everyone in the question: the line first, then those who hold a seat and have left it."""
    seats = _seats([int(run.id) for run in beside.runs])
    rows = _rows(beside, set(seats))
    known = _known(rows, beside)
    found = [_person(nomination, one, seats, known, beside) for nomination, one in rows]
    reached = {nomination.id for nomination, _one in rows}
    return (*found, *(_unknown(seats[key]) for key in sorted(seats.keys() - reached)))


def _seats(course_run_ids: Collection[int]) -> dict[int, Enrolment]:
    """The seats held on these runs by nomination, also of people who are no longer shared."""
    rows = db.session.scalars(
        sa.select(Enrolment)
        .where(Enrolment.course_run_id.in_(course_run_ids))
        .where(Enrolment.state.in_(HOLDS_SEAT))
        .order_by(Enrolment.id)
    )
    return {row.nomination_id: row for row in rows}


def _rows(beside: Beside, seated: set[int]) -> Sequence[tuple[Nomination, Candidate]]:
    """Those in the pool and those with a seat, in the order of the line: it breaks ties."""
    wanted = (
        sa.select(Nomination, Candidate)
        .join(Candidate, Candidate.id == Nomination.candidate_id)
        .where(Nomination.municipality_id.in_(beside.homes))
        .where(sa.or_(Nomination.state.in_(beside.states), Nomination.id.in_(seated)))
        .order_by(*line_order())
    )
    if beside.sector_id is not None:
        wishes = sa.select(NominationWish.nomination_id).where(NominationWish.sector_id == beside.sector_id)
        wanted = wanted.where(Nomination.id.in_(wishes))
    found = db.session.execute(wanted)
    return [(nomination, one) for nomination, one in found]


def _known(rows: Sequence[tuple[Nomination, Candidate]], beside: Beside) -> Known:
    people = [one for _nomination, one in rows]
    found = eligibility.findings(people, beside.today)
    return Known(
        lawful={key: not stops(findings) for key, findings in found.items()},
        wishes=_wishes([nomination.id for nomination, _one in rows]),
        away=_away([one.id for one in people]),
        minutes=travel.minutes(beside.partnership_id),
    )


def _wishes(nomination_ids: Collection[int]) -> dict[int, list[tuple[int, int]]]:
    """Rank and sector of each wish, best first."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = db.session.scalars(
        sa.select(NominationWish)
        .where(NominationWish.nomination_id.in_(nomination_ids))
        .order_by(NominationWish.rank)
    )
    for row in rows:
        found[row.nomination_id].append((row.rank, row.sector_id))
    return found


def _away(candidate_ids: Collection[int]) -> dict[int, list[Period]]:
    """The periods written down; weekly practice days only warn and are no part of the question."""
    found: dict[int, list[Period]] = defaultdict(list)
    rows = db.session.scalars(sa.select(Unavailability).where(Unavailability.candidate_id.in_(candidate_ids)))
    for row in rows:
        found[row.candidate_id].append(Period(row.from_day, row.until_day, row.kind))
    return found


def _person(
    nomination: Nomination,
    one: Candidate,
    seats: Mapping[int, Enrolment],
    known: Known,
    beside: Beside,
) -> Person:
    seat, key = seats.get(nomination.id), str(nomination.id)
    before = beside.previous.get(key)
    waited = day_number(local_day(nomination.submitted_at or nomination.created_at))
    return Person(
        id=key,
        jobcenter=str(nomination.municipality_id),
        employer=beside.employers.get(name_key(one.employer)) if one.employer else None,
        weight=WEIGHT[nomination.priority],
        lang=EXAMS.index(one.danish_exam),
        available=_available(known.away[one.id], beside.runs),
        deadline=_deadline(one),
        lawful=known.lawful[one.id],
        waited_since=waited,
        max_travel=one.most_travel_minutes,
        travel=_travel(one, known.minutes, beside.runs),
        wishes=tuple(_told_wishes(nomination.id, known.wishes[nomination.id], beside)),
        locked=(str(seat.course_run_id),) if seat else (),
        previous=(before,) if before and any(run.id == before for run in beside.runs) else (),
    )


def _available(periods: list[Period], runs: Sequence[Run]) -> tuple[Interval, ...] | None:
    if not periods or not runs:
        return None
    first = min(run.sessions[0][0] for run in runs)
    return available(periods, first, max(run.last_day for run in runs))


def _deadline(one: Candidate) -> int | None:
    """The day after the last of the IGU; others have none."""
    if one.scheme is not Scheme.IGU:
        return None
    last = last_day(eligibility.course_of(one))
    return day_number(last) + 1 if last else None


def _travel(one: Candidate, minutes: Mapping[tuple[int, int], int], runs: Sequence[Run]) -> dict[str, int]:
    """Minutes to each school, for those with a limit; a journey nobody has written down keeps nobody away."""
    if one.most_travel_minutes is None:
        return {}
    schools = sorted({int(run.school) for run in runs})
    return {
        str(school): minutes.get((one.municipality_id, school), one.most_travel_minutes) for school in schools
    }


def _told_wishes(nomination_id: int, wishes: Sequence[tuple[int, int]], beside: Beside) -> Iterator[Wish]:
    """A wish for each sector; where a run of it was refused before, one for each of its other runs."""
    for rank, sector_id in wishes:
        own = [run.id for run in beside.runs if run.sector == str(sector_id)]
        left = [name for name in own if (nomination_id, int(name)) not in beside.refused]
        if len(left) == len(own):
            yield Wish(rank, sector=str(sector_id))
        else:
            yield from (Wish(rank, run=name) for name in left)


def _unknown(seat: Enrolment) -> Person:
    """Somebody whose seat counts but who is no longer shared: only that and the jobcenter are known."""
    return Person(
        id=str(seat.nomination_id),
        jobcenter=str(seat.municipality_id),
        waited_since=day_number(local_day(seat.waiting_since)),
        locked=(str(seat.course_run_id),),
    )
