"""Nominations: a jobcenter puts a candidate in the pool, with ranked wishes and every move on record."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    and_,
    inspect,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from coordination.db import Base, OwnedByMunicipality
from coordination.db.sharing import open_on, sent
from coordination.domain.legal_bases import LegalBasis
from coordination.domain.nominations import NominationState
from coordination.domain.priorities import Priority
from coordination.models.candidates import Candidate, named_to_school
from coordination.models.places import Sector

if TYPE_CHECKING:
    from coordination.db import Scope

_LIVE = text("state IN ('draft', 'submitted', 'parked', 'offered', 'accepted')")


class Nomination(OwnedByMunicipality, Base):
    """One candidate in the pool; at most one live nomination per person."""

    __tablename__ = "nominations"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_id", "candidate_id"],
            ["candidates.municipality_id", "candidates.id"],
            onupdate="CASCADE",
        ),
        UniqueConstraint("municipality_id", "id"),
        Index("uq_nominations_live", "candidate_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index(  # holds all that the guard asks of a nomination, for every row a coordinator reads
            "ix_nominations_shared",
            "candidate_id",
            "basis_until",
            "basis_withdrawn_at",
            "submitted_at",
            "municipality_id",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    candidate_id: Mapped[int] = mapped_column(index=True, comment="who is nominated")
    code: Mapped[str] = mapped_column(String(12), unique=True, comment="pool code shown instead of the name")
    state: Mapped[NominationState] = mapped_column(index=True, comment="where it stands")
    caseworker_id: Mapped[int] = mapped_column(ForeignKey("users.id"), comment="named caseworker")
    submitted_at: Mapped[datetime | None] = mapped_column(comment="entered the pool; keeps the place in line")
    priority: Mapped[Priority] = mapped_column(
        default=Priority.NORMAL, server_default="normal", comment="who goes first at the same fit"
    )
    priority_reason: Mapped[str] = mapped_column(
        String(40), default="", server_default="", comment="why it goes first, from the list of reasons"
    )
    draw: Mapped[int] = mapped_column(
        default=0, server_default="0", comment="lot drawn once on entering the pool; settles a tie"
    )
    withdraw_reason: Mapped[str | None] = mapped_column(String(40), comment="why it was withdrawn")
    parked_until: Mapped[date | None] = mapped_column(index=True, comment="back in the pool on this day")
    park_reason: Mapped[str] = mapped_column(
        String(40), default="", server_default="", comment="why it is parked, from the list of reasons"
    )
    basis: Mapped[LegalBasis | None] = mapped_column(comment="why the person may be shared")
    basis_given_on: Mapped[date | None] = mapped_column(comment="informed, or consent given, on")
    basis_until: Mapped[date | None] = mapped_column(index=True, comment="last day the person may be shared")
    basis_withdrawn_at: Mapped[datetime | None] = mapped_column(comment="sharing closed before that")
    basis_warned_on: Mapped[date | None] = mapped_column(comment="caseworker told that it ends soon")
    created_at: Mapped[datetime] = mapped_column(comment="begun")
    version: Mapped[int] = mapped_column(default=1, comment="rises with each change")

    candidate: Mapped[Candidate] = relationship(
        primaryjoin=lambda: Candidate.id == Nomination.candidate_id,
        foreign_keys=lambda: Nomination.candidate_id,
        viewonly=True,
        lazy="raise",
    )
    wishes: Mapped[list[NominationWish]] = relationship(
        primaryjoin=lambda: Nomination.id == NominationWish.nomination_id,
        foreign_keys=lambda: NominationWish.nomination_id,
        order_by=lambda: NominationWish.rank,
        viewonly=True,
        lazy="raise",
    )

    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def shared_on(cls, day: date) -> ColumnElement[bool]:
        """SQL: nominations whose sharing is open that day."""
        return open_on(cls, day)

    @classmethod
    def within_sharing(cls, scope: Scope) -> ColumnElement[bool]:
        """A coordinator reaches the nominations a jobcenter sent to the pool and shares today."""
        return sent(cls, scope)

    @classmethod
    def within_school(cls, scope: Scope) -> ColumnElement[bool]:
        """A school reaches the nominations of its accepted seats: its no sends one back to the pool."""
        return cls.id.in_(named_to_school("nomination_id", scope))

    def inside(self, scope: Scope) -> bool:
        """A school writes only a nomination it has read, and so was let to."""
        return inspect(self).persistent if scope.school_id is not None else super().inside(scope)


class NominationWish(OwnedByMunicipality, Base):
    """One ranked wish of a nomination."""

    __tablename__ = "nomination_wishes"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_id", "nomination_id"],
            ["nominations.municipality_id", "nominations.id"],
            onupdate="CASCADE",
        ),
        UniqueConstraint("nomination_id", "rank"),
        UniqueConstraint("nomination_id", "sector_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    nomination_id: Mapped[int] = mapped_column(index=True, comment="the nomination")
    rank: Mapped[int] = mapped_column(comment="1 is wished for most")
    sector_id: Mapped[int] = mapped_column(ForeignKey("sectors.id"), index=True, comment="the sector")

    sector: Mapped[Sector] = relationship(lazy="raise", viewonly=True)


class NominationMove(OwnedByMunicipality, Base):
    """One move of a nomination or of its seat: who, when, from, to and why; only ever added to."""

    __tablename__ = "nomination_moves"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_id", "nomination_id"],
            ["nominations.municipality_id", "nominations.id"],
            onupdate="CASCADE",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    nomination_id: Mapped[int] = mapped_column(index=True, comment="the nomination")
    course_run_id: Mapped[int | None] = mapped_column(
        ForeignKey("course_runs.id"), comment="the run, for a seat"
    )
    deed: Mapped[str] = mapped_column(String(40), comment="submit, offer, accept ...")
    before: Mapped[str] = mapped_column(String(40), default="", comment="state before")
    after: Mapped[str] = mapped_column(String(40), comment="state after")
    reason: Mapped[str] = mapped_column(String(40), default="", comment="reason from the list of the deed")
    note: Mapped[str] = mapped_column(String(500), default="", comment="explanation in words")
    until: Mapped[date | None] = mapped_column(comment="until when, for a pause")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), comment="who; empty for the clock")
    at: Mapped[datetime] = mapped_column(comment="when")

    @classmethod
    def within_school(cls, scope: Scope) -> ColumnElement[bool]:
        """A school reaches the moves behind its accepted seats, but no words the others wrote."""
        return and_(cls.nomination_id.in_(named_to_school("nomination_id", scope)), cls.note == "")

    def inside(self, scope: Scope) -> bool:
        """A school adds to the history of a nomination it reaches."""
        if scope.school_id is None:
            return super().inside(scope)
        session = object_session(self)
        if session is None:
            return False
        with session.no_autoflush:  # asked while a flush is on
            return session.get(Nomination, self.nomination_id) is not None
