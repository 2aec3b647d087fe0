"""Proposed allocations: the frozen question, the answer, and a row for each person in it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    String,
    UniqueConstraint,
    and_,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from coordination.db import Base, OwnedByMunicipality, SharedInPartnership
from coordination.domain.proposals import ProposalState

if TYPE_CHECKING:
    from coordination.db import Scope


class Proposal(SharedInPartnership, Base):
    """A suggested allocation over several runs at once, for the coordinator only; it holds no names."""

    __tablename__ = "proposals"
    __table_args__ = (UniqueConstraint("partnership_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    state: Mapped[ProposalState] = mapped_column(
        default=ProposalState.WAITING, index=True, comment="where it stands"
    )
    made_from_id: Mapped[int | None] = mapped_column(
        ForeignKey("proposals.id", ondelete="SET NULL"),
        comment="the proposal whose locks and overrides it took over",
    )
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), comment="who asked")
    created_at: Mapped[datetime] = mapped_column(index=True, comment="when")
    time_limit: Mapped[int] = mapped_column(comment="seconds the search may take")
    claimed_at: Mapped[datetime | None] = mapped_column(comment="last sign of life of the clock")
    cancel_asked: Mapped[bool] = mapped_column(default=False, comment="somebody wants it to stop")
    progress: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, comment="goal, best value and bound")
    problem: Mapped[str] = mapped_column(String(80), default="", comment="code of why it failed")
    inputs: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict, comment="the question as it was asked, in the public format; keys, no names"
    )
    answer: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict, comment="the answer as it was found: seats, levels, reasons, time"
    )
    scores: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict, comment="every goal as the proposal stands now, moves included"
    )
    replay_asked_at: Mapped[datetime | None] = mapped_column(
        index=True, comment="the frozen question is to be solved again, to see whether the figures agree"
    )
    published_at: Mapped[datetime | None] = mapped_column(comment="became offers")
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), comment="by whom")
    version: Mapped[int] = mapped_column(default=1, comment="rises with each change")

    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """Coordinators of the partnership; a jobcenter reads its own people's places instead."""
        return super().within(scope) if scope.coordinator else false()

    def inside(self, scope: Scope) -> bool:
        """The same question for a row about to be written."""
        return scope.coordinator and super().inside(scope)


class ProposedPlace(OwnedByMunicipality, Base):
    """Where a proposal puts one person, and why; the jobcenter reads it once it is published."""

    __tablename__ = "proposed_places"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_id", "nomination_id"],
            ["nominations.municipality_id", "nominations.id"],
            onupdate="CASCADE",
            ondelete="CASCADE",  # a draft of the coordinator's keeps no jobcenter from taking back an import
        ),
        ForeignKeyConstraint(
            ["municipality_id", "candidate_id"],
            ["candidates.municipality_id", "candidates.id"],
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        UniqueConstraint("proposal_id", "nomination_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposals.id", ondelete="CASCADE"), index=True, comment="the proposal"
    )
    nomination_id: Mapped[int] = mapped_column(index=True, comment="the nomination")
    candidate_id: Mapped[int] = mapped_column(index=True, comment="who")
    code: Mapped[str] = mapped_column(String(12), comment="pool code")
    course_run_id: Mapped[int | None] = mapped_column(
        ForeignKey("course_runs.id"), index=True, comment="the run proposed now; empty: keeps waiting"
    )
    solver_run_id: Mapped[int | None] = mapped_column(
        ForeignKey("course_runs.id"), comment="what the search proposed"
    )
    held_run_id: Mapped[int | None] = mapped_column(
        ForeignKey("course_runs.id"), comment="the seat held when the question was frozen"
    )
    locked: Mapped[bool] = mapped_column(default=False, comment="a new search keeps it")
    override_reason: Mapped[str] = mapped_column(
        String(300), default="", comment="why the coordinator decided otherwise; for coordinators only"
    )
    why: Mapped[list[dict[str, Any]]] = mapped_column(
        JSON, default=list, comment="reason codes with facts; nobody else's person among them"
    )
    published: Mapped[bool] = mapped_column(default=False, comment="the home jobcenter may read it")

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """Coordinators reach it while the person is shared; the home jobcenter once it is published."""
        reach = super().within(scope)
        return reach if scope.coordinator else and_(reach, cls.published)
