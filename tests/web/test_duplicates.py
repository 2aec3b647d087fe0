"""Who is already nominated: the answer names a jobcenter to call, and nothing else of another's citizen."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from coordination.adapters.cpr_vault import vault_from
from coordination.db import db
from coordination.domain.nominations import NominationState
from coordination.models import AuditEntry, Nomination, PersonView
from coordination.web.limits import LIMITS
from tests.conftest import environ
from tests.factories import make_candidate, make_nomination
from tests.web.test_candidates import TYPED

NUMBER, OTHER_NUMBER = "0707614285", "1503900001"
VAULT = vault_from((environ()["COORDINATION_CPR_KEYS"],), environ()["COORDINATION_CPR_HASH_KEY"])
NOT_NOMINATED = "Ikke indstillet"
ELSEWHERE = "Kontakt Jobcenter Aabenraa."


@pytest.fixture
def nominated(world, everything):
    """A person whom the other jobcenter nominated; returns the id of the nomination."""
    with everything():
        person = make_candidate(
            world.other_municipality,
            world.other_caseworker,
            name="Mærket Navn",
            cpr_sealed=VAULT.seal(NUMBER),
            cpr_hash=VAULT.fingerprint(NUMBER),
        )
        return make_nomination(person, (world.kitchen,), code="K-4711").id


def test_the_check_is_one_press_from_the_list_and_from_a_new_candidate(world, login):
    for person, pages in (
        (world.caseworker, ("/candidates", "/candidates/new")),
        (world.coordinator, ("/candidates",)),
    ):
        client = login(person)
        assert all('href="/duplicates"' in client.get(page).text for page in pages)


def ask(client, number: str = NUMBER):
    return client.post("/duplicates", data={"cpr": number})


def test_a_jobcenter_learns_whom_to_call_and_nothing_else(world, nominated, login, everything):
    page = ask(login(world.caseworker))
    assert page.status_code == 200
    assert ELSEWHERE in page.text
    for hidden in ("Mærket Navn", "K-4711", NUMBER[6:], "/candidates/"):
        assert hidden not in page.text.replace("/candidates/new", "")
    with everything() as session:
        (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.deed == "duplicates.check")).all()
        assert (entry.actor_id, entry.subject_id, entry.facts) == (
            world.caseworker.user_id,
            None,
            {"elsewhere": True},
        )
        assert session.scalars(select(PersonView)).all() == []


def test_nobody_is_found_under_another_number_or_from_another_partnership(world, nominated, login):
    assert NOT_NOMINATED in ask(login(world.caseworker), OTHER_NUMBER).text
    assert NOT_NOMINATED in ask(login(world.far_caseworker)).text
    assert NOT_NOMINATED in ask(login(world.far_coordinator)).text


@pytest.mark.parametrize(
    "changes",
    [
        {"state": NominationState.DRAFT, "submitted_at": None},
        {"state": NominationState.WITHDRAWN},
        {"basis_until": "yesterday"},
        {"basis_withdrawn_at": "now"},
    ],
)
def test_what_is_not_shared_is_not_told(world, nominated, login, everything, now, changes):
    values = {"yesterday": now.date() - timedelta(days=1), "now": now}
    with everything() as session:
        row = session.get(Nomination, nominated)
        for name, value in changes.items():
            setattr(row, name, values.get(value, value))
    assert NOT_NOMINATED in ask(login(world.caseworker)).text


def test_the_own_candidate_and_the_coordinators_lead_to_the_page_of_the_person(world, nominated, login):
    own = ask(login(world.other_caseworker)).text
    assert "Allerede indstillet herfra" in own
    assert "Åbn kandidaten" in own
    coordinators = ask(login(world.coordinator)).text
    assert ELSEWHERE in coordinators
    assert "Åbn kandidaten" in coordinators


def test_what_is_no_number_is_told_beside_the_field(world, login, app):
    client = login(world.caseworker)
    for wrong, told in (("", "Udfyld"), ("150390-000", "ti cifre"), ("320190-0001", "dato")):
        page = ask(client, wrong)
        assert page.status_code == 422
        assert told.lower() in page.text.lower()


def test_found_or_not_the_same_work_is_done(world, nominated, login):
    """Nothing but the answer tells whether somebody was found: neither the statements nor their order."""
    client = login(world.caseworker)
    seen: list[list[str]] = []

    def remember(_conn, _cursor, statement, *_):
        seen[-1].append(statement.split(" WHERE ")[0])

    sa.event.listen(db.engine, "before_cursor_execute", remember)
    try:
        for number in (NUMBER, OTHER_NUMBER):
            seen.append([])
            ask(client, number)
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", remember)
    assert seen[0] == seen[1]


def test_asking_again_and_again_stops(application, app, world, nominated, login, monkeypatch):
    client = login(world.caseworker)
    monkeypatch.setitem(application.config, "RATELIMIT_ENABLED", True)
    most = next(int(limit.split()[0]) for name, limit, _ in LIMITS if name == "duplicates.check")
    assert [ask(client).status_code for _ in range(most + 1)] == [200] * most + [429]


def test_whoever_registers_or_nominates_the_person_is_told_at_once(world, nominated, login, everything):
    client = login(world.caseworker)
    with everything():
        mine = make_candidate(
            world.municipality,
            world.caseworker,
            cpr_sealed=VAULT.seal(NUMBER),
            cpr_hash=VAULT.fingerprint(NUMBER),
        ).id
    wish = {"wish_1": world.kitchen, "wish_2": world.care, "deed": "submit", "basis": "informed"}
    wish |= {"basis_given_on": "2026-11-20", "basis_until": "2027-11-20"}
    page = client.post(f"/candidates/{mine}/nominate", data=wish, follow_redirects=True)
    assert page.status_code == 200
    assert "Kontakt Jobcenter Aabenraa" in page.text
    typed = TYPED | {"cpr": "010195-0002", "caseworker_id": world.caseworker.user_id}
    page = client.post("/candidates", data=typed, follow_redirects=True)
    assert page.status_code == 200
    assert "Kontakt Jobcenter" not in page.text
