"""The dated rules of the IGU and its rates, and who was told that a rule will no longer hold."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    ForeignKeyConstraint,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from coordination.db import Base, OwnedByMunicipality
from coordination.domain.igu import Effect, IguRuleKind, RateKind


class EligibilityNotice(OwnedByMunicipality, Base):
    """The caseworker was told that a candidate is about to fall outside a rule; once per rule and day."""

    __tablename__ = "eligibility_notices"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_id", "candidate_id"],
            ["candidates.municipality_id", "candidates.id"],
            onupdate="CASCADE",
        ),
        UniqueConstraint("candidate_id", "what", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    candidate_id: Mapped[int] = mapped_column(index=True, comment="the candidate")
    what: Mapped[str] = mapped_column(String(60), comment="the rule or deadline")
    day: Mapped[date] = mapped_column(comment="the day from which it no longer holds")
    told_at: Mapped[datetime] = mapped_column(comment="when")


class IguRule(Base):
    """One rule of the IGU for those who begin within its dates; national, so it belongs to nobody."""

    __tablename__ = "igu_rules"

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    kind: Mapped[IguRuleKind] = mapped_column(index=True, comment="what it asks")
    number: Mapped[int | None] = mapped_column(comment="years or weeks it names")
    day: Mapped[date | None] = mapped_column(comment="day it names")
    starts_from: Mapped[date] = mapped_column(comment="for an IGU begun from this day")
    starts_until: Mapped[date | None] = mapped_column(comment="and until this day; empty means still")
    effect: Mapped[Effect] = mapped_column(comment="cannot, or check this")
    wording: Mapped[str] = mapped_column(String(300), default="", comment="own words, Danish")
    wording_en: Mapped[str] = mapped_column(String(300), default="", comment="own words, English")
    source: Mapped[str] = mapped_column(String(200), comment="where the rule stands")


class Rate(Base):
    """An amount of money that changes with the years, such as the employer's bonus."""

    __tablename__ = "rates"
    __table_args__ = (UniqueConstraint("kind", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    kind: Mapped[RateKind] = mapped_column(comment="what is paid")
    amount_ore: Mapped[int] = mapped_column(comment="amount in øre")
    valid_from: Mapped[date] = mapped_column(comment="from this day until the next one begins")
    source: Mapped[str] = mapped_column(String(200), comment="where the rate stands")
