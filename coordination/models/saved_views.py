"""The lists people look at again and again."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coordination.db import Base


class SavedView(Base):
    """One person's own name for a filter of a list; holds no words of a search."""

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("user_id", "page", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True, comment="whose")
    page: Mapped[str] = mapped_column(String(60), comment="endpoint of the list")
    name: Mapped[str] = mapped_column(String(60), comment="as its owner calls it")
    query: Mapped[str] = mapped_column(String(500), comment="the filter as it stands in the address")
