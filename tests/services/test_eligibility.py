"""Who cannot be nominated, and what the clock tells a caseworker in time, once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from coordination.db import db
from coordination.domain.candidates import Scheme, TargetGroup
from coordination.domain.errors import Refused
from coordination.models import Candidate, EligibilityNotice, Letter, User
from coordination.queries import eligibility as queries
from coordination.queries.today import start_page
from coordination.services import eligibility as services
from tests.factories import make_candidate

TODAY = date(2026, 11, 23)
FINE = {
    "birth_date": date(1990, 1, 1),
    "residence_since": date(2020, 1, 1),
    "target_group": TargetGroup.REFUGEE,
}


def candidate(world, **more) -> Candidate:
    caseworker = more.pop("caseworker", world.caseworker)
    municipality = more.pop("municipality", world.municipality)
    return make_candidate(
        municipality, caseworker, **{"scheme": Scheme.IGU, "igu_start": None, **FINE, **more}
    )


def warn(everything, clock):
    with everything():
        services.warn(now=clock())


def letters(everything) -> list[tuple[int, dict]]:
    with everything() as session:
        found = session.scalars(select(Letter).where(Letter.letter == "eligibility_ends").order_by(Letter.id))
        return [(letter.recipient_id, letter.facts) for letter in found]


def test_every_rule_that_stops_a_nomination_is_told_at_once(world, everything):
    with everything():
        old = candidate(world, birth_date=date(1970, 1, 1), residence_since=date(2000, 1, 1))
        with pytest.raises(Refused) as refused:
            services.check_nomination(old, TODAY)
        assert refused.value.code == "eligibility.cannot"
        told = [finding.rule for finding in refused.value.facts["findings"]]
        assert told == ["age_under", "residence_up_to"]
        for other in ({}, {"residence_since": None, "target_group": None}):
            services.check_nomination(candidate(world, **other), TODAY)
        services.check_nomination(
            candidate(world, scheme=Scheme.ORDINARY, birth_date=date(1950, 1, 1)), TODAY
        )


def test_many_people_are_judged_with_one_statement(world, everything):
    with everything() as session:
        people = [candidate(world, birth_date=date(1990 - number, 1, 1)) for number in range(30)]
        session.flush()
        seen: list[str] = []

        def count(_conn, _cursor, statement, *_):
            seen.append(statement)

        sa.event.listen(db.engine, "before_cursor_execute", count)
        found = queries.findings(people, TODAY)
        sa.event.remove(db.engine, "before_cursor_execute", count)
    assert len(seen) == 1
    assert [bool(found[person.id]) for person in people] == [
        TODAY.year - person.birth_date.year >= 50 for person in people
    ]


def test_a_caseworker_hears_once_and_before_it_happens(world, everything, clock, act):
    with everything():
        soon = candidate(world, name="Snart Halvtreds", birth_date=date(1976, 12, 24)).id
        candidate(world, name="Også Snart", residence_since=date(2006, 12, 23))
        candidate(
            world,
            name="Har Begyndt",
            birth_date=date(1976, 12, 24),
            igu_start=date(2026, 9, 1),
            plan_ready_on=date(2026, 9, 1),
        )
    warn(everything, clock)
    assert letters(everything) == []  # both borders are 31 days away
    clock.forward(days=1)
    warn(everything, clock)
    warn(everything, clock)
    assert letters(everything) == [(world.caseworker.user_id, {"rules": 2, "deadlines": 0})]
    clock.forward(days=10)
    warn(everything, clock)
    assert len(letters(everything)) == 1
    with everything() as session:
        notices = session.scalars(
            select(EligibilityNotice).where(EligibilityNotice.candidate_id == soon)
        ).all()
        assert [(row.what, row.day) for row in notices] == [("rule:age_under", date(2026, 12, 24))]


def test_deadlines_are_told_a_week_before_and_when_they_have_passed(world, everything, clock, act):
    with everything():
        candidate(world, agreement_signed_on=date(2026, 10, 31), igu_start=date(2026, 11, 1))
    warn(everything, clock)  # agreement due on 30 November, the plan too
    assert letters(everything) == [(world.caseworker.user_id, {"rules": 0, "deadlines": 1})]
    clock.forward(days=3)
    warn(everything, clock)
    assert len(letters(everything)) == 1
    clock.forward(days=6)
    warn(everything, clock)
    assert len(letters(everything)) == 2
    with everything() as session:
        whats = set(session.scalars(select(EligibilityNotice.what)))
    assert whats == {
        "agreement_in_vitas",
        "agreement_in_vitas_overdue",
        "teaching_plan",
        "teaching_plan_overdue",
    }


def test_old_deadlines_that_nobody_wrote_down_are_let_be(world, everything, clock):
    with everything():
        candidate(world, agreement_signed_on=date(2026, 1, 1), igu_start=date(2026, 2, 1))
    warn(everything, clock)
    assert letters(everything) == []


def test_where_an_account_is_closed_a_colleague_hears(world, everything, clock):
    with everything() as session:
        candidate(world, birth_date=date(1976, 12, 1), caseworker=world.leader)
        session.get(User, world.leader.user_id).active = False
    warn(everything, clock)
    assert [recipient for recipient, _ in letters(everything)] == [world.caseworker.user_id]


def test_the_start_page_lists_what_was_told_while_it_is_so(world, everything, clock, act):
    with everything():
        person = candidate(world, name="Snart Halvtreds", birth_date=date(1976, 12, 1)).id
        candidate(
            world,
            birth_date=date(1976, 12, 2),
            municipality=world.other_municipality,
            caseworker=world.other_caseworker,
        )
    with act(world.caseworker):
        assert start_page(world.caseworker, TODAY).outside == ()
    warn(everything, clock)
    with act(world.caseworker):
        page = start_page(world.caseworker, TODAY)
        assert [(row.name, row.coming.day, row.is_mine) for row in page.outside] == [
            ("Snart Halvtreds", date(2026, 12, 1), True)
        ]
        assert person in page.person_ids
    for actor in (world.coordinator, world.teacher, world.leader, world.admin, world.far_caseworker):
        with act(actor):
            assert start_page(actor, TODAY).outside == ()
    with everything() as session:
        session.get(Candidate, person).igu_start = TODAY + timedelta(days=1)
    with act(world.caseworker):
        assert start_page(world.caseworker, TODAY).outside == ()
