"""Partnerships with a database: their places, people and settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from coordination.db import GuardError, Scope, db, unit_of_work
from coordination.domain.course_runs import RunState
from coordination.domain.errors import Invalid, NotFound, Refused
from coordination.models import AuditEntry, ClosingDay, CourseRun, Municipality, Partnership, Question, Sector
from coordination.queries.accounts import actor_of
from coordination.queries.partnerships import detail_page, overview_page, school_page
from coordination.services import partnerships
from tests.factories import make_run

USUAL = {
    "offer_hours": 40,
    "work_from_hour": 8,
    "work_until_hour": 15,
    "ask_after_days": 3,
    "tell_after_days": 7,
    "follow_up_days": 1,
    "register_window_days": 7,
    "school_access_days": 30,
    "evaluation_days": 21,
    "low_score": 3,
}


@pytest.fixture
def inside(app, clock):
    """`with inside(admin, partnership):` the reach that the door gives an administrator."""

    def begin(admin, partnership_id):
        scope = replace(Scope.of(admin, clock().date()), partnerships=frozenset({partnership_id}))
        return unit_of_work(scope)

    return begin


def fields(found) -> set[str]:
    return set(found.value.errors)


def test_a_new_partnership_gets_places_people_and_questions(world, act, inside, now):
    admin = world.admin
    with act(admin):
        made = partnerships.create(admin, "Vest", now=now)
        partnerships.add_municipality(admin, made, code="561", name="Esbjerg", mail="", now=now)
        partnerships.appoint(admin, made, world.coordinator.user_id, now=now)
        partnerships.join_school(admin, made, world.school, now=now)
    with inside(admin, made):
        partnerships.add_sector(admin, made, code="lager", name="Lager", name_en="", active=True, now=now)
        partnerships.add_standard_questions(admin, made, now=now)
    with inside(admin, made):
        page = detail_page(admin, made)
        assert [row.name for row in page.municipalities] == ["Esbjerg"]
        assert [row.id for row in page.schools] == [world.school]
        assert [row.code for row in page.sectors] == ["lager"]
        assert [row.id for row in page.coordinators] == [world.coordinator.user_id]
        assert page.has_questions
        assert {row.partnership_id for row in db.session.scalars(sa.select(Question))} == {made}
    assert actor_of(world.coordinator.user_id).partnerships == {world.partnership, made}
    with act(admin):
        assert {row.name for row in overview_page(admin).rows} == {"Nord", "Syd", "Vest"}


def test_names_and_codes_are_taken_once(world, act, inside, now):
    admin = world.admin
    with pytest.raises(Invalid) as found, act(admin):
        partnerships.create(admin, "Syd", now=now)
    assert fields(found) == {"name"}
    with pytest.raises(Invalid) as found, act(admin):
        partnerships.add_municipality(
            admin, world.partnership, code="810", name="Brønderslev", mail="", now=now
        )
    assert fields(found) == {"code"}
    with pytest.raises(Invalid) as found, inside(admin, world.partnership):
        partnerships.add_sector(
            admin, world.partnership, code="kokken", name="Køkken", name_en="", active=True, now=now
        )
    assert fields(found) == {"code"}
    with pytest.raises(Refused, match=r"questions\.already"), inside(admin, world.partnership):
        partnerships.add_standard_questions(admin, world.partnership, now=now)


def test_settings_are_stored_and_what_changed_stands_in_the_log(world, act, everything, now):
    with act(world.admin):
        partnerships.save(world.admin, world.partnership, "Sydøst", USUAL, now=now)
    with everything() as session:
        row = session.get(Partnership, world.partnership)
        assert {name: getattr(row, name) for name in USUAL} == USUAL
        assert row.name == "Sydøst"
        assert session.scalars(sa.select(AuditEntry)).one().facts["changed"]["offer_hours"] == [24, 40]
    with pytest.raises(Invalid) as found, act(world.admin):
        partnerships.save(world.admin, world.partnership, "Syd", USUAL | {"low_score": 5}, now=now)
    assert fields(found) == {"low_score"}


def test_a_place_is_changed_only_through_its_own_partnership(world, act, inside, everything, now):
    admin = world.admin
    changed = {"code": "511", "name": "Ny", "mail": "post@example.org", "now": now}
    with pytest.raises(NotFound), act(admin):
        partnerships.save_municipality(admin, world.far_partnership, world.municipality, **changed)
    with act(admin):
        partnerships.save_municipality(admin, world.partnership, world.municipality, **changed)
    sector = {"code": "nyt", "name": "Nyt", "name_en": "New", "active": False, "now": now}
    with pytest.raises(NotFound), inside(admin, world.far_partnership):
        partnerships.save_sector(admin, world.far_partnership, world.kitchen, **sector)
    with inside(admin, world.partnership):
        partnerships.save_sector(admin, world.partnership, world.kitchen, **sector)
    with pytest.raises(NotFound), act(admin):
        partnerships.save_school(admin, world.far_partnership, world.school, name="X", address="", now=now)
    with pytest.raises(NotFound), act(admin):
        school_page(admin, world.far_partnership, world.school)
    with everything() as session:
        assert session.get(Municipality, world.municipality).code == "511"
        assert session.get(Sector, world.kitchen).active is False


def test_an_administrator_reaches_shared_rows_only_through_the_door_of_a_partnership(world, act, now):
    with act(world.admin):
        assert db.session.scalars(sa.select(Sector)).all() == []
    with pytest.raises(GuardError), act(world.admin):
        partnerships.add_sector(
            world.admin, world.partnership, code="nyt", name="Nyt", name_en="", active=True, now=now
        )


def test_closing_days_belong_to_the_school(world, act, everything, now):
    admin, day = world.admin, date(2026, 10, 12)
    with act(admin):
        partnerships.add_closing_day(
            admin, world.partnership, world.school, day=day, name="Efterårsferie", now=now
        )
    with pytest.raises(Invalid) as found, act(admin):
        partnerships.add_closing_day(admin, world.partnership, world.school, day=day, name="Igen", now=now)
    assert fields(found) == {"day"}
    with everything() as session:
        closing_day = session.scalars(sa.select(ClosingDay)).one().id
    with pytest.raises(NotFound), act(admin):
        partnerships.remove_closing_day(admin, world.partnership, world.other_school, closing_day, now=now)
    with act(admin):
        partnerships.remove_closing_day(admin, world.partnership, world.school, closing_day, now=now)
    with everything() as session:
        assert session.scalars(sa.select(ClosingDay)).all() == []


def test_a_school_leaves_when_its_course_runs_are_over(world, act, inside, everything, now):
    with everything():
        run = make_run(world, state=RunState.RUNNING).id
    with pytest.raises(Refused, match=r"school\.has_runs"), inside(world.admin, world.partnership):
        partnerships.end_agreement(world.admin, world.partnership, world.school, now=now)
    with everything() as session:
        session.get(CourseRun, run).state = RunState.ENDED
    with inside(world.admin, world.partnership):
        partnerships.end_agreement(world.admin, world.partnership, world.school, now=now)
    assert actor_of(world.teacher.user_id).partnerships == frozenset()


def test_only_coordinators_are_appointed(world, act, now):
    admin = world.admin
    with pytest.raises(NotFound), act(admin):
        partnerships.appoint(admin, world.partnership, world.teacher.user_id, now=now)
    with pytest.raises(Refused, match=r"appointment\.already"), act(admin):
        partnerships.appoint(admin, world.partnership, world.coordinator.user_id, now=now)
    with act(admin):
        partnerships.end_appointment(admin, world.partnership, world.coordinator.user_id, now=now)
    assert actor_of(world.coordinator.user_id).partnerships == frozenset()
    with pytest.raises(NotFound), act(admin):
        partnerships.end_appointment(admin, world.partnership, world.coordinator.user_id, now=now)
