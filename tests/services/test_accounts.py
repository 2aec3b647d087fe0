"""Accounts with a database: invited, edited, closed, reopened; every deed in the log."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from coordination.adapters.invitations import InvitationLinks
from coordination.db import db
from coordination.domain.accounts import settle_account
from coordination.domain.actors import Language, Role
from coordination.domain.errors import Invalid, NotFound, Refused
from coordination.models import AuditEntry, Letter, User
from coordination.queries.accounts import AccountFilter, actor_of, overview_page
from coordination.services import accounts

LINKS = InvitationLinks("secret" * 8, "https://forloeb.example")


def an_account(world, **changed):
    typed = {
        "name": "Nina Ny",
        "email": "nina@example.org",
        "role": Role.JOBCENTER,
        "language": Language.ENGLISH,
        "jobcenter_id": world.municipality,
        "school_id": world.school,
        "partnership_ids": [world.partnership],
    }
    return settle_account(**typed | changed)


def user_called(name: str) -> User:
    return db.session.scalars(sa.select(User).where(User.name == name)).one()


@pytest.fixture
def invited(world, act, now):
    with act(world.admin):
        return accounts.invite(world.admin, an_account(world), links=LINKS, now=now)


def test_an_invitation_opens_an_account_and_sends_a_link_in_the_readers_language(world, everything, invited):
    with everything() as session:
        user, letter = user_called("Nina Ny"), session.scalars(sa.select(Letter)).one()
        assert (user.id, user.password, user.active, user.jobcenter_id) == (
            invited,
            None,
            True,
            world.municipality,
        )
        assert (letter.letter, letter.recipient, letter.language) == ("invitation", "nina@example.org", "en")
        assert LINKS.uniquifier(letter.facts["secret_link"].rpartition("/")[2]) == user.fs_uniquifier
        entry = session.scalars(sa.select(AuditEntry)).one()
        assert (entry.deed, entry.subject_id, entry.actor_id) == (
            "accounts.invite",
            invited,
            world.admin.user_id,
        )
        assert "Nina" not in str(entry.facts)


def test_a_coordinator_reaches_the_partnerships_that_appointed_her(world, act, now):
    account = an_account(world, role=Role.COORDINATOR)
    with act(world.admin):
        user_id = accounts.invite(world.admin, account, links=LINKS, now=now)
    assert actor_of(user_id).partnerships == {world.partnership}
    both = an_account(world, role=Role.COORDINATOR, partnership_ids=[world.far_partnership])
    with act(world.admin):
        accounts.save(world.admin, user_id, both, now=now)
    assert actor_of(user_id).partnerships == {world.far_partnership}
    assert actor_of(user_id).municipalities >= {world.far_municipality}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"email": "USER1@example.org"}, "email"),
        ({"jobcenter_id": 4711}, "jobcenter_id"),
        ({"role": Role.SCHOOL, "school_id": 4711}, "school_id"),
        ({"role": Role.COORDINATOR, "partnership_ids": [1, 4711]}, "partnership_ids"),
    ],
)
def test_a_taken_address_or_a_place_that_is_not_there_is_said_beside_its_field(
    world, act, now, changed, field
):
    with pytest.raises(Invalid) as found, act(world.admin):
        accounts.invite(world.admin, an_account(world, **changed), links=LINKS, now=now)
    assert set(found.value.errors) == {field}
    assert db.session.scalars(sa.select(Letter)).all() == []


def test_the_invited_person_chooses_a_password_once(world, act, everything, now, invited):
    with everything():
        uniquifier = user_called("Nina Ny").fs_uniquifier
    with everything():
        accounts.accept_invitation(uniquifier, "hash", now=now)
    with everything():
        assert user_called("Nina Ny").password == "hash"
    for wrong in (uniquifier, "made-up", None):
        with pytest.raises(Refused, match=r"invitation\.ended"), everything():
            accounts.accept_invitation(wrong, "other", now=now)


def test_a_new_invitation_replaces_the_old_one(world, act, everything, now, clock, invited):
    with everything():
        first = user_called("Nina Ny").fs_uniquifier
    clock.forward(days=10)
    with act(world.admin):
        accounts.resend_invitation(world.admin, invited, links=LINKS, now=clock())
    clock.forward(days=10)
    with pytest.raises(Refused, match=r"invitation\.ended"), everything():
        accounts.accept_invitation(first, "hash", now=clock())
    with everything():
        second = user_called("Nina Ny").fs_uniquifier
    with everything():
        accounts.accept_invitation(second, "hash", now=clock())
    with pytest.raises(Refused, match=r"account\.not_invited"), act(world.admin):
        accounts.resend_invitation(world.admin, invited, links=LINKS, now=clock())


def test_a_closed_account_is_nobody_until_it_is_reopened(world, act, everything, now):
    teacher = world.teacher.user_id
    with everything():
        before = db.session.get(User, teacher).fs_uniquifier
    with act(world.admin):
        accounts.close(world.admin, teacher, now=now)
    assert actor_of(teacher) is None
    with everything():
        user = db.session.get(User, teacher)
        assert (user.active, user.closed_at) == (False, now)
        assert user.fs_uniquifier != before
    with pytest.raises(Refused, match=r"account\.already_closed"), act(world.admin):
        accounts.close(world.admin, teacher, now=now)
    with act(world.admin):
        accounts.reopen(world.admin, teacher, now=now)
    assert actor_of(teacher).school_id == world.school


def test_an_administrator_keeps_the_own_account_and_role(world, act, now):
    with pytest.raises(Refused, match=r"account\.own$"), act(world.admin):
        accounts.close(world.admin, world.admin.user_id, now=now)
    leader = an_account(world, role=Role.LEADER, email=f"user{world.admin.user_id}@example.org")
    with pytest.raises(Refused, match=r"account\.own_role"), act(world.admin):
        accounts.save(world.admin, world.admin.user_id, leader, now=now)
    with pytest.raises(NotFound), act(world.admin):
        accounts.close(world.admin, 4711, now=now)


def test_another_place_of_work_ends_open_sessions_and_a_new_name_does_not(world, act, everything, now):
    email = f"user{world.teacher.user_id}@example.org"
    with everything():
        before = db.session.get(User, world.teacher.user_id).fs_uniquifier
    for place, same in ((world.school, True), (world.other_school, False)):
        account = an_account(world, role=Role.SCHOOL, school_id=place, email=email)
        with act(world.admin):
            accounts.save(world.admin, world.teacher.user_id, account, now=now)
        with everything():
            assert (db.session.get(User, world.teacher.user_id).fs_uniquifier == before) is same


def test_the_list_is_searched_and_filtered(world, act, now, invited):
    with act(world.admin):
        accounts.close(world.admin, world.other_teacher.user_id, now=now)

    def names(**chosen) -> set[str]:
        with act(world.admin):
            return {row.name for row in overview_page(world.admin, AccountFilter(**chosen)).rows}

    assert names(search="NINA") == {"Nina Ny"}
    assert names(search="user1@") == {"Karen Koordinator"}
    assert names(search="%") == set()
    assert names(role=Role.LEADER) == {"Lea Leder"}
    assert names(state="invited") == {"Nina Ny"}
    assert names(state="closed") == {"Ole Anden Skole"}
    far = {"Fjern Koordinator", "Fjern Jobcenter", "Fjern Lærer"}
    assert names(partnership_id=world.far_partnership) == far
    assert not far & names(partnership_id=world.partnership)


def test_the_own_language_is_kept_with_the_account(world, act):
    with act(world.teacher):
        accounts.choose_language(world.teacher, Language.ENGLISH)
    assert actor_of(world.teacher.user_id).language == Language.ENGLISH


def test_a_command_makes_the_first_administrator(app, everything):
    runner = app.test_cli_runner()
    arguments = ["accounts", "create-admin", "--email", "Chef@Example.org", "--name", "Carla Chef"]
    told = runner.invoke(args=arguments)
    assert told.exit_code == 0, told.output
    assert "https://forloeb.example/invitations/" in told.output
    with everything():
        assert (user_called("Carla Chef").role, user_called("Carla Chef").email) == (
            Role.ADMIN,
            "chef@example.org",
        )
    again = runner.invoke(args=arguments)
    assert again.exit_code == 1
    assert "already" in again.output
