"""Deeds for several people: all of them or none, and never a neighbour's."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from coordination.domain.candidates import TargetGroup
from coordination.domain.errors import Invalid, NotFound, Refused
from coordination.domain.legal_bases import Basis, LegalBasis
from coordination.models import AuditEntry, Letter, Nomination, NominationMove, Reason
from coordination.queries import bulk as queries
from coordination.services import bulk as services
from tests.factories import make_candidate, make_enrolment, make_nomination, make_run

TODAY = date(2026, 11, 23)
BASIS = Basis(LegalBasis.INFORMED, TODAY, date(2028, 11, 23))


@pytest.fixture
def people(world, everything):
    """Ten who were never nominated."""
    with everything():
        return [
            make_candidate(world.municipality, world.caseworker, name=f"Person {number}").id
            for number in range(10)
        ]


@pytest.fixture
def nominated(world, everything):
    """Three in the pool."""
    with everything():
        found = [make_candidate(world.municipality, world.caseworker, name=f"I puljen {n}") for n in range(3)]
        for person in found:
            make_nomination(person, (world.kitchen,))
        return [person.id for person in found]


def nominate(act, actor, people, sectors, now, **more):
    with act(actor):
        return services.nominate(actor, people, sectors, basis=BASIS, today=TODAY, now=now, **more)


def states(everything):
    with everything() as session:
        rows = session.execute(select(Nomination.state, func.count()).group_by(Nomination.state))
        return {str(state): number for state, number in rows}


def test_ten_are_nominated_with_wishes_basis_and_history(world, act, everything, people, now):
    done = nominate(act, world.caseworker, people, [world.care, world.kitchen], now)
    assert (done.people, done.left_out) == (10, 0)
    assert states(everything) == {"submitted": 10}
    with everything() as session:
        assert set(session.scalars(select(Nomination.basis_until))) == {BASIS.until}
        assert session.scalar(select(func.count()).select_from(NominationMove)) == 10
        (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.deed == "bulk.nominate"))
        assert entry.facts == {"people": 10, "left_out": 0}


def test_a_second_press_nominates_nobody_twice(world, act, everything, people, now):
    nominate(act, world.caseworker, people, [world.care], now)
    with pytest.raises(Refused, match="none_able"):
        nominate(act, world.caseworker, people, [world.care], now, leave_out=True)
    assert states(everything) == {"submitted": 10}


def test_those_who_cannot_are_left_out_only_when_one_says_so(world, act, everything, people, nominated, now):
    chosen = [*people[:2], nominated[0]]
    with pytest.raises(Invalid) as refused:
        nominate(act, world.caseworker, chosen, [world.care], now)
    assert set(refused.value.errors) == {"leave_out"}
    assert states(everything) == {"submitted": 3}
    done = nominate(act, world.caseworker, chosen, [world.care], now, leave_out=True)
    assert (done.people, done.left_out) == (2, 1)
    assert states(everything) == {"submitted": 5}


def test_every_rule_that_stops_a_person_is_told(world, act, everything, people):
    with everything():
        old = make_candidate(
            world.municipality,
            world.caseworker,
            name="For Gammel",
            birth_date=date(1950, 1, 1),
            target_group=TargetGroup.NONE_OF_THESE,
        ).id
    with act(world.caseworker):
        page = queries.confirm_page(world.caseworker, "nominate", [people[0], old], TODAY)
    assert [person.name for person in page.able] == ["Person 0"]
    (unable,) = page.unable
    codes = {finding.code for finding in unable.findings}
    assert codes == {
        "eligibility.target_group",
        "eligibility.age_under",
    }


@pytest.mark.parametrize("sectors", ["none", "twice", "foreign"])
def test_wishes_that_cannot_be_used_stop_everybody(world, act, everything, people, now, sectors):
    wishes = {"none": [], "twice": [world.care] * 2, "foreign": [world.far_sector]}[sectors]
    with pytest.raises(Invalid) as refused:
        nominate(act, world.caseworker, people, wishes, now)
    assert set(refused.value.errors) == {"wishes"}
    assert states(everything) == {}


@pytest.mark.parametrize("who", ["other_caseworker", "coordinator", "far_caseworker"])
def test_a_person_out_of_reach_stops_everything(world, act, everything, people, now, who):
    """The coordinator does not know of people who were never sent to the pool."""
    actor = getattr(world, who)
    with everything():
        own = make_candidate(max(actor.municipalities), actor)
        make_nomination(own, (), state="withdrawn")
        own_id = own.id
    for chosen in ([own_id, people[0]], [own_id, 999_999], [own_id, 2**40]):
        with pytest.raises(NotFound):
            nominate(act, actor, chosen, [world.care], now)
    assert states(everything) == {"withdrawn": 1}


def test_one_that_is_refused_on_the_way_takes_all_of_it_back(
    world, act, everything, people, now, monkeypatch
):
    """A refusal in the middle leaves no half of the people behind, also where the same request goes on."""
    one, done = services.nominations.nominate, []

    def third_is_refused(*args, **more):
        if len(done) == 2:
            raise Refused("nomination.live")
        done.append(one(*args, **more))

    monkeypatch.setattr(services.nominations, "nominate", third_is_refused)
    with act(world.caseworker) as session:
        with pytest.raises(Refused):
            services.nominate(world.caseworker, people, [world.care], basis=BASIS, today=TODAY, now=now)
        assert session.scalar(select(func.count()).select_from(Nomination)) == 0
    assert states(everything) == {}


def test_parking_several(world, act, everything, nominated, people, now):
    until = date(2027, 1, 4)
    with everything() as session:
        reason = session.scalars(select(func.min(Reason.code)).where(Reason.kind == "park")).one()
    with act(world.caseworker):
        done = services.park(
            world.caseworker, [*nominated, people[0]], until, reason, leave_out=True, today=TODAY, now=now
        )
    assert (done.people, done.left_out) == (3, 1)
    assert states(everything) == {"parked": 3}
    with everything() as session:
        assert set(session.scalars(select(Nomination.parked_until))) == {until}


def test_parking_asks_for_day_and_reason(world, act, everything, nominated, now):
    for until, reason in ((None, "other"), (date(2020, 1, 1), "other"), (date(2027, 1, 4), "nonsense")):
        with pytest.raises(Invalid), act(world.caseworker):
            services.park(world.caseworker, nominated, until, reason, today=TODAY, now=now)
    assert states(everything) == {"submitted": 3}


def test_withdrawing_several_gives_up_their_seats(world, act, everything, nominated, now):
    with everything() as session:
        run = make_run(world, starts_on=date(2027, 2, 1))
        nomination = session.scalars(select(Nomination).order_by(Nomination.id)).first()
        nomination.state = "offered"
        make_enrolment(nomination, run, state="offered")
    with act(world.caseworker):
        done = services.withdraw(
            world.caseworker, nominated, "got_job", note="Samme sag", today=TODAY, now=now
        )
    assert done.people == 3
    assert states(everything) == {"withdrawn": 3}
    with everything() as session:
        assert session.scalar(select(func.count()).select_from(Letter)) >= 1


def test_one_whose_course_has_begun_is_named(world, act, everything, nominated):
    with everything() as session:
        run = make_run(world, state="running")
        nomination = session.scalars(select(Nomination).order_by(Nomination.id)).first()
        nomination.state = "accepted"
        make_enrolment(nomination, run, state="confirmed")
    with act(world.caseworker):
        page = queries.confirm_page(world.caseworker, "withdraw", nominated, TODAY)
    assert [(person.name, person.problem[0]) for person in page.unable] == [
        ("I puljen 0", "nomination.run_begun")
    ]
