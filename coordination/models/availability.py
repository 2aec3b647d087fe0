"""When a candidate cannot come to school."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from coordination.db import Base, OwnedByMunicipality
from coordination.domain.availability import UnavailabilityKind


class Unavailability(OwnedByMunicipality, Base):
    """Days on which a candidate cannot come to school, besides the weekly practice days."""

    __tablename__ = "unavailabilities"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_id", "candidate_id"],
            ["candidates.municipality_id", "candidates.id"],
            onupdate="CASCADE",
        ),
        CheckConstraint("from_day <= until_day", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    candidate_id: Mapped[int] = mapped_column(index=True, comment="the candidate")
    from_day: Mapped[date] = mapped_column(comment="first day")
    until_day: Mapped[date] = mapped_column(comment="last day")
    kind: Mapped[UnavailabilityKind] = mapped_column(comment="why, from a list; never a diagnosis")
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), comment="who wrote it")
    at: Mapped[datetime] = mapped_column(comment="when")
