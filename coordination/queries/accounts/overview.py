"""The list of accounts: searched, filtered by role, partnership and state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from coordination.db import db
from coordination.domain.accounts import AccountState, account_state
from coordination.domain.actors import Actor, Role
from coordination.models import Appointment, Municipality, Partnership, SchoolAgreement, User
from coordination.queries.accounts.people import place_in_words

PAGE_SIZE = 50
STATES = {
    AccountState.INVITED: (User.active, User.password.is_(None)),
    AccountState.ACTIVE: (User.active, User.password.is_not(None)),
    AccountState.CLOSED: (sa.not_(User.active),),
}


@dataclass(frozen=True)
class AccountFilter:
    """What the list is narrowed to."""

    search: str = ""
    role: Role | None = None
    partnership_id: int | None = None
    state: AccountState | None = None
    number: int = 1

    @property
    def narrowed(self) -> bool:
        """True if a way back to the whole list makes sense."""
        return bool(self.search or self.role or self.partnership_id or self.state)


@dataclass(frozen=True)
class AccountRow:
    """One account in the list."""

    id: int
    name: str
    email: str
    role: Role
    place: str
    state: AccountState


@dataclass(frozen=True)
class OverviewPage:
    """One page of the list, and the partnerships to filter by."""

    rows: tuple[AccountRow, ...]
    chosen: AccountFilter
    number: int
    pages: int
    total: int
    partnerships: tuple[tuple[int, str], ...]


def overview_page(_actor: Actor, chosen: AccountFilter) -> OverviewPage:
    """Accounts by name, in Danish order."""
    conditions = _conditions(chosen)
    total = db.session.scalar(sa.select(sa.func.count(User.id)).where(*conditions)) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, chosen.number), pages)
    users = db.session.scalars(
        sa.select(User)
        .where(*conditions)
        .options(selectinload(User.jobcenter), selectinload(User.school), selectinload(User.appointments))
        .order_by(sa.collate(User.name, "danish"), User.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return OverviewPage(tuple(map(_row, users)), chosen, number, pages, total, partnership_choices())


def partnership_choices() -> tuple[tuple[int, str], ...]:
    """Every partnership by name."""
    rows = db.session.execute(
        sa.select(Partnership.id, Partnership.name).order_by(sa.collate(Partnership.name, "danish"))
    )
    return tuple((row.id, row.name) for row in rows)


def _row(user: User) -> AccountRow:
    state = account_state(active=user.active, has_password=user.password is not None)
    return AccountRow(user.id, user.name, user.email, user.role, place_in_words(user), state)


def _conditions(chosen: AccountFilter) -> list[Any]:
    conditions: list[Any] = list(STATES[chosen.state]) if chosen.state else []
    if chosen.role:
        conditions.append(User.role == chosen.role)
    if chosen.search:
        columns = (User.name, User.email)
        conditions.append(sa.or_(*(column.icontains(chosen.search, autoescape=True) for column in columns)))
    if chosen.partnership_id:
        conditions.append(_in_partnership(chosen.partnership_id))
    return conditions


def _in_partnership(partnership_id: int) -> sa.ColumnElement[bool]:
    """Works at one of its jobcenters or schools, or is appointed by it."""
    jobcenters = sa.select(Municipality.id).where(Municipality.partnership_id == partnership_id)
    schools = sa.select(SchoolAgreement.school_id).where(SchoolAgreement.partnership_id == partnership_id)
    appointed = sa.select(Appointment.user_id).where(Appointment.partnership_id == partnership_id)
    return sa.or_(User.jobcenter_id.in_(jobcenters), User.school_id.in_(schools), User.id.in_(appointed))
