"""Course runs and their sessions: one delivery of a track by a school."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    String,
    UniqueConstraint,
    and_,
    or_,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordination.db import Base, RunBySchool
from coordination.domain.course_runs import ACCEPTS_NOMINATIONS, RunState
from coordination.models.places import School
from coordination.models.tracks import Track


class CourseRun(RunBySchool, Base):
    """One delivery of a track by a school, from draft to evaluated."""

    __tablename__ = "course_runs"
    __table_args__ = (
        ForeignKeyConstraint(["partnership_id", "track_id"], ["tracks.partnership_id", "tracks.id"]),
        ForeignKeyConstraint(
            ["partnership_id", "question_set_id"], ["question_sets.partnership_id", "question_sets.id"]
        ),
        UniqueConstraint("partnership_id", "school_id", "id"),
        UniqueConstraint("school_id", "id"),
        UniqueConstraint("partnership_id", "id"),
        CheckConstraint("minimum >= 1 AND minimum <= capacity", name="sizes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    track_id: Mapped[int] = mapped_column(index=True, comment="the track it delivers")
    title: Mapped[str] = mapped_column(String(120), comment="as people call it")
    state: Mapped[RunState] = mapped_column(default=RunState.DRAFT, index=True, comment="where it stands")
    minimum: Mapped[int] = mapped_column(comment="fewest participants it can start with")
    capacity: Mapped[int] = mapped_column(comment="seats")
    starts_on: Mapped[date | None] = mapped_column(comment="first session; empty until planned")
    ends_on: Mapped[date | None] = mapped_column(comment="last session; empty until planned")
    track_edition: Mapped[int] = mapped_column(
        default=1, server_default="1", comment="edition of the track's modules it was made from"
    )
    price_ore: Mapped[int] = mapped_column(
        default=0, server_default="0", comment="what the run costs if it is held, in øre; 0 if unknown"
    )
    decide_by: Mapped[date | None] = mapped_column(comment="go or no-go is decided by")
    decider_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), comment="who decides")
    warn_days: Mapped[int] = mapped_column(
        default=7, server_default="7", comment="days before the decision on which the decider is warned"
    )
    decision_warned_on: Mapped[date | None] = mapped_column(comment="warned, once")
    decided_at: Mapped[datetime | None] = mapped_column(comment="go or no was decided")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), comment="by whom")
    substitutes_until: Mapped[date | None] = mapped_column(
        comment="last day the school takes a substitute; empty means the day before the first session"
    )
    school_access_until: Mapped[date | None] = mapped_column(comment="the school sees people until")
    question_set_id: Mapped[int] = mapped_column(comment="questions the school answers afterwards")
    predecessor_id: Mapped[int | None] = mapped_column(
        ForeignKey("course_runs.id"), index=True, comment="the run it was planned from"
    )
    cancel_reason: Mapped[str] = mapped_column(String(300), default="", comment="why it was cancelled")
    version: Mapped[int] = mapped_column(default=1, comment="rises with each change")

    @classmethod
    def takes_people_on(cls, day: date) -> ColumnElement[bool]:
        """SQL: runs of which seats may be offered that day; the same as `enrolments.takes_people`."""
        last = cls.substitutes_until
        late = and_(cls.state == RunState.RUNNING, last.is_not(None), last >= day)
        return or_(cls.state.in_(ACCEPTS_NOMINATIONS), late)

    track: Mapped[Track] = relationship(
        primaryjoin=lambda: Track.id == CourseRun.track_id,
        foreign_keys=lambda: CourseRun.track_id,
        viewonly=True,
        lazy="raise",
    )
    school: Mapped[School] = relationship(
        primaryjoin=lambda: School.id == CourseRun.school_id,
        foreign_keys=lambda: CourseRun.school_id,
        viewonly=True,
        lazy="raise",
    )
    sessions: Mapped[list[CourseSession]] = relationship(
        primaryjoin=lambda: CourseRun.id == CourseSession.course_run_id,
        foreign_keys=lambda: CourseSession.course_run_id,
        order_by=lambda: (CourseSession.day, CourseSession.starts_at),
        viewonly=True,
        lazy="raise",
    )

    __mapper_args__ = {"version_id_col": version}


class ReservedSeats(RunBySchool, Base):
    """Seats of a run that only one jobcenter may use, up to a day; unused ones then return to all."""

    __tablename__ = "reserved_seats"
    __table_args__ = (
        ForeignKeyConstraint(
            ["partnership_id", "school_id", "course_run_id"],
            ["course_runs.partnership_id", "course_runs.school_id", "course_runs.id"],
        ),
        UniqueConstraint("course_run_id", "for_municipality_id"),
        CheckConstraint("seats >= 1", name="seats"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    course_run_id: Mapped[int] = mapped_column(index=True, comment="the run")
    for_municipality_id: Mapped[int] = mapped_column(
        ForeignKey("municipalities.id"), comment="whose people may use them"
    )
    seats: Mapped[int] = mapped_column(comment="how many")
    release_on: Mapped[date | None] = mapped_column(comment="from this day on for all; empty: never released")


class CourseSession(RunBySchool, Base):
    """One teaching day of a run, or a part of one."""

    __tablename__ = "course_sessions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["partnership_id", "school_id", "course_run_id"],
            ["course_runs.partnership_id", "course_runs.school_id", "course_runs.id"],
        ),
        ForeignKeyConstraint(
            ["partnership_id", "module_id"], ["track_modules.partnership_id", "track_modules.id"]
        ),
        UniqueConstraint("course_run_id", "id"),
        UniqueConstraint("course_run_id", "day", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    course_run_id: Mapped[int] = mapped_column(index=True, comment="the run")
    module_id: Mapped[int | None] = mapped_column(comment="the module taught, where planned")
    day: Mapped[date] = mapped_column(index=True, comment="teaching day")
    starts_at: Mapped[time] = mapped_column(comment="begins, Copenhagen time")
    ends_at: Mapped[time] = mapped_column(comment="ends, Copenhagen time")
    minutes: Mapped[int] = mapped_column(comment="teaching in minutes, breaks left out")
    cancelled: Mapped[bool] = mapped_column(default=False, comment="does not take place; never counted")
    unlocked_at: Mapped[datetime | None] = mapped_column(comment="old register opened again")
    unlocked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), comment="by whom")
    unlock_reason: Mapped[str] = mapped_column(String(300), default="", comment="why")
    reminded_at: Mapped[datetime | None] = mapped_column(comment="school reminded once to take the register")
    sequence: Mapped[int] = mapped_column(
        default=0, server_default="0", comment="rises with each change; SEQUENCE of its calendar entry"
    )
    changed_at: Mapped[datetime | None] = mapped_column(comment="last planned, moved, cancelled or restored")
    told: Mapped[dict[str, Any] | None] = mapped_column(
        JSON, comment="day, times and cancelled as people were last told; empty for none"
    )

    course_run: Mapped[CourseRun] = relationship(
        primaryjoin=lambda: CourseRun.id == CourseSession.course_run_id,
        foreign_keys=lambda: CourseSession.course_run_id,
        viewonly=True,
        lazy="raise",
    )
