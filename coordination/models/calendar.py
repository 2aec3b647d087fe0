"""Personal calendar feeds: a secret address each, which its owner can take back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from coordination.db import Base


class CalendarFeed(Base):
    """An address under which a calendar program fetches one user's runs; only the hash of it is kept."""

    __tablename__ = "calendar_feeds"

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True, comment="whose")
    name: Mapped[str] = mapped_column(String(80), comment="what its owner calls it")
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, comment="hash of the secret address")
    created_at: Mapped[datetime] = mapped_column(comment="made")
    last_read_at: Mapped[datetime | None] = mapped_column(comment="last fetched, to the hour")
    revoked_at: Mapped[datetime | None] = mapped_column(comment="taken back; answers no more")
