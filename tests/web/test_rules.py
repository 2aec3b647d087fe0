"""The administrator's pages on the rules of the IGU: validated in words, audited, and at work at once."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from coordination.models import AuditEntry, IguRule, Rate
from coordination.queries.rules import igu_rules
from tests.domain.test_eligibility import RULES
from tests.factories import make_candidate

ASKED = {
    "kind": "ask",
    "starts_from": "2026-01-01",
    "effect": "check",
    "wording": "Har kandidaten en straffeattest?",
    "wording_en": "Does the candidate have a clean record?",
    "source": "Aftale mellem jobcentrene, 2026",
}


@pytest.fixture
def admin(world, login):
    return login(world.admin)


@pytest.fixture
def candidate(world, everything):
    with everything():
        return make_candidate(world.municipality, world.caseworker).id


def test_the_stored_rules_are_those_the_tables_of_cases_try(app):
    def key(rule):
        return (rule.kind, rule.number, rule.day, rule.starts_from, rule.starts_until, rule.effect)

    assert {key(rule) for rule in igu_rules()} == {key(rule) for rule in RULES}


@pytest.mark.parametrize(
    ("start", "there", "not_there"),
    [
        ("2021-04-30", ("under 5 års ophold", "20 uger i skole"), ("23 uger i skole",)),
        ("2021-05-01", ("under 10 års ophold", "23 uger i skole"), ("20 uger i skole",)),
        (
            "2026-11-23",
            ("under 50 år", "højst 20 års ophold", "start senest den 31. dec. 2027"),
            ("under 40 år",),
        ),
    ],
)
def test_the_rules_for_a_start_stand_first_with_their_source(admin, start, there, not_there):
    page = admin.get(f"/rules?start={start}").text
    in_force, _, _others = page.partition('id="others"')
    for text in (*there, "Lov om integrationsgrunduddannelse"):
        assert text in in_force
    for text in not_there:
        assert text not in in_force


@pytest.mark.parametrize("asked", ["", "start=nonsense", "start=%00", "start="])
def test_an_odd_address_still_shows_the_rules(admin, asked):
    assert admin.get(f"/rules?{asked}").status_code == 200


def test_a_rule_added_without_code_is_at_work_at_once(world, admin, login, candidate, everything):
    caseworker = login(world.caseworker)
    assert ASKED["wording"] not in caseworker.get(f"/candidates/{candidate}").text
    answer = admin.post("/rules", data=ASKED, follow_redirects=True)
    assert "Reglen er tilføjet" in answer.text
    page = caseworker.get(f"/candidates/{candidate}").text
    assert ASKED["wording"] in page
    assert ASKED["source"] in page
    with everything() as session:
        entry = session.scalar(select(AuditEntry).where(AuditEntry.deed == "rules.add"))
        assert (entry.actor_id, entry.facts["starts_from"]) == (world.admin.user_id, "2026-01-01")


def test_a_rule_with_a_number_stops_nominations_at_once(world, admin, login, candidate):
    stricter = {"kind": "exam_at_least", "number": "2", "effect": "cannot", "source": "Ny bekendtgørelse"}
    assert admin.post("/rules", data=ASKED | stricter | {"wording": ""}).status_code == 302
    page = login(world.caseworker).get(f"/candidates/{candidate}").text
    assert "Prøve i Dansk 2 er bestået" in page
    assert "Stopper en indstilling" in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": "age_under", "starts_from": "2030-01-01"}, "number"),
        ({"kind": "age_under", "starts_from": "2030-01-01", "number": "500"}, "number"),
        ({"kind": "start_until", "starts_from": "2030-01-01"}, "day"),
        ({"starts_until": "2025-12-31"}, "starts_until"),
        ({"starts_from": "2016-06-30"}, "starts_from"),
        ({"kind": "age_under", "number": "45"}, "starts_from"),
        ({"wording": "  "}, "wording"),
        ({"wording": "x" * 301}, "wording"),
        ({"wording_en": "\0"}, "wording_en"),
        ({"source": ""}, "source"),
        ({"kind": "nonsense"}, "kind"),
        ({"starts_from": "32-13-2026"}, "starts_from"),
    ],
)
def test_what_cannot_be_a_rule_is_told_beside_its_field(admin, everything, typed, field):
    answer = admin.post("/rules", data=ASKED | typed)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    with everything() as session:
        assert session.scalar(select(IguRule).where(IguRule.source == ASKED["source"])) is None


def the_rule(session, **columns) -> IguRule:
    return session.scalars(select(IguRule).filter_by(**columns)).one()


def test_a_rule_is_ended_and_another_one_takes_over(admin, everything, world):
    with everything() as session:
        old = the_rule(session, kind="age_under", number=50)
        typed = {"number": 50, "starts_from": "2024-01-01", "effect": "cannot", "source": old.source}
        rule_id = old.id
    assert f"/rules/{rule_id}/edit" in admin.get("/rules").text
    answer = admin.post(
        f"/rules/{rule_id}/edit", data=typed | {"starts_until": "2026-12-31"}, follow_redirects=True
    )
    assert "Reglen er gemt" in answer.text
    newer = typed | {"kind": "age_under", "number": 55, "starts_from": "2027-01-01"}
    assert admin.post("/rules", data=newer).status_code == 302
    assert "under 55 år" in admin.get("/rules?start=2027-01-01").text.partition('id="others"')[0]
    with everything() as session:
        assert session.get(IguRule, rule_id).starts_until == date(2026, 12, 31)
        entry = session.scalar(select(AuditEntry).where(AuditEntry.deed == "rules.save"))
        assert entry.facts == {"kind": "age_under", "starts_until": [None, "2026-12-31"]}


def test_only_a_rule_nobody_began_under_can_be_removed(admin, everything):
    admin.post("/rules", data=ASKED | {"starts_from": "2027-06-01"})
    with everything() as session:
        future = the_rule(session, kind="ask").id
        in_force = the_rule(session, kind="target_group").id
    assert "kommer ikke til at gælde" in admin.get(f"/rules/{future}/remove").text
    assert admin.post(f"/rules/{future}/remove").status_code == 302
    assert admin.post(f"/rules/{in_force}/remove").status_code == 422
    with everything() as session:
        assert session.get(IguRule, future) is None
        assert session.get(IguRule, in_force) is not None


def test_rates_are_added_from_a_day_and_taken_back_before_it(admin, everything):
    typed = {
        "kind": "bonus_after_6_months",
        "kroner": "25.000,50",
        "valid_from": "2027-01-01",
        "source": "Finansloven",
    }
    page = admin.post("/rates", data=typed, follow_redirects=True).text
    assert "Satsen er gemt" in page
    assert "25.000,5" in page
    with everything() as session:
        row = session.scalars(select(Rate).where(Rate.source == "Finansloven")).one()
        assert row.amount_ore == 2_500_050
        rate_id, first = row.id, session.scalars(select(func.min(Rate.id)).where(Rate.id != row.id)).one()
    assert "kommer ikke til at gælde" in admin.get(f"/rates/{rate_id}/remove").text
    assert admin.post(f"/rates/{first}/remove").status_code == 422
    assert admin.post(f"/rates/{rate_id}/remove").status_code == 302
    with everything() as session:
        assert session.get(Rate, rate_id) is None


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kroner": "mange"}, "kroner"),
        ({"kroner": "-5"}, "kroner"),
        ({"kroner": "99999999"}, "kroner"),
        ({"valid_from": "2016-07-01"}, "valid_from"),
        ({"valid_from": "2010-01-01"}, "valid_from"),
        ({"valid_from": ""}, "valid_from"),
        ({"source": ""}, "source"),
    ],
)
def test_what_cannot_be_a_rate_is_told_beside_its_field(admin, typed, field):
    whole = {"kind": "bonus_after_6_months", "kroner": "1", "valid_from": "2027-01-01", "source": "x"}
    answer = admin.post("/rates", data=whole | typed)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


def test_a_nomination_that_cannot_be_says_every_rule_in_words(world, login, everything):
    with everything():
        old = make_candidate(
            world.municipality,
            world.caseworker,
            birth_date=date(1970, 1, 1),
            residence_since=date(2000, 1, 1),
            igu_start=None,
        ).id
    typed = {"basis": "informed", "basis_given_on": "2026-11-20", "basis_until": "", "deed": "submit"}
    answer = login(world.caseworker).post(
        f"/candidates/{old}/nominate", data=typed | {"wish_1": world.kitchen, "wish_2": 0}
    )
    assert answer.status_code == 422
    for text in (
        "Kandidaten kan ikke indstilles",
        "56 år ved start i dag; reglen er under 50 år",
        "mere end 20 år ved start i dag",
        "(Lov om integrationsgrunduddannelse, L 82 (2023-24))",
    ):
        assert text in answer.text
