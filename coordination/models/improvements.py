"""Proposed changes: what the next run should do differently, on what evidence, and what was decided."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordination.db import Base, RunBySchool
from coordination.domain.improvements import ChangeSource, ChangeState
from coordination.models.course_runs import CourseRun


class ProposedChange(RunBySchool, Base):
    """One proposed change with its evidence; belongs to the run it comes from, decided for the next one."""

    __tablename__ = "proposed_changes"
    __table_args__ = (
        ForeignKeyConstraint(
            ["partnership_id", "school_id", "course_run_id"],
            ["course_runs.partnership_id", "course_runs.school_id", "course_runs.id"],
        ),
        ForeignKeyConstraint(
            ["partnership_id", "school_id", "answer_id"],
            ["answers.partnership_id", "answers.school_id", "answers.id"],
        ),
        ForeignKeyConstraint(
            ["partnership_id", "next_run_id"], ["course_runs.partnership_id", "course_runs.id"]
        ),
        UniqueConstraint("partnership_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    course_run_id: Mapped[int] = mapped_column(index=True, comment="the run it comes from")
    next_run_id: Mapped[int | None] = mapped_column(index=True, comment="the run that has to decide it")
    answer_id: Mapped[int | None] = mapped_column(index=True, comment="the answer behind it")
    source: Mapped[ChangeSource] = mapped_column(comment="low score, text, figure or own")
    title: Mapped[str] = mapped_column(String(160), comment="what it is about")
    wording: Mapped[str] = mapped_column(String(1000), comment="what should be done differently")
    evidence: Mapped[str] = mapped_column(
        String(1000), default="", comment="the answer or figure as it stood"
    )
    score: Mapped[int | None] = mapped_column(comment="the low score behind it, as it stood")
    state: Mapped[ChangeState] = mapped_column(
        default=ChangeState.PROPOSED, index=True, comment="where it stands"
    )
    decision_note: Mapped[str] = mapped_column(
        String(1000), default="", comment="reason or remark of the decision"
    )
    decided_wording: Mapped[str] = mapped_column(
        String(1000), default="", comment="what was decided, if adapted"
    )
    owner: Mapped[str] = mapped_column(String(120), default="", comment="who carries it out")
    due_on: Mapped[date | None] = mapped_column(comment="carried out by")
    created_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id"), comment="who; empty for the rule"
    )
    created_at: Mapped[datetime] = mapped_column(comment="proposed")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), comment="who decided")
    decided_at: Mapped[datetime | None] = mapped_column(comment="decided")
    version: Mapped[int] = mapped_column(default=1, comment="rises with each change")

    course_run: Mapped[CourseRun] = relationship(
        primaryjoin=lambda: CourseRun.id == ProposedChange.course_run_id,
        foreign_keys=lambda: ProposedChange.course_run_id,
        viewonly=True,
        lazy="raise",
    )

    __mapper_args__ = {"version_id_col": version}
