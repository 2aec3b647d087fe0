"""Enrolments: a seat, or a place in line, for one candidate in one course run."""

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
    or_,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordination.db import Base, TaughtAtSchool
from coordination.domain.enrolments import ON_ROSTER, EnrolmentState
from coordination.models.candidates import Candidate
from coordination.models.course_runs import CourseRun, CourseSession
from coordination.models.nominations import Nomination
from coordination.models.places import Municipality

if TYPE_CHECKING:
    from coordination.db import Scope

_LIVE = text("state IN ('waiting', 'offered', 'accepted', 'confirmed', 'dropped_out')")


class Enrolment(TaughtAtSchool, Base):
    """A seat with its state; waiting is a place in line and holds no seat."""

    __tablename__ = "enrolments"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_id", "nomination_id"],
            ["nominations.municipality_id", "nominations.id"],
            onupdate="CASCADE",
        ),
        ForeignKeyConstraint(
            ["municipality_id", "candidate_id"],
            ["candidates.municipality_id", "candidates.id"],
            onupdate="CASCADE",
        ),
        ForeignKeyConstraint(["school_id", "course_run_id"], ["course_runs.school_id", "course_runs.id"]),
        UniqueConstraint("municipality_id", "school_id", "course_run_id", "id"),
        Index(
            "uq_enrolments_live",
            "course_run_id",
            "candidate_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    course_run_id: Mapped[int] = mapped_column(index=True, comment="the run")
    nomination_id: Mapped[int] = mapped_column(index=True, comment="the nomination it answers")
    candidate_id: Mapped[int] = mapped_column(index=True, comment="who")
    code: Mapped[str] = mapped_column(String(12), comment="pool code, all a school sees before acceptance")
    state: Mapped[EnrolmentState] = mapped_column(index=True, comment="where it stands")
    waiting_since: Mapped[datetime] = mapped_column(
        comment="place in line: when the nomination entered the pool"
    )
    offered_at: Mapped[datetime | None] = mapped_column(comment="seat offered")
    answer_until: Mapped[datetime | None] = mapped_column(
        index=True, comment="the seat is held until this moment, counted in working hours"
    )
    answered_at: Mapped[datetime | None] = mapped_column(comment="jobcenter answered")
    decline_reason: Mapped[str | None] = mapped_column(String(40), comment="why the jobcenter said no")
    reject_reason: Mapped[str | None] = mapped_column(String(40), comment="why the school said no")
    drop_out_reason: Mapped[str | None] = mapped_column(String(40), comment="why the person stopped")
    joined_on: Mapped[date | None] = mapped_column(
        comment="first day on the register; empty means from the first session"
    )
    left_on: Mapped[date | None] = mapped_column(comment="last day on the register")
    version: Mapped[int] = mapped_column(default=1, comment="rises with each change")

    candidate: Mapped[Candidate] = relationship(
        primaryjoin=lambda: Candidate.id == Enrolment.candidate_id,
        foreign_keys=lambda: Enrolment.candidate_id,
        viewonly=True,
        lazy="raise",
    )
    nomination: Mapped[Nomination] = relationship(
        primaryjoin=lambda: Nomination.id == Enrolment.nomination_id,
        foreign_keys=lambda: Enrolment.nomination_id,
        viewonly=True,
        lazy="raise",
    )
    course_run: Mapped[CourseRun] = relationship(
        primaryjoin=lambda: CourseRun.id == Enrolment.course_run_id,
        foreign_keys=lambda: Enrolment.course_run_id,
        viewonly=True,
        lazy="raise",
    )
    municipality: Mapped[Municipality] = relationship(
        primaryjoin=lambda: Municipality.id == Enrolment.municipality_id,
        foreign_keys=lambda: Enrolment.municipality_id,
        viewonly=True,
        lazy="raise",
    )

    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def on_roster_of_session(cls) -> ColumnElement[bool]:
        """SQL: the register of the session at hand names the seat; the same as `enrolments.on_roster`."""
        joined = or_(cls.joined_on.is_(None), cls.joined_on <= CourseSession.day)
        stays = or_(cls.state != EnrolmentState.DROPPED_OUT, cls.left_on >= CourseSession.day)
        return and_(cls.state.in_(ON_ROSTER), joined, stays)

    @classmethod
    def within_sharing(cls, scope: Scope) -> ColumnElement[bool]:  # noqa: ARG003 (the signature of all)
        """A seat counts and shows its code when the person behind it is no longer shared."""
        return true()


class StartCheck(TaughtAtSchool, Base):
    """A question to the jobcenter shortly before a run begins: whether the participant comes."""

    __tablename__ = "start_checks"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_id", "school_id", "course_run_id", "enrolment_id"],
            [
                "enrolments.municipality_id",
                "enrolments.school_id",
                "enrolments.course_run_id",
                "enrolments.id",
            ],
            onupdate="CASCADE",
            name="fk_start_checks_seat",  # the usual name is longer than PostgreSQL allows
        ),
        UniqueConstraint("enrolment_id", "days_before"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    course_run_id: Mapped[int] = mapped_column(index=True, comment="the run")
    enrolment_id: Mapped[int] = mapped_column(index=True, comment="the seat")
    days_before: Mapped[int] = mapped_column(comment="7 or 2 days before the first session")
    asked_on: Mapped[date] = mapped_column(comment="the jobcenter was asked")
    coming: Mapped[bool | None] = mapped_column(comment="yes or no; empty is silence")
    answered_at: Mapped[datetime | None] = mapped_column(comment="when")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), comment="by whom")

    @classmethod
    def within_sharing(cls, scope: Scope) -> ColumnElement[bool]:  # noqa: ARG003 (the signature of all)
        """It follows the seat, which counts whether the person behind it is shared or not."""
        return true()
