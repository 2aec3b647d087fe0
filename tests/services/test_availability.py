"""Days somebody cannot come, with a database: written, refused, removed, and held against runs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from coordination.domain.availability import Clash, UnavailabilityKind
from coordination.domain.errors import Invalid, NotFound
from coordination.models import AuditEntry, Candidate, Nomination, Unavailability
from coordination.queries import availability as queries
from coordination.services import availability as services
from tests.factories import (
    make_candidate,
    make_enrolment,
    make_nomination,
    make_run,
    make_session,
    make_unavailability,
)

TODAY = date(2026, 11, 23)
WEEK = {"from_day": date(2026, 12, 14), "until_day": date(2026, 12, 20), "kind": UnavailabilityKind.HOLIDAY}


@pytest.fixture
def person(world, everything):
    """Someone in the pool who is in practice on Mondays and Tuesdays."""
    with everything():
        candidate = make_candidate(world.municipality, world.caseworker, practice_days=[1, 0])
        make_nomination(candidate, (world.kitchen,))
        return candidate.id


def add(act, actor, candidate_id, now, **change):
    with act(actor):
        services.add(actor, candidate_id, **{**WEEK, **change}, today=TODAY, now=now)


def test_a_period_is_written_and_removed_by_jobcenter_or_coordinator(world, act, everything, now, person):
    add(act, world.coordinator, person, now)
    with act(world.caseworker):
        page = queries.overview_page(world.caseworker, person, TODAY)
        assert page.practice_days == (0, 1)
        (row,) = page.periods
        assert (row.from_day, row.until_day, row.who) == (
            WEEK["from_day"],
            WEEK["until_day"],
            "Karen Koordinator",
        )
        assert services.remove(world.caseworker, row.id, now=now) == person
    with everything() as session:
        assert session.scalars(select(Unavailability)).all() == []
        assert session.scalars(select(AuditEntry.deed).order_by(AuditEntry.id)).all() == [
            "availability.add",
            "availability.remove",
        ]


def test_turned_round_and_overlapping_days_are_refused(world, act, everything, now, person):
    add(act, world.caseworker, person, now)
    for change, field in (
        ({"until_day": TODAY - timedelta(days=1), "from_day": TODAY}, "until_day"),
        ({"from_day": date(2026, 12, 20), "until_day": date(2026, 12, 24)}, "from_day"),
    ):
        with pytest.raises(Invalid) as invalid:
            add(act, world.caseworker, person, now, **change)
        assert set(invalid.value.errors) == {field}
    with everything() as session:
        assert len(session.scalars(select(Unavailability)).all()) == 1


def test_another_jobcenter_neither_reads_nor_writes(world, act, everything, now, person):
    with everything() as session:
        row = make_unavailability(session.get(Candidate, person), world.caseworker).id
    for actor in (world.other_caseworker, world.far_coordinator):
        with pytest.raises(NotFound):
            add(act, actor, person, now)
        with pytest.raises(NotFound), act(actor):
            services.remove(actor, row, now=now)
        with pytest.raises(NotFound), act(actor):
            queries.removal_page(actor, row)


def test_a_run_is_held_against_practice_days_and_periods(world, act, everything, person):
    with everything() as session:
        candidate = session.get(Candidate, person)
        run = make_run(world, starts_on=date(2026, 12, 2), weeks=3, title="Onsdagshold")
        make_session(run, date(2026, 12, 7))
        make_session(run, date(2026, 12, 8), cancelled=True)
        make_session(run, TODAY - timedelta(days=7))
        make_unavailability(candidate, world.caseworker)
        make_enrolment(session.scalars(select(Nomination)).one(), run)
        run_id = run.id
        expected = Clash(2, 4, (0,), (UnavailabilityKind.HOLIDAY,))
        assert queries.clashes_with([candidate], run_id, TODAY) == {person: expected}
        free = make_candidate(world.municipality, world.caseworker)
        assert queries.clashes_with([free], run_id, TODAY) == {}
    with act(world.caseworker):
        (seat,) = queries.overview_page(world.caseworker, person, TODAY).runs
        assert (seat.title, seat.clash) == ("Onsdagshold", expected)
