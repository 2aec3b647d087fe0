"""Pages of transfers and of the legal basis: what each side reads, and errors beside their fields."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from coordination.models import AuditEntry, Candidate, Nomination, Transfer
from tests.factories import make_candidate, make_nomination
from tests.services.test_transfers import CPR, VAULT

FAR_AWAY = "2028-01-01"


@pytest.fixture
def person(world, everything):
    with everything():
        row = make_candidate(
            world.municipality,
            world.caseworker,
            name="Amira Flytter",
            phone="70707070",
            cpr_hash=VAULT.fingerprint(CPR),
        )
        make_nomination(row, (world.kitchen,))
        return row.id


@pytest.fixture
def giver(world, login):
    return login(world.caseworker)


@pytest.fixture
def receiver(world, login):
    return login(world.other_caseworker)


def offer(client, person, world, day="2026-11-23", **more):
    data = {"municipality": world.other_municipality, "effective_on": day, **more}
    return client.post(f"/candidates/{person}/transfer", data=data)


def test_from_the_offer_to_the_day(world, giver, receiver, person, everything):
    assert "Flyt til anden kommune" in giver.get(f"/candidates/{person}").text
    form = giver.get(f"/candidates/{person}/transfer").text
    assert "også det private" in form
    assert "Aabenraa" in form
    assert "Brønderslev" not in form
    made = offer(giver, person, world).location
    assert "Amira Flytter" in giver.get(made).text
    assert "allerede en flytning i gang" in giver.get(f"/candidates/{person}/transfer").text
    start = receiver.get("/").text
    assert "Kandidater, der flytter til jer" in start
    page = receiver.get(made).text
    assert "Højeste prøve" in page
    assert "Amira" not in page + start + receiver.get("/transfers").text
    wrong = receiver.post(
        f"{made}/accept", data={"cpr": "0203841108", "caseworker": world.other_caseworker.user_id}
    )
    assert wrong.status_code == 302
    assert "passer ikke" in receiver.get(made).text
    right = {"cpr": "020384-1116", "caseworker": world.other_caseworker.user_id}
    assert receiver.post(f"{made}/accept", data=right).status_code == 302
    assert "Kandidaten er flyttet" in receiver.get(made).text
    assert "Amira Flytter" in receiver.get(f"/candidates/{person}").text
    assert giver.get(f"/candidates/{person}").status_code == 404
    after = giver.get(made).text
    assert "Sagen er flyttet" in after
    assert "Amira" not in after + giver.get("/transfers").text + giver.get("/candidates").text
    with everything() as session:
        deeds = list(
            session.scalars(
                select(AuditEntry.deed).where(AuditEntry.subject == "transfer").order_by(AuditEntry.id)
            )
        )
        assert deeds == [
            "transfers.offer",
            "transfers.wrong_identity",
            "transfers.accept",
            "transfers.carry_out",
        ]


def test_what_cannot_be_used_stands_beside_its_field(world, giver, receiver, person):
    for data, sentence in (
        ({"municipality": world.far_municipality}, "Vælg en kommune i samarbejdet"),
        ({"municipality": "x"}, "municipality-error"),
        ({"day": "2026-11-22"}, "Dagen er allerede gået"),
        ({"day": FAR_AWAY}, "højst ligge et halvt år frem"),
        ({"day": ""}, "Skriv den første dag"),
        ({"note": "x" * 501}, "note-error"),
    ):
        answer = offer(giver, person, world, **data)
        assert answer.status_code == 422, data
        assert sentence in answer.text, data
    made = offer(giver, person, world, "2026-12-01", note="Flytter til sin søster").location
    assert "Flytter til sin søster" in receiver.get(made).text
    bad = receiver.post(f"{made}/accept", data={"cpr": "12", "caseworker": "0"})
    assert bad.status_code == 422
    assert 'id="cpr-error"' in bad.text
    assert "Vælg den sagsbehandler hos jer" in bad.text
    assert receiver.post(f"{made}/decline", data={"reason": " "}).status_code == 422
    assert receiver.post(f"{made}/cancel", data={"reason": "nej"}).status_code == 422
    assert receiver.post(f"{made}/decline", data={"reason": "Bor her ikke"}).status_code == 302
    assert "Bor her ikke" in giver.get(made).text
    assert receiver.post(f"{made}/decline", data={"reason": "Igen"}).status_code == 422


def test_who_is_neither_side_finds_nothing(world, giver, login, person):
    made = offer(giver, person, world).location
    for name in ("far_caseworker", "teacher", "leader", "admin"):
        client = login(getattr(world, name))
        assert client.get(made).status_code == 404
        assert client.get(f"/candidates/{person}/transfer").status_code == 404
        assert client.post(f"{made}/accept", data={"cpr": CPR}).status_code == 404
    coordinator = login(world.coordinator)
    assert "Amira Flytter" in coordinator.get(made).text
    assert coordinator.post(f"{made}/accept", data={"cpr": CPR}).status_code == 404
    assert coordinator.post(f"{made}/cancel", data={"reason": "Fejl"}).status_code == 302


def test_a_basis_is_shown_renewed_and_closed(world, giver, login, person, everything, clock):
    with everything() as session:
        row = session.scalars(select(Nomination)).one()
        row.basis_until = clock().date()
        page = f"/nominations/{row.id}"
    assert "Sidste dag er i dag" in giver.get(page).text
    assert "Grundlag for deling, der snart udløber" in giver.get("/").text
    assert "Forny grundlaget" in giver.get(f"{page}/basis").text
    for data, sentence in (
        ({}, "Vælg, hvad der gør det lovligt"),
        ({"basis": "consent", "basis_given_on": "2026-11-24"}, "kan ikke ligge i fremtiden"),
        (
            {"basis": "consent", "basis_given_on": "2026-11-23", "basis_until": "2026-11-01"},
            "kan ikke ligge før",
        ),
        (
            {"basis": "consent", "basis_given_on": "2026-11-23", "basis_until": "2031-11-24"},
            "højst deles i 5 år",
        ),
    ):
        answer = giver.post(f"{page}/basis", data=data)
        assert answer.status_code == 422
        assert sentence in answer.text
    good = {"basis": "consent", "basis_given_on": "2026-11-23", "basis_until": ""}
    assert giver.post(f"{page}/basis", data=good).status_code == 302
    assert "731 dage tilbage" in giver.get(page).text
    asked = giver.get(f"{page}/basis/withdraw").text
    assert "Koordinatoren og skolen ser ikke længere personen" in asked
    coordinator = login(world.coordinator)
    assert coordinator.get(page).status_code == 200
    assert coordinator.get(f"{page}/basis").status_code == 404
    assert giver.post(f"{page}/basis/withdraw").status_code == 302
    assert "Lukket: trukket tilbage" in giver.get(page).text
    assert coordinator.get(page).status_code == 404
    assert coordinator.get(f"/candidates/{person}").status_code == 404
    assert giver.post(f"{page}/basis/withdraw").status_code == 422


def test_nothing_is_kept_of_what_was_refused(world, giver, person, everything):
    offer(giver, person, world, day="")
    with everything() as session:
        assert session.scalar(select(Transfer.id)) is None
        assert session.get(Candidate, person).municipality_id == world.municipality
