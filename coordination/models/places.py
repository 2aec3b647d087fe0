"""Partnerships, municipalities, schools and sectors: where people belong and work."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordination.db import Base, SharedInPartnership
from coordination.domain.igu import RateKind


class Partnership(Base):
    """The municipalities that pool their candidates together; one installation may host many."""

    __tablename__ = "partnerships"

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    name: Mapped[str] = mapped_column(String(120), unique=True, comment="as people say it")
    offer_hours: Mapped[int] = mapped_column(
        default=24, server_default="24", comment="working hours an offered seat is held"
    )
    work_from_hour: Mapped[int] = mapped_column(
        default=8, server_default="8", comment="the working day begins, Copenhagen time"
    )
    work_until_hour: Mapped[int] = mapped_column(
        default=16, server_default="16", comment="the working day ends, Copenhagen time"
    )
    ask_after_days: Mapped[int] = mapped_column(
        default=3, server_default="3", comment="working days a step may stand still before its actor is asked"
    )
    tell_after_days: Mapped[int] = mapped_column(
        default=7, server_default="7", comment="working days after which the coordinator is told of it"
    )
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


class SchoolFee(Base):
    """What a school bills for a no-show or a late withdrawal, from a day on; else the national rate holds."""

    __tablename__ = "school_fees"
    __table_args__ = (UniqueConstraint("school_id", "kind", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True, comment="the school")
    kind: Mapped[RateKind] = mapped_column(comment="what is billed")
    amount_ore: Mapped[int] = mapped_column(comment="amount in øre")
    valid_from: Mapped[date] = mapped_column(comment="from this day until the next one begins")
    source: Mapped[str] = mapped_column(String(200), comment="where it stands")


class TravelTime(SharedInPartnership, Base):
    """How long people of a municipality travel to a school; typed in, as no timetable is known."""

    __tablename__ = "travel_times"
    __table_args__ = (UniqueConstraint("partnership_id", "from_municipality_id", "school_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    from_municipality_id: Mapped[int] = mapped_column(
        ForeignKey("municipalities.id"), index=True, comment="where people live"
    )
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True, comment="where they go")
    minutes: Mapped[int] = mapped_column(comment="minutes one way")


class Employer(SharedInPartnership, Base):
    """A practice place the partnership knows, and how many of its people may be away at a time."""

    __tablename__ = "employers"
    __table_args__ = (UniqueConstraint("partnership_id", "name_key"),)

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    name: Mapped[str] = mapped_column(String(120), comment="as people write it")
    name_key: Mapped[str] = mapped_column(String(120), comment="the name as it is matched with candidates")
    cvr: Mapped[str] = mapped_column(String(8), default="", comment="eight-digit company number, if known")
    most_away: Mapped[int | None] = mapped_column(
        comment="how many of its people may be at school at a time; empty means no limit"
    )
    version: Mapped[int] = mapped_column(default=1, comment="rises with each change")

    __mapper_args__ = {"version_id_col": version}


class Sector(SharedInPartnership, Base):
    """A line of work that courses lead to, such as kitchen and cleaning."""

    __tablename__ = "sectors"
    __table_args__ = (UniqueConstraint("partnership_id", "code"), UniqueConstraint("partnership_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    code: Mapped[str] = mapped_column(String(20), comment="short code used in files")
    name: Mapped[str] = mapped_column(String(120), comment="Danish name")
    name_en: Mapped[str] = mapped_column(String(120), default="", comment="English name")
    active: Mapped[bool] = mapped_column(default=True, comment="may be wished for")
