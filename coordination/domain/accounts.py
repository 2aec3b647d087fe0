"""Accounts: who may have one, where the person works, and how long an invitation can be used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from coordination.domain.actors import Language, Role
from coordination.domain.errors import Refused
from coordination.domain.texts import check_fields, problem_in, tidy

if TYPE_CHECKING:
    from collections.abc import Collection

    from coordination.domain.errors import Problem

INVITATION_DAYS = 14
NAME_MOST = 120
EMAIL_MOST = 254
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
AT_JOBCENTER = frozenset({Role.JOBCENTER, Role.LEADER})


class AccountState(StrEnum):
    """Where an account stands."""

    INVITED = "invited"
    ACTIVE = "active"
    CLOSED = "closed"


@dataclass(frozen=True)
class Account:
    """What an administrator decides about an account: the person, the role and the place of work."""

    name: str
    email: str
    role: Role
    language: Language
    jobcenter_id: int | None = None
    school_id: int | None = None
    partnership_ids: frozenset[int] = frozenset()


def email_problem(email: str) -> Problem | None:
    """Why this cannot be a mail address, or None."""
    if len(email) > EMAIL_MOST or not EMAIL.fullmatch(email) or not email.isprintable():
        return "account.email", {}
    return None


def settle_account(
    *,
    name: str,
    email: str,
    role: Role,
    language: Language,
    jobcenter_id: int | None,
    school_id: int | None,
    partnership_ids: Collection[int],
) -> Account:
    """The account as it may be stored, with the one place of work its role has; Invalid beside the fields."""
    account = Account(
        name=tidy(name),
        email=tidy(email).lower(),
        role=role,
        language=language,
        jobcenter_id=jobcenter_id if role in AT_JOBCENTER else None,
        school_id=school_id if role is Role.SCHOOL else None,
        partnership_ids=frozenset(partnership_ids) if role is Role.COORDINATOR else frozenset(),
    )
    missing: Problem = ("account.place_missing", {})
    check_fields(
        {
            "name": problem_in(account.name, NAME_MOST, needed=True),
            "email": email_problem(account.email),
            "jobcenter_id": missing if role in AT_JOBCENTER and jobcenter_id is None else None,
            "school_id": missing if role is Role.SCHOOL and school_id is None else None,
            "partnership_ids": missing if role is Role.COORDINATOR and not partnership_ids else None,
        }
    )
    return account


def account_state(*, active: bool, has_password: bool) -> AccountState:
    """Closed wins; an account without a password waits for the invited person."""
    if not active:
        return AccountState.CLOSED
    return AccountState.ACTIVE if has_password else AccountState.INVITED


def invitation_ends(invited_at: datetime) -> datetime:
    """The moment an invitation stops working."""
    return invited_at + timedelta(days=INVITATION_DAYS)


def check_invitation(state: AccountState, invited_at: datetime | None, now: datetime) -> date:
    """The last day of a usable invitation; Refused once it was used, is too old or the account was closed."""
    if state is not AccountState.INVITED or invited_at is None or now > invitation_ends(invited_at):
        raise Refused("invitation.ended")
    return invitation_ends(invited_at).date()


def check_resending(state: AccountState) -> None:
    """Only somebody who has not chosen a password is invited again."""
    if state is not AccountState.INVITED:
        raise Refused("account.not_invited")


def check_closing(state: AccountState, *, own: bool) -> None:
    """Nobody closes the own account, so one administrator always remains; a closed one stays closed."""
    if own:
        raise Refused("account.own")
    if state is AccountState.CLOSED:
        raise Refused("account.already_closed")


def check_reopening(state: AccountState) -> None:
    """Only a closed account is reopened."""
    if state is not AccountState.CLOSED:
        raise Refused("account.not_closed")


def check_new_role(before: Role, after: Role, *, own: bool) -> None:
    """Nobody takes the own role away, so one administrator always remains."""
    if own and before is not after:
        raise Refused("account.own_role")
