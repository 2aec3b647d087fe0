"""Partnerships, municipalities, schools and sectors: where people belong and work."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordination.db import Base, SharedInPartnership


class Partnership(Base):
    """The municipalities that pool their candidates together; one installation may host many."""

    __tablename__ = "partnerships"

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    name: Mapped[str] = mapped_column(String(120), unique=True, comment="as people say it")
    offer_days: Mapped[int] = mapped_column(default=3, comment="working days an offered seat is held")
    follow_up_days: Mapped[int] = mapped_column(default=2, comment="working days until a follow-up is due")
    register_window_days: Mapped[int] = mapped_column(default=14, comment="days a register may be corrected")
    school_access_days: Mapped[int] = mapped_column(
        default=90, comment="days a school sees people after a run"
    )
    evaluation_days: Mapped[int] = mapped_column(default=14, comment="days a school has for its evaluation")
    low_score: Mapped[int] = mapped_column(default=2, comment="a score at or below it proposes a change")


class Municipality(Base):
    """A municipality and its jobcenter, owner of its candidates."""

    __tablename__ = "municipalities"

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    code: Mapped[str] = mapped_column(
        String(3), unique=True, comment="official three-digit municipality code"
    )
    name: Mapped[str] = mapped_column(String(120), comment="name without the word kommune")
    partnership_id: Mapped[int] = mapped_column(
        ForeignKey("partnerships.id"), index=True, comment="pools with"
    )
    mail: Mapped[str | None] = mapped_column(String(254), comment="shared mailbox of the jobcenter")


class School(Base):
    """A school that runs courses; may serve several partnerships."""

    __tablename__ = "schools"

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    name: Mapped[str] = mapped_column(String(120), comment="name and, where needed, site")
    address: Mapped[str] = mapped_column(String(200), default="", comment="where the teaching is")

    partnerships: Mapped[list[Partnership]] = relationship(secondary="school_agreements", lazy="raise")


class SchoolAgreement(Base):
    """A school delivers courses to a partnership."""

    __tablename__ = "school_agreements"

    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), primary_key=True, comment="the school")
    partnership_id: Mapped[int] = mapped_column(
        ForeignKey("partnerships.id"), primary_key=True, comment="the partnership"
    )


class ClosingDay(Base):
    """A day on which a school does not teach, besides public holidays."""

    __tablename__ = "closing_days"
    __table_args__ = (UniqueConstraint("school_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True, comment="the school")
    day: Mapped[date] = mapped_column(comment="closed on")
    name: Mapped[str] = mapped_column(String(80), comment="why, for example autumn break")


class Sector(SharedInPartnership, Base):
    """A line of work that courses lead to, such as kitchen and cleaning."""

    __tablename__ = "sectors"
    __table_args__ = (UniqueConstraint("partnership_id", "code"), UniqueConstraint("partnership_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    code: Mapped[str] = mapped_column(String(20), comment="short code used in files")
    name: Mapped[str] = mapped_column(String(120), comment="Danish name")
    name_en: Mapped[str] = mapped_column(String(120), default="", comment="English name")
    active: Mapped[bool] = mapped_column(default=True, comment="may be wished for")
