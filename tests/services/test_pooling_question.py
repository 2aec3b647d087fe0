"""The question of the pooling holds what is stored, in keys only; seats people hold come before rules."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from coordination.domain.candidates import DanishExam, Scheme, TargetGroup
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.nominations import NominationState
from coordination.domain.pooling.checking import check
from coordination.domain.pooling.instances import as_instance, read_instance
from coordination.domain.pooling.pairs import first_reason
from coordination.domain.pooling.problem import Employer as Limit
from coordination.domain.pooling.problem import Seat, Wish
from coordination.domain.pooling_question import day_number
from coordination.domain.priorities import Priority
from coordination.models import Employer, Nomination, Track, TravelTime
from coordination.queries.pooling_question import question
from tests.factories import (
    make_candidate,
    make_enrolment,
    make_nomination,
    make_participant,
    make_reserved,
    make_run,
    make_session,
    make_unavailability,
    save,
)

JANUARY = date(2027, 1, 11)


@pytest.fixture
def ask(act, world, now):
    def build(**more):
        with act(world.coordinator):
            return question(world.coordinator, world.partnership, now.date(), **more)

    return build


@pytest.fixture
def someone(world, everything):
    """A nomination for kitchen of a new person of the first jobcenter; facts of both as given."""

    def make(facts=None, sectors=None, **more):
        with everything():
            person = make_candidate(world.municipality, world.caseworker, **(facts or {}))
            return make_nomination(person, sectors or (world.kitchen,), **more).id

    return make


def person_of(asked, key):
    return next(one for one in asked.candidates if one.id == str(key))


def test_runs_that_take_people_and_have_not_begun_soonest_first(world, everything, ask):
    with everything() as session:
        later = make_run(world, starts_on=JANUARY + timedelta(days=30), state=RunState.CONFIRMED).id
        sooner = make_run(world, starts_on=JANUARY, price_ore=1_250_000)
        make_session(sooner, JANUARY, starts_at=time(15))
        make_session(sooner, JANUARY + timedelta(days=1), cancelled=True)
        session.get(Track, world.track).exam_needed = DanishExam.PD2
        for state in (RunState.DRAFT, RunState.CANCELLED, RunState.RUNNING):
            make_run(world, starts_on=JANUARY, state=state)
        make_run(world, starts_on=date(2026, 11, 23))  # today
        wanted = [str(sooner.id), str(later)]
    runs = ask().runs
    assert [run.id for run in runs] == wanted
    first = day_number(JANUARY)
    assert runs[0].sessions == tuple((first + 7 * week, first + 7 * week + 1) for week in range(3))
    assert (runs[0].cost, runs[0].lang_min, runs[0].committed) == (12_500, 2, False)
    assert runs[-1].committed


def test_seats_kept_for_a_municipality_hold_until_their_day(world, everything, ask):
    with everything():
        run = make_run(world, starts_on=JANUARY)
        for home, release in (
            (world.municipality, date(2026, 11, 23)),
            (world.other_municipality, date(2026, 11, 24)),
        ):
            make_reserved(run, home, 2, release_on=release)
    assert ask().runs[0].reserved == {str(world.other_municipality): 2}


def test_people_stand_in_the_order_of_the_line_and_weigh_by_priority(world, everything, ask, someone):
    with everything():
        make_run(world, starts_on=JANUARY)
    first, second = someone(), someone()
    high = someone(priority=Priority.HIGH)
    someone(state=NominationState.PARKED)
    someone(state=NominationState.DRAFT, submitted_at=None)
    people = ask().candidates
    assert [one.id for one in people] == [str(high), str(first), str(second)]
    assert [one.weight for one in people] == [2, 1, 1]


def test_facts_of_a_person_become_numbers_and_keys(world, everything, ask, someone):
    with everything():
        limit = save(
            Employer(partnership_id=world.partnership, name="Hotel A/S", name_key="hotel", most_away=1)
        ).id
        save(Employer(partnership_id=world.partnership, name="Fri", name_key="fri", most_away=None))
        near, far = make_run(world, starts_on=JANUARY), make_run(world, school=world.other_school)
        far.starts_on = JANUARY
        travel = {"partnership_id": world.partnership, "from_municipality_id": world.municipality}
        save(TravelTime(**travel, school_id=world.school, minutes=40))
        far_id, near_id = far.id, near.id
    facts = {
        "employer": " HOTEL a/s ",
        "igu_start": date(2025, 2, 1),
        "danish_exam": DanishExam.PD3,
        "most_travel_minutes": 30,
    }
    key = someone(facts, sectors=(world.care, world.kitchen))
    other = someone({"scheme": Scheme.ORDINARY, "igu_start": None, "employer": "Fri"})
    asked = ask()
    one = person_of(asked, key)
    assert (one.employer, asked.employers) == (str(limit), (Limit(str(limit), 1),))
    assert (one.lang, one.jobcenter) == (3, str(world.municipality))
    assert one.deadline == day_number(date(2027, 2, 1))
    assert one.travel == {str(world.school): 40, str(world.other_school): 30}
    assert one.wishes == (Wish(1, sector=str(world.care)), Wish(2, sector=str(world.kitchen)))
    reasons = {run.id: first_reason(one, run) for run in asked.runs}
    assert reasons == {str(near_id): "TRAVEL", str(far_id): None}
    free = person_of(asked, other)
    assert (free.employer, free.deadline, free.max_travel, free.travel) == (None, None, None, {})


def test_periods_away_block_and_practice_days_do_not(world, everything, ask):
    with everything():
        run = make_run(world, starts_on=JANUARY)
        away = make_candidate(world.municipality, world.caseworker, practice_days=[0])
        make_unavailability(away, world.caseworker, from_day=JANUARY, until_day=JANUARY + timedelta(days=3))
        works = make_candidate(world.municipality, world.caseworker, practice_days=[0])
        keys = [make_nomination(one, (world.kitchen,)).id for one in (away, works)]
        make_unavailability(works, world.caseworker)
        run_id = str(run.id)
    asked = ask()
    (run,) = asked.runs
    assert run.id == run_id
    assert [first_reason(person_of(asked, key), run) for key in keys] == ["UNAVAILABLE", None]


def test_who_said_no_to_a_run_is_asked_about_the_others_of_the_sector(world, everything, ask, someone):
    key = someone()
    with everything() as session:
        refused, open_run = (make_run(world, starts_on=JANUARY) for _ in range(2))
        make_enrolment(session.get(Nomination, key), refused, state=EnrolmentState.DECLINED)
        wanted = str(open_run.id)
    assert person_of(ask(), key).wishes == (Wish(1, run=wanted),)


def test_seats_people_hold_are_locked_also_of_those_no_longer_shared(world, everything, ask):
    with everything() as session:
        run = make_run(world, starts_on=JANUARY, capacity=2)
        shared = make_participant(world, run, world.caseworker, world.municipality)
        hidden = make_participant(world, run, world.other_caseworker, world.other_municipality)
        session.get(Nomination, hidden.nomination_id).basis_until = date(2026, 11, 1)
        run_id, keys = str(run.id), [str(shared.nomination_id), str(hidden.nomination_id)]
    asked = ask(previous={keys[0]: run_id})
    assert [(one.id, one.locked, one.wishes != ()) for one in asked.candidates] == [
        (keys[0], (run_id,), True),
        (keys[1], (run_id,), False),
    ]
    assert asked.candidates[0].previous == (run_id,)


def test_a_person_the_rules_keep_out_is_not_lawful(world, everything, ask, someone):
    with everything():
        make_run(world, starts_on=JANUARY)
    key = someone({"target_group": TargetGroup.NONE_OF_THESE})
    assert not person_of(ask(), key).lawful


def test_the_question_is_the_public_format_and_comes_back_the_same(world, everything, ask, someone):
    with everything():
        make_run(world, starts_on=JANUARY)
    someone({"name": "Navn Navnesen", "employer": "Hotel"})
    asked = ask()
    written = as_instance(asked)
    assert read_instance(written) == asked
    assert "Navn" not in str(written)
    assert "Hotel" not in str(written)


def test_who_is_away_on_a_run_under_way_counts_for_the_employer_and_for_nothing_else(
    world, everything, ask, someone
):
    with everything():
        key = {"partnership_id": world.partnership, "name": "Hotel", "name_key": "hotel", "most_away": 1}
        save(Employer(**key))
        make_run(world, starts_on=JANUARY)
        running = make_run(world, state=RunState.RUNNING, starts_on=date(2026, 11, 16), weeks=12)
        for name in ("Hotel", "En anden"):
            person = make_candidate(world.municipality, world.caseworker, employer=name)
            nomination = make_nomination(person, (world.kitchen,), state=NominationState.ACCEPTED)
            make_enrolment(nomination, running)
        running_id = str(running.id)
    waiting = someone({"employer": "Hotel"})
    asked = ask()
    assert read_instance(as_instance(asked)) == asked
    _open, under_way = asked.runs
    assert (under_way.id, under_way.maximum, under_way.committed) == (running_id, 1, True)
    assert len(under_way.sessions) == 11
    held = [one for one in asked.candidates if one.locked]
    assert [(one.weight, one.locked) for one in held] == [(0, (running_id,))]
    plan = frozenset([Seat(held[0].id, running_id), Seat(str(waiting), _open.id)])
    assert [wrong.code for wrong in check(asked, plan)] == ["below_minimum", "employer_cap"]
