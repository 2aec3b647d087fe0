"""Once a person may no longer be shared, or has moved, the others find nothing of the person anywhere."""

from __future__ import annotations

import re
from datetime import date

import pytest
import sqlalchemy as sa

from coordination.db import OwnedByMunicipality, Scope, db
from coordination.db.guard import guarded_classes
from coordination.domain.transfers import TransferState
from coordination.models import Candidate, Nomination, Transfer, User
from coordination.services import transfers
from coordination.web.doors import COPENHAGEN
from tests.separation.populated import populate
from tests.separation.test_routes import pages

ALSO = ("/search?q=", "/candidates?q=", "/nominations?q=", "/follow-ups?q=")
BY_CODE = {"Enrolment", "Mark", "MarkChange", "StartCheck"}
"""Rows that count and show a code when nobody may know any longer who it was."""
NAMES_NOBODY = {"CandidateImport", "ImportMapping"}
"""A jobcenter's own work with files."""


@pytest.fixture
def populated(world, everything):
    with everything() as session:
        found = populate(world, session)
        last_day = {"basis_until": date(2026, 11, 23)}
        session.execute(sa.update(Nomination).values(**last_day))
        return found


def read(client, application, ids, words=()):
    """Every page the person can open, and what each search finds; the status by address."""
    addresses = [path for _rule, path in pages(application, ids)]
    addresses += [ask + word for ask in ALSO for word in words]
    return {path: client.get(path) for path in addresses}


def leaks(answers, words):
    found = {}
    for path, answer in answers.items():
        text = re.sub(r'value="[^"]*"', "", answer.text) if "?q=" in path else answer.text
        text = text.replace(path, "")
        if told := {word for word in words if word in text and word not in path}:
            found[path] = told
    return found


@pytest.mark.slow
@pytest.mark.parametrize("person", ["coordinator", "teacher"])
@pytest.mark.parametrize("how", ["by date", pytest.param("withdrawn", marks=pytest.mark.postgresql)])
def test_closed_on_the_day_without_waiting_for_the_clock(
    application, world, populated, login, clock, everything, person, how
):
    """The last day is included; from the next one, or at once when withdrawn, the person is not there."""
    words = populated.accepted.all() | populated.offered.all()
    client = login(getattr(world, person))
    shared = read(client, application, populated.ids)
    assert any(populated.accepted.name in answer.text for answer in shared.values())
    if how == "by date":
        clock.forward(days=1)
        client = login(getattr(world, person))
    else:
        with everything() as session:
            session.execute(sa.update(Nomination).values(basis_withdrawn_at=clock()))
    closed = read(client, application, populated.ids, [populated.accepted.name, populated.offered.phone])
    assert leaks(closed, words) == {}
    assert {answer.status_code for answer in closed.values()} <= {200, 302, 404}
    for name in ("candidate_id", "nomination_id", "follow_up_id"):
        gone = {rule.endpoint for rule, _path in pages(application, {}) if rule.arguments == {name}}
        for rule, path in pages(application, populated.ids):
            assert rule.endpoint not in gone or closed[path].status_code == 404, path


def test_the_own_jobcenter_still_sees_its_people(application, world, populated, login, clock):
    clock.forward(days=1)
    client = login(world.caseworker)
    assert populated.accepted.name in client.get(f"/candidates/{populated.ids['candidate_id']}").text
    text = client.get(f"/nominations/{populated.ids['nomination_id']}").text
    assert "Lukket: udløbet" in text
    assert "Forny grundlaget" in text


def test_what_a_coordinator_reaches_is_narrowed_table_by_table():
    """Every owned table follows the sharing of the person, unless it is one of these."""
    scope = Scope("test", frozenset({1}), coordinator=True, today=date(2026, 11, 23))
    free = {
        model.__name__
        for model in guarded_classes()
        if issubclass(model, OwnedByMunicipality) and "basis_until" not in str(model.within(scope))
    }
    assert free == BY_CODE | NAMES_NOBODY


