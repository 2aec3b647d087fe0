"""School hours outside the runs of this tool, and what an hour of each kind counts."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    ForeignKey,
    ForeignKeyConstraint,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from coordination.db import Base, OwnedByMunicipality
from coordination.domain.tracks import TeachingKind


class HoursElsewhere(OwnedByMunicipality, Base):
    """School hours outside the course runs of this tool, such as Danish classes, written down by hand."""

    __tablename__ = "hours_elsewhere"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_id", "candidate_id"],
            ["candidates.municipality_id", "candidates.id"],
            onupdate="CASCADE",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    candidate_id: Mapped[int] = mapped_column(index=True, comment="the candidate")
    kind: Mapped[TeachingKind] = mapped_column(comment="teaching kind, which has a factor")
    place: Mapped[str] = mapped_column(String(120), comment="school or course")
    from_day: Mapped[date] = mapped_column(comment="first day")
    until_day: Mapped[date] = mapped_column(comment="last day; the factor of this day counts")
    minutes: Mapped[int] = mapped_column(comment="attended teaching, in minutes")
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), comment="who wrote it")
    at: Mapped[datetime] = mapped_column(comment="when")


class HourFactor(Base):
    """How much an hour of a teaching kind counts towards the school part, from a day on; national."""

    __tablename__ = "hour_factors"
    __table_args__ = (UniqueConstraint("kind", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    kind: Mapped[TeachingKind] = mapped_column(comment="teaching kind")
    percent: Mapped[int] = mapped_column(comment="counted hours for a hundred delivered ones")
    valid_from: Mapped[date] = mapped_column(comment="from this day until the next one begins")
    source: Mapped[str] = mapped_column(String(200), comment="where it stands; says so if it is assumed")
