"""Accounts: people who log in, and the partnerships that appointed a coordinator."""

from __future__ import annotations

from datetime import datetime

from flask_security.core import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordination.db import Base
from coordination.domain.actors import Language, Role
from coordination.models.places import Municipality, Partnership, School


class User(UserMixin, Base):
    """A person with an account: one role at one place of work."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("role NOT IN ('jobcenter', 'leader') OR jobcenter_id IS NOT NULL", name="jobcenter"),
        CheckConstraint("role != 'school' OR school_id IS NOT NULL", name="school"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    email: Mapped[str] = mapped_column(String(254), unique=True, comment="logs in with it, small letters")
    name: Mapped[str] = mapped_column(String(120), comment="as colleagues know the person")
    role: Mapped[Role] = mapped_column(comment="what the person may do")
    jobcenter_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"), comment="works at")
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), comment="works at")
    language: Mapped[Language] = mapped_column(default=Language.DANISH, comment="of pages and letters")
    password: Mapped[str | None] = mapped_column(
        String(255), comment="argon2 hash; empty until the invited person sets it"
    )
    active: Mapped[bool] = mapped_column(default=True, comment="closed accounts cannot log in")
    fs_uniquifier: Mapped[str] = mapped_column(
        String(64), unique=True, comment="changes when sessions must end"
    )
    invited_at: Mapped[datetime | None] = mapped_column(comment="invitation sent")
    closed_at: Mapped[datetime | None] = mapped_column(comment="account closed")
    demo: Mapped[bool] = mapped_column(default=False, comment="login of the demonstration data")

    jobcenter: Mapped[Municipality | None] = relationship(lazy="raise")
    school: Mapped[School | None] = relationship(lazy="raise")
    appointments: Mapped[list[Partnership]] = relationship(secondary="appointments", lazy="raise")


class Appointment(Base):
    """A partnership appointed this person its coordinator."""

    __tablename__ = "appointments"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, comment="the coordinator")
    partnership_id: Mapped[int] = mapped_column(
        ForeignKey("partnerships.id"), primary_key=True, comment="the partnership"
    )
