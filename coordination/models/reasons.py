"""The reasons people choose from when they say no, leave or wait; an administrator keeps the lists."""

from __future__ import annotations

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coordination.db import Base
from coordination.domain.reasons import ReasonKind


class Reason(Base):
    """One entry of a list of reasons; never deleted, since old moves name it."""

    __tablename__ = "reasons"
    __table_args__ = (UniqueConstraint("kind", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    kind: Mapped[ReasonKind] = mapped_column(comment="the deed it is a reason for")
    code: Mapped[str] = mapped_column(String(40), comment="what moves keep")
    name: Mapped[str] = mapped_column(String(120), comment="Danish words")
    name_en: Mapped[str] = mapped_column(String(120), default="", comment="English words")
    position: Mapped[int] = mapped_column(comment="order in the list")
    active: Mapped[bool] = mapped_column(default=True, comment="may be chosen")
    private: Mapped[bool] = mapped_column(
        default=False, comment="touches on health or home: others are told another reason"
    )
