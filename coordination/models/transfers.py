"""A candidate moves from one municipality to another."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    and_,
    false,
    or_,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from coordination.db import Base, OwnedByMunicipality
from coordination.domain.transfers import TransferState

if TYPE_CHECKING:
    from coordination.db import Scope

_OPEN_TRANSFER = text("state IN ('offered', 'accepted')")


class Transfer(OwnedByMunicipality, Base):
    """A candidate moves to another municipality: offered, answered, in force from a day on."""

    __tablename__ = "transfers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_id", "candidate_id"],
            ["candidates.municipality_id", "candidates.id"],
            onupdate="CASCADE",
        ),
        Index(
            "uq_transfers_open",
            "candidate_id",
            unique=True,
            sqlite_where=_OPEN_TRANSFER,
            postgresql_where=_OPEN_TRANSFER,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    candidate_id: Mapped[int] = mapped_column(index=True, comment="who moves")
    from_municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), comment="the giver")
    to_municipality_id: Mapped[int] = mapped_column(
        ForeignKey("municipalities.id"), index=True, comment="the receiver"
    )
    code: Mapped[str] = mapped_column(String(12), comment="pool code or key, shown until accepted")
    state: Mapped[TransferState] = mapped_column(index=True, comment="where it stands")
    effective_on: Mapped[date] = mapped_column(comment="first day at the receiver")
    note: Mapped[str] = mapped_column(String(500), default="", comment="words of the giver")
    offered_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), comment="who offered")
    offered_at: Mapped[datetime] = mapped_column(comment="when")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), comment="who answered")
    answered_at: Mapped[datetime | None] = mapped_column(comment="when")
    answer_note: Mapped[str] = mapped_column(String(500), default="", comment="words of the receiver")
    caseworker_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id"), comment="named caseworker at the receiver"
    )
    done_at: Mapped[datetime | None] = mapped_column(comment="when the rows changed owner")
    version: Mapped[int] = mapped_column(default=1, comment="rises with each change")

    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """The two jobcenters reach it, a coordinator while the person is shared, a school never."""
        if scope.school_id is not None:
            return false()
        own = scope.municipalities
        sides = or_(cls.from_municipality_id.in_(own), cls.to_municipality_id.in_(own))
        return and_(sides, cls.within_sharing(scope)) if scope.coordinator else sides

    def inside(self, scope: Scope) -> bool:
        """The same question for a row about to be written."""
        own = {self.from_municipality_id, self.to_municipality_id} & scope.municipalities
        return scope.school_id is None and bool(own)
