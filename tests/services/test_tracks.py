"""Deeds on tracks and modules, with a database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from coordination.domain.candidates import DanishExam
from coordination.domain.errors import Invalid, NotFound, Stale
from coordination.domain.tracks import ModuleFacts, TeachingKind, TrackFacts
from coordination.models import CourseSession, Track, TrackModule
from coordination.queries import tracks as queries
from coordination.services import tracks as services
from tests.factories import make_run, make_session

MODULE = ModuleFacts("D0002", "Egenkontrol", TeachingKind.AMU, 2, 444, DanishExam.NONE)


def facts(world, **changes):
    return replace(TrackFacts("Gartner", world.care, "", 10, 14, DanishExam.PD1), **changes)


def codes(session, track_id):
    ordered = select(TrackModule.code).where(TrackModule.track_id == track_id).order_by(TrackModule.position)
    return session.scalars(ordered).all()


def test_a_track_is_made_in_the_partnership_of_its_sector(world, act, now):
    with act(world.coordinator) as session:
        track_id = services.create(world.coordinator, facts(world), now=now)
        track = session.get(Track, track_id)
        assert (track.partnership_id, track.title, track.minimum) == (world.partnership, "Gartner", 10)
    with pytest.raises(Invalid) as refused, act(world.coordinator):
        services.create(world.coordinator, facts(world, sector_id=world.far_sector), now=now)
    assert refused.value.errors["sector_id"][0] == "track.sector"


def test_a_track_is_changed_by_one_at_a_time(world, act, now):
    with act(world.coordinator):
        page = queries.edit_page(world.coordinator, world.track)
        services.save(world.coordinator, world.track, facts(world), version=page.values["version"], now=now)
    with pytest.raises(Stale), act(world.coordinator):
        services.save(world.coordinator, world.track, facts(world), version=page.values["version"], now=now)
    with pytest.raises(NotFound), act(world.far_coordinator):
        services.save(world.far_coordinator, world.track, facts(world), version=2, now=now)


def test_modules_are_added_last_moved_and_taken_out(world, act, now, everything):
    with everything():
        run = make_run(world)
    with act(world.coordinator) as session:
        services.add_module(world.coordinator, world.track, MODULE, now=now)
        services.add_module(world.coordinator, world.track, replace(MODULE, code="42994"), now=now)
        assert codes(session, world.track) == ["D0001", "D0002", "42994"]
        rows = queries.detail_page(world.coordinator, world.track).modules
        services.move_module(world.coordinator, rows[2].id, -1, now=now)
        services.move_module(world.coordinator, rows[0].id, -1, now=now)
        assert codes(session, world.track) == ["D0001", "42994", "D0002"]
        services.save_module(world.coordinator, rows[1].id, replace(MODULE, title="Nyt"), now=now)
    with act(world.coordinator) as session:
        taught = make_session(run, run.starts_on.replace(day=24), module_id=rows[2].id).id
        assert queries.module_removal_page(world.coordinator, rows[2].id).sessions == 1
        services.remove_module(world.coordinator, rows[2].id, now=now)
    with act(world.coordinator) as session:
        assert codes(session, world.track) == ["D0001", "D0002"]
        assert session.get(CourseSession, taught).module_id is None
    with pytest.raises(NotFound), act(world.far_coordinator):
        services.remove_module(world.far_coordinator, rows[0].id, now=now)


def test_the_page_tells_totals_and_marks_demo_codes(world, act, now):
    with act(world.coordinator):
        services.add_module(
            world.coordinator, world.track, replace(MODULE, code="42994", minutes=4440), now=now
        )
        page = queries.detail_page(world.coordinator, world.track)
    assert [(row.code, row.demo) for row in page.modules] == [("D0001", True), ("42994", False)]
    assert (page.totals.minutes, page.totals.amu_weeks, page.totals.amu_weeks_missing) == (5320, 2.3, 5.7)
    with act(world.far_coordinator):
        assert [row.title for row in queries.overview_page(world.far_coordinator).rows] == [
            "Køkken Nord",
            "Omsorg Nord",
        ]
