"""Deeds on course runs and their sessions, with a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import select

from coordination.domain.course_runs import RunState, SessionPlan
from coordination.domain.errors import Invalid, NotFound, Refused, Stale
from coordination.domain.run_plans import RunFacts, SessionFacts
from coordination.models import (
    ClosingDay,
    CourseRun,
    CourseSession,
    Enrolment,
    Evaluation,
    Letter,
    Nomination,
    NominationMove,
    ProposedChange,
)
from coordination.queries import course_runs as queries
from coordination.services import course_runs as services
from tests.factories import (
    make_candidate,
    make_enrolment,
    make_mark,
    make_nomination,
    make_participant,
    make_proposed_change,
    make_run,
    save,
)

FACTS = RunFacts("Køkkenhold 9", 2, 4, date(2026, 12, 1))
PLAN = SessionPlan(date(2026, 12, 7), frozenset({0, 4}), time(9), time(14, 30), 30, ends_on=date(2027, 1, 4))
SESSION = SessionFacts(date(2026, 12, 8), time(9), time(12), 0)


@pytest.fixture
def draft(world, act, now):
    with act(world.coordinator):
        return services.create(world.coordinator, world.track, world.school, FACTS, now=now)


@pytest.fixture
def opened(world, everything):
    with everything():
        return make_run(world, starts_on=date(2027, 1, 4)).id


def run_of(session, run_id) -> CourseRun:
    return session.get(CourseRun, run_id)


def days_of(session, run_id):
    days = select(CourseSession.day).where(CourseSession.course_run_id == run_id)
    return session.scalars(days.order_by(CourseSession.day)).all()


def letters_of(session, letter):
    return sorted(session.scalars(select(Letter.recipient_id).where(Letter.letter == letter)))


def test_a_run_begins_as_a_draft_with_the_newest_questions(world, act, now, draft, everything):
    with everything() as session:
        run = run_of(session, draft)
        assert (run.state, run.partnership_id, run.school_id) == ("draft", world.partnership, world.school)
        assert (run.question_set_id, run.starts_on, run.decide_by) == (
            world.questions,
            None,
            date(2026, 12, 1),
        )
    with pytest.raises(Invalid) as refused, act(world.coordinator):
        services.create(world.coordinator, world.track, world.far_school, FACTS, now=now)
    assert refused.value.errors["school_id"][0] == "run.school"
    with pytest.raises(NotFound), act(world.coordinator):
        services.create(world.coordinator, world.far_track, world.school, FACTS, now=now)


def test_a_run_is_changed_by_one_at_a_time_and_keeps_its_room(world, act, now, everything, opened):
    with everything() as session:
        run = run_of(session, opened)
        for municipality in (world.municipality, world.other_municipality, world.municipality):
            make_participant(world, run, world.caseworker, municipality)
    with act(world.coordinator):
        version = queries.edit_page(world.coordinator, opened).values["version"]
        services.save(world.coordinator, opened, replace(FACTS, capacity=3), version=version, now=now)
    with pytest.raises(Stale), act(world.coordinator):
        services.save(world.coordinator, opened, FACTS, version=version, now=now)
    for change, field in (({"capacity": 2}, "capacity"), ({"decide_by": date(2027, 1, 5)}, "decide_by")):
        with pytest.raises(Invalid) as refused, act(world.coordinator):
            services.save(world.coordinator, opened, replace(FACTS, **change), version=version + 1, now=now)
        assert list(refused.value.errors) == [field]
    with pytest.raises(NotFound), act(world.far_coordinator):
        services.save(world.far_coordinator, opened, FACTS, version=version + 1, now=now)


def test_sessions_come_from_weekdays_without_holidays_and_closing_days(world, act, now, draft, everything):
    with everything():
        save(ClosingDay(school_id=world.school, day=date(2026, 12, 28), name="Juleferie"))
    with act(world.coordinator):
        preview = queries.plan_preview(world.coordinator, draft, PLAN, instead=False)
        assert services.plan_sessions(world.coordinator, draft, PLAN, now=now) == len(preview.sessions) == 6
    assert [(day.day, day.reason) for day in preview.passed_over] == [
        (date(2026, 12, 25), "Juledag"),
        (date(2026, 12, 28), "Juleferie"),
        (date(2027, 1, 1), "Nytårsdag"),
    ]
    assert preview.minutes == 6 * 300
    assert [len(rows) for _month, rows in preview.months] == [5, 1]
    with act(world.coordinator) as session:
        run = run_of(session, draft)
        assert (run.starts_on, run.ends_on) == (date(2026, 12, 7), date(2027, 1, 4))
        assert run.school_access_until == date(2027, 4, 4)
        page = queries.detail_page(world.coordinator, draft, date(2026, 11, 23))
        assert (page.taking_place, page.minutes) == (6, 1800)


def test_a_plan_is_put_beside_or_in_place_of_the_sessions_there_are(world, act, now, draft):
    fridays = replace(PLAN, weekdays=frozenset({4}), start_time=time(12))
    with act(world.coordinator):
        services.plan_sessions(world.coordinator, draft, PLAN, now=now)
    with pytest.raises(Invalid) as refused, act(world.coordinator):
        services.plan_sessions(world.coordinator, draft, fridays, now=now)
    assert refused.value.errors["starts_on"][0] == "session.overlap"
    with act(world.coordinator) as session:
        services.plan_sessions(world.coordinator, draft, fridays, instead=True, now=now)
        assert days_of(session, draft) == [date(2026, 12, 11), date(2026, 12, 18)]
        assert run_of(session, draft).ends_on == date(2026, 12, 18)


def test_sessions_with_a_register_stay(world, act, now, everything, opened):
    with everything() as session:
        run = run_of(session, opened)
        first = session.scalars(
            select(CourseSession).where(CourseSession.course_run_id == opened).order_by(CourseSession.day)
        ).first()
        seat = make_participant(world, run, world.caseworker, world.municipality)
        make_mark(seat, first, world.coordinator, status="present")
        marked = first.id
    with act(world.coordinator):
        rows = queries.detail_page(world.coordinator, opened, date(2026, 11, 23)).sessions
        assert [row.id for row in rows if row.marked] == [marked]
    deeds = (
        lambda: services.plan_sessions(world.coordinator, opened, PLAN, instead=True, now=now),
        lambda: services.save_session(world.coordinator, marked, SESSION, now=now),
        lambda: services.cancel_session(world.coordinator, marked, now=now),
    )
    for deed in deeds:
        with pytest.raises(Refused) as refused, act(world.coordinator):
            deed()
        assert refused.value.code == "session.has_marks"


def test_one_session_is_added_moved_cancelled_and_restored(world, act, now, draft):
    me = world.coordinator
    with act(me):
        services.add_session(me, draft, SESSION, now=now)
        services.add_session(me, draft, replace(SESSION, day=date(2026, 12, 9)), now=now)
    with act(me) as session:
        first, second = session.scalars(
            select(CourseSession).where(CourseSession.course_run_id == draft).order_by(CourseSession.day)
        ).all()
        ids = first.id, second.id
        services.save_session(me, ids[1], replace(SESSION, day=date(2026, 12, 20)), now=now)
        assert run_of(session, draft).ends_on == date(2026, 12, 20)
        services.cancel_session(me, ids[1], now=now)
        assert run_of(session, draft).ends_on == date(2026, 12, 8)
        assert queries.detail_page(me, draft, date(2026, 11, 23)).minutes == 180
        services.restore_session(me, ids[1], now=now)
        assert run_of(session, draft).ends_on == date(2026, 12, 20)
    for field, facts in (
        ("day", replace(SESSION, start_time=time(11))),
        ("end_time", replace(SESSION, end_time=time(8))),
        ("module_id", replace(SESSION, day=date(2026, 12, 1), module_id=999_999)),
    ):
        with pytest.raises(Invalid) as refused, act(me):
            services.add_session(me, draft, facts, now=now)
        assert list(refused.value.errors) == [field]
    with pytest.raises(NotFound), act(world.far_coordinator):
        services.cancel_session(world.far_coordinator, ids[0], now=now)


def test_a_run_opens_once_its_changes_are_decided(world, act, now, draft, everything):
    me = world.coordinator
    with pytest.raises(Refused) as refused, act(me):
        services.open_run(me, draft, now=now)
    assert refused.value.code == "run.no_sessions"
    with act(me):
        services.plan_sessions(me, draft, PLAN, now=now)
    with everything() as session:
        earlier = make_run(world, state=RunState.ENDED)
        change = make_proposed_change(earlier, next_run_id=draft).id
    with pytest.raises(Refused) as refused, act(me):
        services.open_run(me, draft, now=now)
    assert (refused.value.code, refused.value.facts) == ("run.changes_undecided", {"count": 1})
    with everything() as session:
        session.get(ProposedChange, change).state = "declined"
    with act(me) as session:
        services.open_run(me, draft, now=now)
        assert run_of(session, draft).state is RunState.OPEN
        told = {world.caseworker.user_id, world.other_caseworker.user_id}
        assert set(letters_of(session, "run_opened")) == told
    with pytest.raises(Refused) as refused, act(me):
        services.open_run(me, draft, now=now)
    assert refused.value.code == "run.move"


def test_a_cancelled_run_gives_its_candidates_back_to_the_pool(world, act, now, everything, opened):
    me = world.coordinator
    with everything() as session:
        run = run_of(session, opened)
        seat = make_participant(world, run, world.caseworker, world.municipality)
        in_line = make_nomination(
            make_candidate(world.other_municipality, world.other_caseworker), (world.kitchen,)
        )
        waiting = make_enrolment(in_line, run, state="waiting")
        ids = seat.id, waiting.id, seat.nomination_id, in_line.id
    with pytest.raises(Invalid), act(me):
        services.cancel_run(me, opened, " ", now=now)
    with act(me) as session:
        page = queries.cancellation_page(me, opened)
        assert (page.seats.taken, page.seats.waiting) == (1, 1)
        assert page.jobcenters == ("Haderslev", "Aabenraa")  # aa is the last letter
        assert services.cancel_run(me, opened, "For få deltagere", now=now) == 2
    with everything() as session:
        assert run_of(session, opened).state is RunState.CANCELLED
        assert {session.get(Enrolment, row).state.value for row in ids[:2]} == {"withdrawn"}
        assert {session.get(Nomination, row).state.value for row in ids[2:]} == {"submitted"}
        moves = session.scalars(select(NominationMove.deed).where(NominationMove.course_run_id == opened))
        assert sorted(moves) == ["return_to_pool", "withdraw", "withdraw"]
        told = {world.caseworker.user_id, world.other_caseworker.user_id, world.teacher.user_id}
        assert set(letters_of(session, "run_cancelled")) == told


def test_a_run_below_its_minimum_may_be_confirmed(world, act, now, opened):
    with act(world.coordinator) as session:
        page = queries.confirmation_page(world.coordinator, opened)
        assert page.missing == 2
        services.confirm_run(world.coordinator, opened, now=now)
        assert run_of(session, opened).state is RunState.CONFIRMED
    with pytest.raises(Refused), act(world.coordinator):
        services.confirm_run(world.coordinator, opened, now=now)


def test_the_calendar_begins_and_ends_confirmed_runs(world, clock, everything):
    with everything():
        confirmed = make_run(world, state=RunState.CONFIRMED, weeks=2).id  # 23 and 30 November
        still_open = make_run(world, state=RunState.OPEN, weeks=2).id
    states = []
    for _ in range(3):
        with everything() as session:
            services.advance_runs(now=clock())
            states.append(run_of(session, confirmed).state)
        clock.forward(days=4)
    assert states == [RunState.RUNNING] * 2 + [RunState.ENDED]
    with everything() as session:
        assert run_of(session, still_open).state is RunState.OPEN
        assert session.scalars(select(Evaluation.course_run_id)).all() == [confirmed]


def test_the_next_run_takes_over_pattern_questions_and_proposed_changes(world, act, now, everything):
    me = world.coordinator
    with everything() as session:
        earlier = make_run(
            world, state=RunState.ENDED, starts_on=date(2026, 10, 5), decide_by=date(2026, 9, 21)
        )
        change = make_proposed_change(earlier).id
        save(ClosingDay(school_id=world.other_school, day=date(2027, 1, 11), name="Lukket"))
        earlier_id = earlier.id
    with act(me):
        preview = queries.next_preview(me, earlier_id, world.other_school, date(2027, 1, 1))
        run_id = services.plan_next_run(
            me,
            earlier_id,
            title="Køkkenhold 2",
            school_id=world.other_school,
            starts_on=date(2027, 1, 1),
            now=now,
        )
    assert [day.reason for day in preview.passed_over] == ["Lukket"]
    with act(me) as session:
        run = run_of(session, run_id)
        assert days_of(session, run_id) == [date(2027, 1, 4), date(2027, 1, 18), date(2027, 1, 25)]
        assert (run.state, run.predecessor_id, run.school_id) == ("draft", earlier_id, world.other_school)
        assert (run.starts_on, run.decide_by) == (date(2027, 1, 4), date(2026, 12, 21))
        assert run.question_set_id == world.questions
        assert session.get(ProposedChange, change).next_run_id == run_id
        assert queries.detail_page(me, run_id, date(2026, 11, 23)).predecessor.id == earlier_id
    with pytest.raises(Refused) as refused, act(me):
        services.plan_next_run(
            me, run_id, title="x", school_id=world.school, starts_on=date(2027, 1, 1), now=now
        )
    assert refused.value.code == "run.draft_has_no_next"
    with pytest.raises(NotFound), act(world.far_coordinator):
        services.plan_next_run(
            world.far_coordinator,
            earlier_id,
            title="x",
            school_id=world.far_school,
            starts_on=date(2027, 1, 1),
            now=now,
        )


def test_who_sees_which_run(world, act, everything, opened, draft):
    today = date(2026, 11, 23)
    for actor in (world.coordinator, world.caseworker, world.teacher):
        with act(actor):
            assert queries.detail_page(actor, opened, today).head.id == opened
    for actor in (world.far_coordinator, world.far_caseworker, world.other_teacher, world.far_teacher):
        with act(actor), pytest.raises(NotFound):
            queries.detail_page(actor, opened, today)
    with act(world.caseworker), pytest.raises(NotFound):
        queries.run_head(world.caseworker, draft)
    with act(world.teacher):
        assert queries.run_head(world.teacher, draft).tabs[0] == "detail"
    with act(world.caseworker):
        rows = queries.overview_page(world.caseworker, queries.RunFilter()).rows
        assert [row.id for row in rows] == [opened]


def test_seats_are_counted_over_all_municipalities_and_the_pool_is_the_coordinators(
    world, act, everything, opened
):
    with everything() as session:
        run = run_of(session, opened)
        make_participant(world, run, world.caseworker, world.municipality)
        make_participant(world, run, world.other_caseworker, world.other_municipality, state="offered")
        run.minimum, run.capacity = 3, 4
        for municipality in (world.municipality, world.municipality, world.other_municipality):
            make_nomination(make_candidate(municipality, world.caseworker), (world.kitchen, world.care))
    for actor in (world.coordinator, world.caseworker, world.teacher):
        with act(actor):
            page = queries.detail_page(actor, opened, date(2026, 11, 23))
            assert (page.seats.taken, page.seats.offered, page.missing) == (1, 1, 1), actor
            row = queries.overview_page(actor, queries.RunFilter(free_seats=True)).rows[0]
            assert (row.free, row.missing) == (2, 1)
            if actor is world.coordinator:
                wished = queries.confirmation_page(actor, opened).pool
                counted = [(row.municipality, row.count) for row in wished]
                assert counted == [("Haderslev", 2), ("Aabenraa", 1)]
