"""The thread about a candidate: messages, mentions, hand-overs."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Text,
    UniqueConstraint,
    and_,
)
from sqlalchemy.orm import Mapped, mapped_column

from coordination.db import Base, OwnedByMunicipality
from coordination.db.sharing import rows_about_sent

if TYPE_CHECKING:
    from coordination.db import Scope


class ThreadMessage(OwnedByMunicipality, Base):
    """One message in the thread about a candidate, perhaps a hand-over with a due date."""

    __tablename__ = "thread_messages"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_id", "candidate_id"],
            ["candidates.municipality_id", "candidates.id"],
            onupdate="CASCADE",
        ),
        UniqueConstraint("municipality_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    candidate_id: Mapped[int] = mapped_column(index=True, comment="whom it is about")
    text: Mapped[str] = mapped_column(Text, comment="what was written; never shown to schools")
    private: Mapped[bool] = mapped_column(comment="only for the own jobcenter")
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), comment="who wrote it")
    at: Mapped[datetime] = mapped_column(comment="when")
    handed_to_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id"), index=True, comment="who is asked to act"
    )
    due_on: Mapped[date | None] = mapped_column(comment="by this day")
    done_at: Mapped[datetime | None] = mapped_column(comment="when it was done")
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), comment="by whom")
    reminded_on: Mapped[date | None] = mapped_column(comment="last told that the day has passed")

    @classmethod
    def within_sharing(cls, scope: Scope) -> ColumnElement[bool]:
        """A coordinator reaches what is not private to the jobcenter, while the person is shared."""
        return and_(super().within_sharing(scope), cls.private.is_(False))


class Mention(OwnedByMunicipality, Base):
    """Somebody is mentioned in a message and has, or has not yet, opened the thread since."""

    __tablename__ = "mentions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_id", "message_id"],
            ["thread_messages.municipality_id", "thread_messages.id"],
            onupdate="CASCADE",
        ),
        UniqueConstraint("message_id", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    message_id: Mapped[int] = mapped_column(index=True, comment="the message")
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True, comment="who is mentioned")
    seen_at: Mapped[datetime | None] = mapped_column(comment="thread opened since")

    @classmethod
    def within_sharing(cls, scope: Scope) -> ColumnElement[bool]:
        """A mention is reached with the message it stands in."""
        return cls.message_id.in_(rows_about_sent(ThreadMessage.__table__, Base.metadata, scope))
