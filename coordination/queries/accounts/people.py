"""The actor behind a login, and the people a letter goes to."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.models import Appointment, Municipality, SchoolAgreement, User


def actor_of(user_id: int) -> Actor | None:
    """The person as the rest of the product knows it, with its reach; None for a closed account."""
    user = db.session.scalar(
        select(User).where(User.id == user_id, User.active).options(selectinload(User.appointments))
    )
    if user is None:
        return None
    partnerships = _partnerships(user)
    return Actor(
        user_id=user.id,
        name=user.name,
        role=user.role,
        municipalities=_municipalities(user, partnerships),
        partnerships=partnerships,
        school_id=user.school_id if user.role is Role.SCHOOL else None,
        jobcenter_id=user.jobcenter_id,
        language=user.language,
    )


def _partnerships(user: User) -> frozenset[int]:
    if user.role is Role.COORDINATOR:
        return frozenset(partnership.id for partnership in user.appointments)
    if user.role is Role.SCHOOL:
        served = select(SchoolAgreement.partnership_id).where(SchoolAgreement.school_id == user.school_id)
        return frozenset(db.session.scalars(served))
    if user.role in {Role.JOBCENTER, Role.LEADER}:
        own = select(Municipality.partnership_id).where(Municipality.id == user.jobcenter_id)
        return frozenset(db.session.scalars(own))
    return frozenset()


def _municipalities(user: User, partnerships: frozenset[int]) -> frozenset[int]:
    if user.role is Role.COORDINATOR:
        pooled = select(Municipality.id).where(Municipality.partnership_id.in_(partnerships))
        return frozenset(db.session.scalars(pooled))
    if user.role is Role.JOBCENTER and user.jobcenter_id is not None:
        return frozenset({user.jobcenter_id})
    return frozenset()


def login_account(attribute: str, value: str) -> User | None:
    """The account, open or closed, behind what a login or a link carries: its `email` or `fs_uniquifier`."""
    if attribute == "email":
        return db.session.scalar(select(User).where(User.email == value.lower()))
    return db.session.scalar(select(User).where(User.fs_uniquifier == value))


def coordinators(partnership_id: int) -> Sequence[User]:
    """The open accounts that coordinate a partnership."""
    return db.session.scalars(
        select(User)
        .join(Appointment, Appointment.user_id == User.id)
        .where(Appointment.partnership_id == partnership_id, User.active, User.role == Role.COORDINATOR)
        .order_by(User.id)
    ).all()


def caseworkers(municipality_id: int) -> Sequence[User]:
    """The open accounts of a jobcenter."""
    return db.session.scalars(
        select(User)
        .where(User.jobcenter_id == municipality_id, User.active, User.role == Role.JOBCENTER)
        .order_by(User.id)
    ).all()


def teachers(school_id: int) -> Sequence[User]:
    """The open accounts of a school."""
    return db.session.scalars(
        select(User)
        .where(User.school_id == school_id, User.active, User.role == Role.SCHOOL)
        .order_by(User.id)
    ).all()


def place_of(actor: Actor) -> str:
    """Where the person works, as the page frame shows it: jobcenter, school or partnerships."""
    user = db.session.scalar(
        select(User)
        .where(User.id == actor.user_id)
        .options(selectinload(User.jobcenter), selectinload(User.school), selectinload(User.appointments))
    )
    if user is None:
        return ""
    return place_in_words(user)


def place_in_words(user: User) -> str:
    """Where somebody works: jobcenter, school or the partnerships that appointed the person."""
    if user.school and user.role is Role.SCHOOL:
        return user.school.name
    if user.jobcenter:
        return f"Jobcenter {user.jobcenter.name}"
    return ", ".join(sorted(partnership.name for partnership in user.appointments))
