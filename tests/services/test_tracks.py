"""Deeds on tracks and modules, with a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from coordination.domain.candidates import DanishExam
from coordination.domain.course_runs import RunState
from coordination.domain.editions import ModuleChange
from coordination.domain.errors import Invalid, NotFound, Refused, Stale
from coordination.domain.module_imports import ModuleRowKind
from coordination.domain.tracks import ModuleFacts, TeachingKind, TrackFacts
from coordination.models import CourseSession, Track, TrackModule
from coordination.queries import tracks as queries
from coordination.services import course_runs
from coordination.services import tracks as services
from tests.factories import make_run, make_session

MODULE = ModuleFacts("D0002", "Egenkontrol", TeachingKind.AMU, 2, 444, DanishExam.NONE)

TODAY = date(2026, 11, 23)


def facts(world, **changes):
    return replace(TrackFacts("Gartner", world.care, "", 10, 14, DanishExam.PD1), **changes)


def codes(session, track_id):
    ordered = select(TrackModule.code).where(TrackModule.track_id == track_id).order_by(TrackModule.position)
    return session.scalars(ordered).all()


def modules(world):
    return queries.detail_page(world.coordinator, world.track, TODAY).modules


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


def test_modules_are_added_last_moved_and_taken_out(world, act, now):
    with act(world.coordinator) as session:
        services.add_module(world.coordinator, world.track, MODULE, now=now)
        done = services.add_module(world.coordinator, world.track, replace(MODULE, code="42994"), now=now)
        assert done == (world.track, None)
        assert codes(session, world.track) == ["D0001", "D0002", "42994"]
        rows = modules(world)
        services.move_module(world.coordinator, rows[2].id, -1, now=now)
        services.move_module(world.coordinator, rows[0].id, -1, now=now)
        assert codes(session, world.track) == ["D0001", "42994", "D0002"]
        services.save_module(world.coordinator, rows[1].id, replace(MODULE, title="Nyt"), now=now)
    with act(world.coordinator) as session:
        services.remove_module(world.coordinator, rows[2].id, now=now)
    with act(world.coordinator) as session:
        assert codes(session, world.track) == ["D0001", "D0002"]
        assert session.get(TrackModule, rows[1].id).title == "Nyt"
    with pytest.raises(NotFound), act(world.far_coordinator):
        services.remove_module(world.far_coordinator, rows[0].id, now=now)


def test_runs_keep_the_modules_they_were_made_from(world, act, now, everything):
    with everything() as session:
        run, draft = make_run(world), make_run(world, state=RunState.DRAFT, starts_on=date(2027, 3, 1))
        (first,) = session.scalars(select(TrackModule).where(TrackModule.track_id == world.track))
        taught = make_session(draft, date(2027, 3, 20), module_id=first.id).id
    longer = ModuleFacts("D0001", "Hygiejne", TeachingKind.AMU, 6, 1332, DanishExam.NONE)
    with act(world.coordinator):
        assert services.save_module(world.coordinator, first.id, longer, now=now).begun == 2
        assert services.add_module(world.coordinator, world.track, MODULE, now=now).begun is None
        page = queries.editions_page(world.coordinator, world.track)
        newest, oldest = page.editions
        assert [(row.code, row.minutes) for row in oldest.modules] == [("D0001", 880)]
        assert [(row.code, row.minutes) for row in newest.modules] == [("D0001", 1332), ("D0002", 444)]
        assert [(one.kind, one.title) for one in newest.changes] == [
            (ModuleChange.CHANGED, "Hygiejne"),
            (ModuleChange.ADDED, "Egenkontrol"),
        ]
        assert [row.id for row in oldest.runs] == [run.id, draft.id]
        with pytest.raises(Refused, match=r"module\.old_edition"):
            services.save_module(world.coordinator, first.id, longer, now=now)
        told = queries.edition_of_run(world.coordinator, run.id)
        assert (told.edition, told.newest, len(told.changes), told.may_adopt) == (1, 2, 2, False)
    with act(world.coordinator) as session:
        assert queries.edition_of_run(world.coordinator, draft.id).may_adopt
        assert services.adopt_edition(world.coordinator, draft.id, now=now) == 2
        assert session.get(CourseSession, taught).module_id == modules(world)[0].id != first.id
        with pytest.raises(Refused, match=r"run\.edition_fixed"):
            services.adopt_edition(world.coordinator, run.id, now=now)
    with act(world.coordinator) as session:
        assert services.remove_module(world.coordinator, modules(world)[0].id, now=now).begun == 3
        assert [row.code for row in modules(world)] == ["D0002"]
        assert session.get(CourseSession, taught).module_id is not None


def test_the_next_run_teaches_what_stands_for_the_modules_of_the_earlier_one(world, act, now, everything):
    with everything() as session:
        run = make_run(world)
        (first,) = session.scalars(select(TrackModule).where(TrackModule.track_id == world.track))
        make_session(run, run.starts_on.replace(day=20), module_id=first.id)
    with act(world.coordinator) as session:
        services.save_module(world.coordinator, first.id, replace(MODULE, code="D0001"), now=now)
        told = {"title": "Næste", "school_id": world.school, "starts_on": date(2027, 5, 3), "now": now}
        next_id = course_runs.plan_next_run(world.coordinator, run.id, room_for_both=True, **told)
        taught = session.scalars(
            select(CourseSession.module_id).where(CourseSession.course_run_id == next_id)
        )
        assert set(taught) == {None, modules(world)[0].id}
        assert modules(world)[0].id != first.id


def test_what_no_run_holds_is_changed_in_place_and_gone_when_taken_out(world, act, now, everything):
    with everything():
        run = make_run(world)
    with act(world.coordinator) as session:
        services.add_module(world.coordinator, world.track, MODULE, now=now)
        added = modules(world)[1].id
        taught = make_session(run, date(2026, 12, 24), module_id=added).id
    with act(world.coordinator) as session:
        assert services.remove_module(world.coordinator, added, now=now).begun is None
    with act(world.coordinator) as session:
        assert session.get(TrackModule, added) is None
        assert session.get(CourseSession, taught).module_id is None
        assert [
            len(one.modules) for one in queries.editions_page(world.coordinator, world.track).editions
        ] == [1, 1]


FILE = "Kode;Titel;Art;Dage;Timer;Pris\nD0001;Hygiejne;AMU;2;14,8;900\n42994;Egenkontrol;;2;;\n".encode(
    "utf-8-sig"
)


def test_a_file_is_tried_and_then_imported_as_a_whole(world, act, now, everything):
    with everything():
        make_run(world)
    with act(world.coordinator):
        tried = services.try_modules(world.coordinator, world.track, FILE)
        assert tried.unread == ("Pris",)
        page = queries.module_dry_run(world.coordinator, world.track, tried.table)
        assert [row.kind for row in page.plan.rows] == [ModuleRowKind.CHANGED, ModuleRowKind.NEW]
        assert (page.begins, page.missing) == (2, ())
    with act(world.coordinator) as session:
        yes = {"stamp": page.stamp, "now": now}
        done = services.import_modules(world.coordinator, world.track, tried.table, replace=False, **yes)
        assert done == (1, 1, 0, 2)
        assert [(row.code, row.minutes) for row in modules(world)] == [("D0001", 888), ("42994", 888)]
        assert codes(session, world.track) == ["D0001", "D0001", "42994"]
    with pytest.raises(Stale), act(world.coordinator):
        services.import_modules(world.coordinator, world.track, tried.table, replace=False, **yes)


def test_what_a_file_leaves_out_goes_only_where_somebody_says_so(world, act, now):
    only = b"kode;titel;dage\n42994;Egenkontrol;2\n"
    with act(world.coordinator):
        table = services.try_modules(world.coordinator, world.track, only).table
        page = queries.module_dry_run(world.coordinator, world.track, table)
        assert page.missing == ("Hygiejne",)
        done = services.import_modules(
            world.coordinator, world.track, table, replace=True, stamp=page.stamp, now=now
        )
        assert done == (1, 0, 1, None)
        assert [row.code for row in modules(world)] == ["42994"]
    with act(world.coordinator):
        stamp = queries.module_dry_run(world.coordinator, world.track, table).stamp
        with pytest.raises(Refused, match=r"modules\.nothing_new"):
            services.import_modules(world.coordinator, world.track, table, replace=True, stamp=stamp, now=now)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"%PDF-1.4", "file.document"),
        (b"<html><table>", "file.markup"),
        (b"kode;titel\x00\n", "file.binary"),
        (b'kode;titel\n"42994;x\n', "file.quotes"),
        (b"kode;titel;dage\n", "modules.none"),
        (b"kode;dage\n1;2\n", "modules.no_title"),
        (b"kode;titel\n" + b"1;x\n" * 201, "modules.too_many"),
        (b";" * 300 + b"\n" + b"x;" * 300, "file.too_wide"),
    ],
)
def test_a_file_that_is_no_list_of_modules_is_refused_in_words(world, act, content, code):
    with pytest.raises(Refused) as refused, act(world.coordinator):
        services.try_modules(world.coordinator, world.track, content)
    assert refused.value.code == code


def test_a_table_that_somebody_spoilt_on_its_way_back_is_refused(world, act, now):
    with act(world.coordinator):
        table = services.try_modules(world.coordinator, world.track, FILE).table
        stamp = queries.module_dry_run(world.coordinator, world.track, table).stamp
    for table in ("", "#numbered\n\n", "#numbered\nx,y\n", "#numbered\n0,titel,dage\n1,=1,2\n"):
        with pytest.raises(Refused, match=r"modules\."), act(world.coordinator):
            services.import_modules(world.coordinator, world.track, table, replace=True, stamp=stamp, now=now)


def test_the_page_tells_totals_the_rule_and_marks_demo_codes(world, act, now):
    with act(world.coordinator):
        services.add_module(
            world.coordinator, world.track, replace(MODULE, code="42994", minutes=4440), now=now
        )
        page = queries.detail_page(world.coordinator, world.track, TODAY)
    assert [(row.code, row.demo) for row in page.modules] == [("D0001", True), ("42994", False)]
    assert (page.totals.minutes, page.totals.amu_weeks, page.amu.missing) == (5320, 2.3, 5.7)
    assert (page.amu.needed, page.amu.school_weeks, page.amu.usual) == (8, 23, False)
    with act(world.far_coordinator):
        assert [row.title for row in queries.overview_page(world.far_coordinator, TODAY).rows] == [
            "Køkken Nord",
            "Omsorg Nord",
        ]
