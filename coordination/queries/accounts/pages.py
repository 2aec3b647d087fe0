"""One account: the page about it, the forms to invite and edit, the invitation, and who may do what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from coordination import access
from coordination.db import db
from coordination.domain.accounts import AccountState, account_state, check_invitation, invitation_ends
from coordination.domain.actors import Actor, Language, Role
from coordination.domain.errors import NotFound, Refused
from coordination.domain.permissions import ALLOWED, Permission
from coordination.models import Letter, LetterState, Municipality, Partnership, School, User
from coordination.queries.accounts.overview import partnership_choices
from coordination.queries.accounts.people import login_account, place_in_words


@dataclass(frozen=True)
class Place:
    """A place of work that can be chosen: its key, its name, and the partnership it belongs to, if one."""

    id: int
    name: str
    within: str = ""


@dataclass(frozen=True)
class FormPage:
    """What can be chosen for an account, and the values it has."""

    user_id: int | None
    title: str
    values: dict[str, Any]
    jobcenters: tuple[Place, ...]
    schools: tuple[Place, ...]
    partnerships: tuple[Place, ...]
    own: bool = False


@dataclass(frozen=True)
class DetailPage:
    """One account."""

    id: int
    name: str
    email: str
    role: Role
    place: str
    language: Language
    state: AccountState
    invited_at: datetime | None
    invitation_ends_at: datetime | None
    closed_at: datetime | None
    own: bool
    failed_letters: int


@dataclass(frozen=True)
class WelcomePage:
    """What an invited person sees before choosing a password."""

    token: str
    name: str
    email: str
    last_day: date


@dataclass(frozen=True)
class PermissionRow:
    """One deed and the roles that may do it."""

    permission: Permission
    roles: tuple[tuple[Role, bool], ...]


@dataclass(frozen=True)
class PermissionsPage:
    """The table that enforces, as it stands."""

    roles: tuple[Role, ...]
    own_role: Role
    rows: tuple[PermissionRow, ...]


def detail_page(actor: Actor, user_id: int) -> DetailPage:
    """One account; NotFound if there is none."""
    user = _user(user_id)
    failed = sa.select(sa.func.count(Letter.id)).where(
        Letter.recipient_id == user.id,
        Letter.state == LetterState.FAILED,
    )
    return DetailPage(
        id=user.id,
        name=user.name,
        email=user.email,
        role=user.role,
        place=place_in_words(user),
        language=user.language,
        state=account_state(active=user.active, has_password=user.password is not None),
        invited_at=user.invited_at,
        invitation_ends_at=invitation_ends(user.invited_at) if user.invited_at else None,
        closed_at=user.closed_at,
        own=user.id == actor.user_id,
        failed_letters=db.session.scalar(failed) or 0,
    )


def closing_page(actor: Actor, user_id: int) -> DetailPage:
    """What the administrator is asked about before an account is closed."""
    return detail_page(actor, user_id)


def new_page(_actor: Actor) -> FormPage:
    """The form for an invitation."""
    return FormPage(None, "", {}, _jobcenters(), _schools(), _partnerships())


def edit_page(actor: Actor, user_id: int) -> FormPage:
    """The same form with what the account has."""
    user = _user(user_id)
    values = {
        "name": user.name,
        "email": user.email,
        "role": user.role,
        "language": user.language,
        "jobcenter_id": user.jobcenter_id,
        "school_id": user.school_id,
        "partnership_ids": [partnership.id for partnership in user.appointments],
    }
    own = user.id == actor.user_id
    return FormPage(user.id, user.name, values, _jobcenters(), _schools(), _partnerships(), own)


def welcome_page(token: str, uniquifier: str | None, *, now: datetime) -> WelcomePage:
    """The invitation behind a link; Refused when it was used, replaced or is too old."""
    user = login_account("fs_uniquifier", uniquifier) if uniquifier else None
    if user is None:
        raise Refused("invitation.ended")
    state = account_state(active=user.active, has_password=user.password is not None)
    return WelcomePage(token, user.name, user.email, check_invitation(state, user.invited_at, now))


def permissions_page(actor: Actor) -> PermissionsPage:
    """Who may do what, read from the one table that the doors ask."""
    roles = tuple(Role)
    rows = (
        PermissionRow(permission, tuple((role, role in allowed) for role in roles))
        for permission, allowed in ALLOWED.items()
    )
    return PermissionsPage(roles, actor.role, tuple(rows))


def _user(user_id: int) -> User:
    if user_id > access.MOST_ID:
        raise NotFound
    user = db.session.scalar(
        sa.select(User)
        .where(User.id == user_id)
        .options(selectinload(User.jobcenter), selectinload(User.school), selectinload(User.appointments))
    )
    if user is None:
        raise NotFound
    return user


def _jobcenters() -> tuple[Place, ...]:
    rows = db.session.execute(
        sa.select(Municipality.id, Municipality.name, Partnership.name)
        .join(Partnership, Partnership.id == Municipality.partnership_id)
        .order_by(sa.collate(Partnership.name, "danish"), sa.collate(Municipality.name, "danish"))
    )
    return tuple(Place(*row) for row in rows)


def _schools() -> tuple[Place, ...]:
    rows = db.session.execute(sa.select(School.id, School.name).order_by(sa.collate(School.name, "danish")))
    return tuple(Place(*row) for row in rows)


def _partnerships() -> tuple[Place, ...]:
    return tuple(Place(key, name) for key, name in partnership_choices())
