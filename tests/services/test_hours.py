"""School hours with a database: across runs, schools and places; statements counted; who may write what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import event, func, select

from coordination.db import db
from coordination.domain.attendance import MarkStatus
from coordination.domain.candidates import DanishExam, Scheme
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.errors import Invalid, NotFound, Refused
from coordination.domain.hour_factors import FactorFacts
from coordination.domain.hours_elsewhere import ElsewhereFacts
from coordination.domain.nominations import NominationState
from coordination.domain.pace import PaceState
from coordination.domain.tracks import TeachingKind
from coordination.models import AuditEntry, CourseRun, CourseSession, HourFactor, HoursElsewhere, TrackModule
from coordination.queries import hours as queries
from coordination.services import hour_factors, hours
from tests.factories import (
    make_candidate,
    make_enrolment,
    make_hours_elsewhere,
    make_mark,
    make_nomination,
    make_run,
    save,
)

TODAY = date(2026, 11, 23)
AUTUMN = date(2026, 9, 7)  # a Monday
FACTS = ElsewhereFacts(TeachingKind.DANISH, "Sprogcenter Syd", AUTUMN, date(2026, 10, 30), "12,5")
ABSENT, LATE, PRESENT = MarkStatus.ABSENT, MarkStatus.LATE, MarkStatus.PRESENT


def sessions_of(session, run):
    found = select(CourseSession).where(CourseSession.course_run_id == run.id).order_by(CourseSession.day)
    return list(session.scalars(found))


@pytest.fixture
def person(world, everything):
    """Someone on an IGU since August, in the pool, with a seat on two runs at two schools."""
    with everything() as session:
        candidate = make_candidate(world.municipality, world.caseworker, danish_exam=DanishExam.NONE)
        nomination = make_nomination(candidate, (world.kitchen,), state=NominationState.ACCEPTED)
        first = make_run(world, starts_on=AUTUMN, weeks=5, state=RunState.RUNNING, title="Første hold")
        other = make_run(
            world, school=world.other_school, starts_on=AUTUMN, weeks=2, track_id=world.care_track
        )
        seat = make_enrolment(nomination, first)
        make_enrolment(nomination, other, state=EnrolmentState.DROPPED_OUT, left_on=AUTUMN)
        marks = sessions_of(session, first)
        make_mark(seat, marks[0], world.coordinator, status=PRESENT)
        make_mark(seat, marks[1], world.coordinator, status=LATE, minutes_missed=30)
        make_mark(seat, marks[2], world.coordinator, status=ABSENT)
        make_mark(seat, marks[3], world.coordinator, status=PRESENT)
        marks[3].cancelled = True
        make_hours_elsewhere(candidate, world.caseworker)
        return candidate.id


def account(act, actor, candidate_id, today=TODAY):
    with act(actor):
        return queries.account_of(actor, candidate_id, today)


def test_the_account_gathers_runs_schools_and_places_elsewhere(world, act, person):
    page = account(act, world.caseworker, person)
    assert [(line.kind, line.delivered, line.counted) for line in page.account.lines] == [
        (TeachingKind.AMU, 510, 510),
        (TeachingKind.DANISH, 600, 1200),
    ]
    assert page.account.lines[0].course.startswith("Første hold · EUC")
    assert page.account.counted == 1710
    assert (page.account.unmarked, page.account.unmarked_minutes) == (2, 540)
    assert (page.span.target, page.pace.state) == (851 * 60, PaceState.LATE)
    assert page.person_ids == (person,)
    assert page.amu.holds
    assert "L 202" in page.target_source


def test_the_coordinator_reads_the_same_and_others_nothing(world, act, person):
    assert account(act, world.coordinator, person).account.counted == 1710
    for actor in (world.other_caseworker, world.far_coordinator, world.far_caseworker):
        with pytest.raises(NotFound):
            account(act, actor, person)


def test_a_session_counts_as_its_module_and_by_the_factor_of_its_day(world, act, person, everything):
    with everything() as session:
        module = save(
            TrackModule(
                partnership_id=world.partnership,
                track_id=world.track,
                position=2,
                code="",
                title="FVU",
                kind=TeachingKind.FVU,
                half_days=1,
                minutes=200,
            )
        )
        own = CourseRun.title == "Første hold", CourseSession.day == AUTUMN
        first = session.scalars(select(CourseSession).join(CourseSession.course_run).where(*own)).one()
        first.module_id = module.id
        save(HourFactor(kind=TeachingKind.FVU, percent=150, valid_from=AUTUMN, source="Prøve"))
    lines = account(act, world.caseworker, person).account.lines
    assert (TeachingKind.FVU, 150, 270, 405) in [
        (line.kind, line.percent, line.delivered, line.counted) for line in lines
    ]


@pytest.mark.parametrize(
    ("start", "target", "state"),
    [
        (date(2021, 4, 30), 740 * 60, PaceState.OVER),
        (date(2021, 5, 1), 851 * 60, PaceState.OVER),
        (date(2026, 12, 1), 851 * 60, PaceState.NOT_BEGUN),
        (date(2026, 11, 20), 851 * 60, PaceState.EARLY),
    ],
)
def test_target_and_pace_follow_the_start(world, act, everything, start, target, state):
    with everything():
        candidate = make_candidate(world.municipality, world.caseworker, igu_start=start).id
    page = account(act, world.caseworker, candidate)
    assert (page.span.target, page.pace.state) == (target, state)


@pytest.mark.parametrize("facts", [{"scheme": Scheme.WAGE_SUBSIDY}, {"igu_start": None}])
def test_without_an_igu_there_is_an_account_but_no_target(world, act, everything, facts):
    with everything():
        candidate = make_candidate(world.municipality, world.caseworker, **facts)
        make_hours_elsewhere(candidate, world.caseworker)
        candidate_id = candidate.id
    page = account(act, world.caseworker, candidate_id)
    assert (page.account.counted, page.span, page.pace, page.curve) == (1200, None, None, ())


class Statements:
    """Counts what is sent to the database."""

    def __enter__(self):
        self.count = 0
        event.listen(db.engine, "before_cursor_execute", self._one_more)
        return self

    def __exit__(self, *_):
        event.remove(db.engine, "before_cursor_execute", self._one_more)

    def _one_more(self, *_):
        self.count += 1


def counted(act, actor, ask):
    with Statements() as statements, act(actor):
        ask()
    return statements.count


def add_runs(world, everything, candidate_id, runs):
    with everything() as session:
        for number in range(runs):
            run = make_run(world, starts_on=AUTUMN + timedelta(days=number), weeks=8, state=RunState.RUNNING)
            candidate = make_candidate(world.municipality, world.caseworker)
            nomination = make_nomination(candidate, (world.kitchen,), state=NominationState.ACCEPTED)
            for person in (candidate.id, candidate_id):
                seat = make_enrolment(nomination, run, candidate_id=person)
                for taught in sessions_of(session, run):
                    make_mark(seat, taught, world.coordinator, status=PRESENT)


def test_the_statements_do_not_grow_with_sessions_or_people(world, act, everything, person):
    asks = {
        "account": lambda: queries.account_of(world.coordinator, person, TODAY),
        "behind": lambda: queries.behind_page(world.coordinator, TODAY),
        "count": lambda: queries.behind_count(world.caseworker, TODAY),
    }
    actors = {"account": world.coordinator, "behind": world.coordinator, "count": world.caseworker}
    before = {name: counted(act, actors[name], ask) for name, ask in asks.items()}
    add_runs(world, everything, person, 6)
    assert {name: counted(act, actors[name], ask) for name, ask in asks.items()} == before
    assert max(before.values()) < 16


def test_the_sums_of_everyone_agree_with_the_account_of_each(world, act, everything, person):
    add_runs(world, everything, person, 2)
    with everything():
        save(HourFactor(kind=TeachingKind.AMU, percent=75, valid_from=date(2026, 10, 1), source="Prøve"))
    with act(world.caseworker):
        rows = queries.behind_page(world.caseworker, TODAY).rows
        assert len(rows) == 3
        for row in rows:
            page = queries.account_of(world.caseworker, row.candidate_id, TODAY)
            assert (row.counted, row.pace) == (page.account.counted, page.pace)


def test_only_those_who_will_be_late_are_behind(world, act, everything):
    with everything():
        ahead = make_candidate(world.municipality, world.caseworker)
        make_hours_elsewhere(ahead, world.caseworker, minutes=500 * 60)
        make_candidate(world.municipality, world.caseworker, igu_start=date(2026, 11, 10))
        make_candidate(world.municipality, world.caseworker, scheme=Scheme.ORDINARY)
        late = make_candidate(world.municipality, world.caseworker, name="Sen Person").id
    with act(world.caseworker):
        page = queries.behind_page(world.caseworker, TODAY)
        assert [(row.candidate_id, row.name) for row in page.rows] == [(late, "Sen Person")]
        assert page.person_ids == (late,)
        assert queries.behind_count(world.caseworker, TODAY) == 1
    with act(world.coordinator):
        assert queries.behind_count(world.coordinator, TODAY) == 0  # nobody was nominated


def test_hours_elsewhere_are_added_and_removed_and_written_in_the_log(world, act, everything, now, person):
    with act(world.caseworker):
        entry = hours.add_elsewhere(world.caseworker, person, FACTS, today=TODAY, now=now)
    assert account(act, world.caseworker, person).account.counted == 1710 + 1500
    with act(world.coordinator):
        assert hours.remove_elsewhere(world.coordinator, entry, now=now) == person
    assert account(act, world.caseworker, person).account.counted == 1710
    with everything() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        assert [(one.deed, one.subject_id) for one in entries] == [
            ("hours.add_elsewhere", person),
            ("hours.remove_elsewhere", person),
        ]
        assert "Sprogcenter" not in str(entries[0].facts)


def test_hours_that_cannot_be_are_refused_and_nothing_is_kept(world, act, everything, now, person):
    with act(world.caseworker):
        hours.add_elsewhere(world.caseworker, person, FACTS, today=TODAY, now=now)
    with pytest.raises(Invalid) as twice, act(world.caseworker):
        hours.add_elsewhere(world.caseworker, person, FACTS, today=TODAY, now=now)
    assert twice.value.errors == {"hours": ("hours.twice", {})}
    with pytest.raises(NotFound), act(world.other_caseworker):
        hours.add_elsewhere(world.other_caseworker, person, FACTS, today=TODAY, now=now)
    with everything() as session:
        entry = session.scalars(select(func.min(HoursElsewhere.id))).one()
    with pytest.raises(NotFound), act(world.far_caseworker):
        hours.remove_elsewhere(world.far_caseworker, entry, now=now)
    with everything() as session:
        assert len(session.scalars(select(HoursElsewhere)).all()) == 2


def test_a_factor_is_added_with_its_source_and_only_a_future_one_removed(world, act, everything, now):
    facts = FactorFacts(TeachingKind.AMU, "1,5", TODAY + timedelta(days=1), "Bekendtgørelse")
    with act(world.admin):
        hour_factors.add(world.admin, facts, now=now)
    with pytest.raises(Invalid), act(world.admin):
        hour_factors.add(world.admin, facts, now=now)
    with everything() as session:
        rows = session.scalars(
            select(HourFactor).where(HourFactor.kind == TeachingKind.AMU).order_by(HourFactor.valid_from)
        ).all()
        assert [row.percent for row in rows] == [100, 150]
        first, later = (row.id for row in rows)
    with pytest.raises(Refused, match=r"hour_factor\.in_force"), act(world.admin):
        hour_factors.remove(world.admin, first, today=TODAY, now=now)
    with act(world.admin):
        hour_factors.remove(world.admin, later, today=TODAY, now=now)
    with everything() as session:
        assert session.get(HourFactor, later) is None
