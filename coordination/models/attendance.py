"""Marks of the register, and the append-only history of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coordination.db import Base, TaughtAtSchool
from coordination.domain.attendance import Cause, Lawfulness, MarkStatus


class Mark(TaughtAtSchool, Base):
    """What is known of one participant in one session; no row means unmarked, never absent."""

    __tablename__ = "marks"
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
        UniqueConstraint("municipality_id", "school_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    course_run_id: Mapped[int] = mapped_column(comment="binds session and seat to the same run")
    session_id: Mapped[int] = mapped_column(index=True, comment="the session")
    enrolment_id: Mapped[int] = mapped_column(index=True, comment="the seat")
    status: Mapped[MarkStatus] = mapped_column(comment="present, late, left early, absent")
    minutes_missed: Mapped[int] = mapped_column(default=0, comment="minutes of teaching missed")
    cause: Mapped[Cause | None] = mapped_column(comment="why, from a list; never a diagnosis")
    announced: Mapped[bool] = mapped_column(
        default=False, comment="told beforehand; else an absence is a no-show"
    )
    comment: Mapped[str] = mapped_column(String(500), default="", comment="short remark without health data")
    lawfulness: Mapped[Lawfulness] = mapped_column(
        default=Lawfulness.UNDECIDED, comment="decided by a named role"
    )
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), comment="who marked last")
    at: Mapped[datetime] = mapped_column(comment="when")
    version: Mapped[int] = mapped_column(default=1, comment="rises with each change")

    __mapper_args__ = {"version_id_col": version}


class MarkChange(TaughtAtSchool, Base):
    """One correction of a mark: old and new values, who and when."""

    __tablename__ = "mark_changes"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_id", "school_id", "mark_id"],
            ["marks.municipality_id", "marks.school_id", "marks.id"],
            onupdate="CASCADE",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    mark_id: Mapped[int] = mapped_column(index=True, comment="the mark")
    before: Mapped[dict[str, Any]] = mapped_column(JSON, comment="values before")
    after: Mapped[dict[str, Any]] = mapped_column(JSON, comment="values after")
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), comment="who")
    at: Mapped[datetime] = mapped_column(comment="when")
