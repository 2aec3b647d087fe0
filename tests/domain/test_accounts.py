"""Who may have an account, and how long an invitation can be used."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from coordination.domain.accounts import (
    AccountState,
    account_state,
    check_closing,
    check_invitation,
    check_new_role,
    check_reopening,
    check_resending,
    email_problem,
    settle_account,
)
from coordination.domain.actors import Language, Role
from coordination.domain.errors import Invalid, Refused

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TYPED = {
    "name": " Karen Vest ",
    "email": " Karen@Example.ORG ",
    "role": Role.JOBCENTER,
    "language": Language.DANISH,
    "jobcenter_id": 1,
    "school_id": 2,
    "partnership_ids": [3],
}


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.JOBCENTER, (1, None, frozenset())),
        (Role.LEADER, (1, None, frozenset())),
        (Role.SCHOOL, (None, 2, frozenset())),
        (Role.COORDINATOR, (None, None, frozenset({3}))),
        (Role.ADMIN, (None, None, frozenset())),
    ],
)
def test_an_account_keeps_only_the_place_its_role_works_at(role, place):
    account = settle_account(**TYPED | {"role": role})
    assert (account.jobcenter_id, account.school_id, account.partnership_ids) == place
    assert (account.name, account.email) == ("Karen Vest", "karen@example.org")


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"name": " "}, {"name"}),
        ({"name": "x" * 121}, {"name"}),
        ({"email": "karen"}, {"email"}),
        ({"jobcenter_id": None}, {"jobcenter_id"}),
        ({"role": Role.LEADER, "jobcenter_id": None}, {"jobcenter_id"}),
        ({"role": Role.SCHOOL, "school_id": None}, {"school_id"}),
        ({"role": Role.COORDINATOR, "partnership_ids": []}, {"partnership_ids"}),
        ({"name": "", "email": "", "jobcenter_id": None}, {"name", "email", "jobcenter_id"}),
    ],
)
def test_what_is_missing_is_said_beside_its_field(typed, fields):
    with pytest.raises(Invalid) as found:
        settle_account(**TYPED | typed)
    assert set(found.value.errors) == fields


@pytest.mark.parametrize("email", ["a@b.dk", "karen.o'hara+x@sub.example.org", "æ@ø.dk"])
def test_a_mail_address(email):
    assert email_problem(email) is None


@pytest.mark.parametrize(
    "email", ["", "a", "a@b", "a@@b.dk", "a b@c.dk", "a@b..dk", "a@.dk", f"{'a' * 250}@b.dk", "a\x00@b.dk"]
)
def test_no_mail_address(email):
    assert email_problem(email)


@pytest.mark.parametrize(
    ("active", "has_password", "state"),
    [
        (True, True, AccountState.ACTIVE),
        (True, False, AccountState.INVITED),
        (False, True, AccountState.CLOSED),
        (False, False, AccountState.CLOSED),
    ],
)
def test_where_an_account_stands(active, has_password, state):
    assert account_state(active=active, has_password=has_password) is state


def test_an_invitation_lasts_two_weeks_and_is_used_once():
    assert check_invitation(AccountState.INVITED, NOW, NOW + timedelta(days=14)) == date(2026, 12, 7)
    for state, invited_at, now in (
        (AccountState.INVITED, NOW, NOW + timedelta(days=14, seconds=1)),
        (AccountState.INVITED, None, NOW),
        (AccountState.ACTIVE, NOW, NOW),
        (AccountState.CLOSED, NOW, NOW),
    ):
        with pytest.raises(Refused, match=r"invitation\.ended"):
            check_invitation(state, invited_at, now)


def test_only_the_invited_are_invited_again():
    check_resending(AccountState.INVITED)
    for state in (AccountState.ACTIVE, AccountState.CLOSED):
        with pytest.raises(Refused, match=r"account\.not_invited"):
            check_resending(state)


def test_nobody_closes_the_own_account_or_changes_the_own_role():
    check_closing(AccountState.ACTIVE, own=False)
    check_closing(AccountState.INVITED, own=False)
    check_new_role(Role.ADMIN, Role.ADMIN, own=True)
    check_new_role(Role.ADMIN, Role.LEADER, own=False)
    with pytest.raises(Refused, match=r"account\.own$"):
        check_closing(AccountState.ACTIVE, own=True)
    with pytest.raises(Refused, match=r"account\.already_closed"):
        check_closing(AccountState.CLOSED, own=False)
    with pytest.raises(Refused, match=r"account\.own_role"):
        check_new_role(Role.ADMIN, Role.LEADER, own=True)


def test_only_a_closed_account_is_reopened():
    check_reopening(AccountState.CLOSED)
    with pytest.raises(Refused, match=r"account\.not_closed"):
        check_reopening(AccountState.ACTIVE)