@pytest.mark.postgresql
def test_row_level_security_closes_too(world, act, cluster, populated, clock):
    if not cluster.app_url.startswith("postgresql"):
        pytest.skip("SQLite has no row-level security")
    tables = ("candidates", "nominations", "nomination_wishes", "follow_ups", "contact_attempts")
    for day, reached in ((0, True), (1, False)):
        clock.forward(days=day)
        for name in ("coordinator", "teacher"):
            with act(getattr(world, name)) as session:
                past = session.connection().execution_options(unguarded=True)
                seen = {
                    table: past.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar() for table in tables
                }
            if name == "coordinator":
                assert all(bool(count) is reached for count in seen.values()), seen
            else:
                assert bool(seen["candidates"]) is bool(seen["nominations"]) is reached


@pytest.fixture
def moved(world, everything, populated, clock):
    """Both of them live at the other jobcenter since today."""
    with everything() as session:
        for candidate_id in session.scalars(sa.select(Candidate.id)).all():
            transfer = session.scalar(sa.select(Transfer).where(Transfer.candidate_id == candidate_id))
            if transfer is None:
                transfer = Transfer(
                    municipality_id=world.municipality,
                    candidate_id=candidate_id,
                    from_municipality_id=world.municipality,
                    to_municipality_id=world.other_municipality,
                    code=f"F-{candidate_id}",
                    offered_by_id=world.caseworker.user_id,
                    offered_at=clock(),
                )
                session.add(transfer)
            transfer.state = TransferState.ACCEPTED
            transfer.effective_on = clock().astimezone(COPENHAGEN).date()
            transfer.caseworker_id = world.other_caseworker.user_id
    with everything():
        transfers.carry_out(now=clock())
    return populated


@pytest.mark.slow
def test_after_the_day_the_giver_finds_nothing(application, world, moved, login):
    words = moved.accepted.all() | moved.offered.all() | moved.draft.all()
    client = login(world.caseworker)
    answers = read(client, application, moved.ids, [moved.accepted.name, moved.offered.phone])
    assert leaks(answers, words) == {}
    assert {answer.status_code for answer in answers.values()} <= {200, 302, 404}
    for name in ("candidate_id", "nomination_id", "enrolment_id", "follow_up_id"):
        for rule, path in pages(application, moved.ids):
            assert name not in rule.arguments or answers[path].status_code == 404, path
    assert "Sagen er flyttet" in client.get(f"/transfers/{moved.ids['transfer_id']}").text


@pytest.mark.slow
def test_after_the_day_the_receiver_has_the_whole_case(application, world, moved, login):
    client = login(world.other_caseworker)
    answers = read(client, application, moved.ids)
    text = "".join(answer.text for answer in answers.values())
    assert {word for word in moved.accepted.all() if word not in text} == set()
    assert moved.offered.name in text


def test_before_the_day_the_receiver_reads_a_code_and_a_level(application, world, populated, login):
    client = login(world.other_caseworker)
    words = populated.accepted.all() | populated.offered.all() | populated.draft.all()
    text = client.get(f"/transfers/{populated.ids['transfer_id']}").text
    assert "Højeste prøve" in text
    assert "Ja, vi overtager kandidaten" in text
    assert not {word for word in words if word in text}


def test_every_row_with_an_owner_has_one_that_exists(world, moved, everything):
    """After a move no row points past its owner: the composite keys hold on both databases."""
    with everything() as session:
        homes = {world.municipality, world.other_municipality}
        for model in guarded_classes():
            if issubclass(model, OwnedByMunicipality):
                assert set(session.scalars(sa.select(model.municipality_id))) <= homes
        assert set(session.scalars(sa.select(Nomination.municipality_id))) == {world.other_municipality}
        workers = set(session.scalars(sa.select(Candidate.caseworker_id)))
        assert workers == {world.other_caseworker.user_id}
        assert session.get(User, world.caseworker.user_id).active
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect().execution_options(unguarded=True) as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
