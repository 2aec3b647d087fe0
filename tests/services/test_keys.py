"""Keys come and go, and every CPR number stays readable all the while."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from config import ConfigurationError, settings_from
from coordination.adapters.cpr_vault import VaultError, vault_from
from coordination.jobs import keys
from coordination.models import AuditEntry, Candidate, CandidateImport
from tests.conftest import environ
from tests.factories import make_candidate

OLD, NEW = (f"{name}:{b64encode(bytes([number]) * 32).decode()}" for name, number in (("k1", 1), ("k2", 2)))
HASH = "hash" * 10
BEFORE, BOTH, AFTER = (vault_from(names, HASH) for names in ((OLD,), (NEW, OLD), (NEW,)))
NUMBERS = ("0707614285", "1503900001", "0101950002")


@pytest.fixture
def sealed(app, world, everything):
    """Three people and a waiting file, sealed with the old key; the first as before seals named their key."""
    with everything() as session:
        for number in NUMBERS:
            make_candidate(
                world.municipality,
                world.caseworker,
                cpr_sealed=BEFORE.seal(number),
                cpr_hash=BEFORE.fingerprint(number),
            )
        first = session.scalars(select(Candidate).order_by(Candidate.id)).first()
        first.cpr_sealed = first.cpr_sealed.removeprefix("k1:")
        session.add(
            CandidateImport(
                municipality_id=world.municipality,
                filename="x.csv",
                content_sealed=BEFORE.seal("cpr;navn"),
                uploaded_by_id=world.caseworker.user_id,
                uploaded_at=app.config["CLOCK"](),
            )
        )


def flask(app, monkeypatch, named, *words):
    settings = replace(app.config["SETTINGS"], cpr_keys=named, cpr_hash_key=HASH)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    return app.test_cli_runner().invoke(keys.cli, words)


def test_every_number_is_sealed_anew_and_the_old_key_can_go(app, sealed, everything, monkeypatch):
    monkeypatch.setattr(keys, "BATCH", 2)
    assert flask(app, monkeypatch, (NEW, OLD), "check").output.split("\n") == ["k1: 3", "unnamed: 1", ""]
    said = flask(app, monkeypatch, (NEW, OLD), "rotate").output
    assert "k2: 3 numbers, 1 files" in said
    assert flask(app, monkeypatch, (NEW,), "check").output == "k2: 4\n"
    with everything() as session:
        people = session.scalars(select(Candidate).order_by(Candidate.id)).all()
        assert tuple(AFTER.open(person.cpr_sealed) for person in people) == NUMBERS
        assert [person.version for person in people] == [2, 1, 1]  # as the arrangement above left them
        with pytest.raises(VaultError):
            BEFORE.open(people[0].cpr_sealed)
        rotated = select(AuditEntry).where(AuditEntry.deed == "keys.rotate_keys").order_by(AuditEntry.id)
        told = session.scalars(rotated).all()
        assert [entry.facts for entry in told] == [{"count": 2, "key": "k2"}, {"count": 1, "key": "k2"}]
    assert "k2: 0 numbers, 0 files" in flask(app, monkeypatch, (NEW, OLD), "rotate").output


def test_another_key_for_look_up_finds_everyone_again(app, sealed, everything, monkeypatch):
    other = vault_from((OLD,), "other hash key" * 4)
    settings = replace(app.config["SETTINGS"], cpr_keys=other.keys, cpr_hash_key=other.hash_key)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    app.test_cli_runner().invoke(keys.cli, ["rotate"])
    with everything() as session:
        found = session.scalars(select(Candidate.cpr_hash).order_by(Candidate.id)).all()
    assert found == [other.fingerprint(number) for number in NUMBERS]


def test_a_missing_key_stops_the_rotation_and_changes_nothing(app, sealed, everything, monkeypatch):
    with everything() as session:
        before = session.scalars(select(Candidate.cpr_sealed)).all()
    stopped = flask(app, monkeypatch, (NEW,), "rotate")
    assert stopped.exit_code == 1
    assert "Put the missing key back" in stopped.output
    checked = flask(app, monkeypatch, (NEW,), "check")
    assert (checked.exit_code, checked.output.split("\n")[0]) == (1, "?: 4")
    with everything() as session:
        assert session.scalars(select(Candidate.cpr_sealed)).all() == before


def test_a_spoilt_seal_is_told_and_nothing_near_it_is_lost(app, sealed, everything, monkeypatch):
    with everything() as session:
        last = session.scalars(select(Candidate.id).order_by(Candidate.id.desc())).first()
        session.execute(update(Candidate).where(Candidate.id == last).values(cpr_sealed="k1:spoilt"))
    assert flask(app, monkeypatch, (NEW, OLD), "rotate").exit_code == 1
    assert BOTH.open(BEFORE.seal("x")) == "x"


@pytest.mark.parametrize("keys_given", ["k1:short", "nameless", f"{OLD},{OLD}", f"{OLD},k2:%%%"])
def test_the_product_does_not_start_with_keys_it_cannot_use(keys_given):
    with pytest.raises(ConfigurationError, match="COORDINATION_CPR_KEYS"):
        settings_from(environ(COORDINATION_CPR_KEYS=keys_given))
