"""Question sets and the school's evaluation of a run."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordination.db import Base, RunBySchool, SharedInPartnership
from coordination.domain.evaluations import EvaluationState, QuestionKind
from coordination.models.course_runs import CourseRun


class QuestionSet(SharedInPartnership, Base):
    """Questions asked of every run that uses them; a new edition is a new row, so runs stay comparable."""

    __tablename__ = "question_sets"
    __table_args__ = (
        UniqueConstraint("partnership_id", "id"),
        UniqueConstraint("partnership_id", "title", "edition"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    title: Mapped[str] = mapped_column(String(120), comment="as people call it")
    edition: Mapped[int] = mapped_column(default=1, comment="1, 2, 3 ... of the same title")

    questions: Mapped[list[Question]] = relationship(
        primaryjoin=lambda: QuestionSet.id == Question.question_set_id,
        foreign_keys=lambda: Question.question_set_id,
        order_by=lambda: Question.position,
        viewonly=True,
        lazy="raise",
    )


class Question(SharedInPartnership, Base):
    """One question with a score from 1 to 5 or a text as its answer."""

    __tablename__ = "questions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["partnership_id", "question_set_id"], ["question_sets.partnership_id", "question_sets.id"]
        ),
        UniqueConstraint("partnership_id", "id"),
        UniqueConstraint("question_set_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    question_set_id: Mapped[int] = mapped_column(index=True, comment="the set")
    position: Mapped[int] = mapped_column(comment="order within the set")
    kind: Mapped[QuestionKind] = mapped_column(comment="score or text")
    required: Mapped[bool] = mapped_column(default=True, comment="must be answered to submit")
    threshold: Mapped[int | None] = mapped_column(comment="a score at or below it proposes a change")
    topic: Mapped[str] = mapped_column(
        String(80), comment="what it is about, in Danish; heads the proposed change"
    )
    topic_en: Mapped[str] = mapped_column(String(80), default="", comment="the same in English")
    text: Mapped[str] = mapped_column(String(300), comment="the question in Danish")
    text_en: Mapped[str] = mapped_column(String(300), default="", comment="the question in English")


class Evaluation(RunBySchool, Base):
    """A school's answers on one of its runs, from draft to published."""

    __tablename__ = "evaluations"
    __table_args__ = (
        ForeignKeyConstraint(
            ["partnership_id", "school_id", "course_run_id"],
            ["course_runs.partnership_id", "course_runs.school_id", "course_runs.id"],
        ),
        ForeignKeyConstraint(
            ["partnership_id", "question_set_id"], ["question_sets.partnership_id", "question_sets.id"]
        ),
        UniqueConstraint("partnership_id", "school_id", "id"),
        UniqueConstraint("course_run_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    course_run_id: Mapped[int] = mapped_column(comment="the run evaluated")
    question_set_id: Mapped[int] = mapped_column(comment="questions asked")
    state: Mapped[EvaluationState] = mapped_column(
        default=EvaluationState.DRAFT, index=True, comment="where it stands"
    )
    due_on: Mapped[date] = mapped_column(comment="the school submits by the end of this day")
    reminded_at: Mapped[datetime | None] = mapped_column(comment="last reminder")
    submitted_at: Mapped[datetime | None] = mapped_column(comment="submitted")
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), comment="by whom")
    reviewed_at: Mapped[datetime | None] = mapped_column(comment="read by the coordinator")
    hand_back_reason: Mapped[str] = mapped_column(
        String(1000), default="", comment="why it was sent back, if it was"
    )
    version: Mapped[int] = mapped_column(default=1, comment="rises with each change")

    course_run: Mapped[CourseRun] = relationship(
        primaryjoin=lambda: CourseRun.id == Evaluation.course_run_id,
        foreign_keys=lambda: Evaluation.course_run_id,
        viewonly=True,
        lazy="raise",
    )

    __mapper_args__ = {"version_id_col": version}


class Answer(RunBySchool, Base):
    """One answer of an evaluation; a draft's answer may be empty."""

    __tablename__ = "answers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["partnership_id", "school_id", "evaluation_id"],
            ["evaluations.partnership_id", "evaluations.school_id", "evaluations.id"],
        ),
        ForeignKeyConstraint(["partnership_id", "question_id"], ["questions.partnership_id", "questions.id"]),
        UniqueConstraint("evaluation_id", "question_id"),
        UniqueConstraint("partnership_id", "school_id", "id"),
        CheckConstraint("score IS NULL OR (score >= 1 AND score <= 5)", name="score"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    evaluation_id: Mapped[int] = mapped_column(index=True, comment="the evaluation")
    question_id: Mapped[int] = mapped_column(comment="the question")
    score: Mapped[int | None] = mapped_column(comment="1 to 5, 5 is best")
    text: Mapped[str] = mapped_column(Text, default="", comment="answer in words")
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), comment="who wrote it last")
    at: Mapped[datetime] = mapped_column(comment="when")
