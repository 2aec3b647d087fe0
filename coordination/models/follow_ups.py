"""Follow-ups: the case a no-show opens, the attempts to reach the person, and its openings and closings."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordination.db import Base, OwnedByMunicipality, TaughtAtSchool
from coordination.db.sharing import rows_about_sent
from coordination.domain.follow_ups import Channel, CloseReason, ContactOutcome, FollowUpState, Step, Trigger
from coordination.models.candidates import Candidate
from coordination.models.course_runs import CourseRun

if TYPE_CHECKING:
    from coordination.db import Scope


class FollowUp(TaughtAtSchool, Base):
    """One no-show being followed up; at most one per session and seat."""

    __tablename__ = "follow_ups"
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
        ),
        ForeignKeyConstraint(
            ["course_run_id", "session_id"], ["course_sessions.course_run_id", "course_sessions.id"]
        ),
        UniqueConstraint("session_id", "enrolment_id"),
        UniqueConstraint("municipality_id", "id"),
        UniqueConstraint("municipality_id", "school_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    course_run_id: Mapped[int] = mapped_column(comment="the run")
    session_id: Mapped[int] = mapped_column(comment="the session missed")
    enrolment_id: Mapped[int] = mapped_column(index=True, comment="the seat")
    candidate_id: Mapped[int] = mapped_column(index=True, comment="who stayed away")
    trigger: Mapped[Trigger] = mapped_column(comment="which rule opened it")
    step: Mapped[Step] = mapped_column(comment="what to do next")
    state: Mapped[FollowUpState] = mapped_column(
        default=FollowUpState.OPEN, index=True, comment="open or closed"
    )
    opened_at: Mapped[datetime] = mapped_column(comment="opened")
    due_on: Mapped[date] = mapped_column(index=True, comment="next contact is due on")
    close_reason: Mapped[CloseReason | None] = mapped_column(comment="why it was closed")
    version: Mapped[int] = mapped_column(default=1, comment="rises with each change")

    candidate: Mapped[Candidate] = relationship(
        primaryjoin=lambda: Candidate.id == FollowUp.candidate_id,
        foreign_keys=lambda: FollowUp.candidate_id,
        viewonly=True,
        lazy="raise",
    )
    course_run: Mapped[CourseRun] = relationship(
        primaryjoin=lambda: CourseRun.id == FollowUp.course_run_id,
        foreign_keys=lambda: FollowUp.course_run_id,
        viewonly=True,
        lazy="raise",
    )

    __mapper_args__ = {"version_id_col": version}


class ContactAttempt(OwnedByMunicipality, Base):
    """One call, message or visit, and what came of it."""

    __tablename__ = "contact_attempts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_id", "follow_up_id"],
            ["follow_ups.municipality_id", "follow_ups.id"],
            onupdate="CASCADE",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    follow_up_id: Mapped[int] = mapped_column(index=True, comment="the follow-up")
    channel: Mapped[Channel] = mapped_column(comment="phone, sms, visit ...")
    outcome: Mapped[ContactOutcome] = mapped_column(comment="what came of it")
    note: Mapped[str] = mapped_column(String(1000), default="", comment="what was agreed")
    next_contact_on: Mapped[date | None] = mapped_column(comment="when to try again")
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), comment="who")
    at: Mapped[datetime] = mapped_column(comment="when")

    @classmethod
    def within_sharing(cls, scope: Scope) -> ColumnElement[bool]:
        """What was written about a person is reached with the follow-up it belongs to."""
        return cls.follow_up_id.in_(rows_about_sent(FollowUp.__table__, Base.metadata, scope))


class FollowUpMove(TaughtAtSchool, Base):
    """A follow-up was closed or reopened, also by a school that corrects a mark; only ever added to."""

    __tablename__ = "follow_up_moves"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_id", "school_id", "follow_up_id"],
            ["follow_ups.municipality_id", "follow_ups.school_id", "follow_ups.id"],
            onupdate="CASCADE",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    follow_up_id: Mapped[int] = mapped_column(index=True, comment="the follow-up")
    deed: Mapped[str] = mapped_column(String(20), comment="open, close or reopen")
    reason: Mapped[str] = mapped_column(String(40), default="", comment="reason from the list")
    note: Mapped[str] = mapped_column(String(1000), default="", comment="in words")
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), comment="who")
    at: Mapped[datetime] = mapped_column(comment="when")

    @classmethod
    def within_sharing(cls, scope: Scope) -> ColumnElement[bool]:
        """What was written about a person is reached with the follow-up it belongs to."""
        return cls.follow_up_id.in_(rows_about_sent(FollowUp.__table__, Base.metadata, scope))
