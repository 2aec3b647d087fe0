"""Tracks: reusable plans for a sector, composed of modules."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordination.db import Base, SharedInPartnership
from coordination.domain.candidates import DanishExam
from coordination.domain.tracks import TeachingKind
from coordination.models.places import Sector


class Track(SharedInPartnership, Base):
    """A sector course that can be delivered again and again."""

    __tablename__ = "tracks"
    __table_args__ = (
        ForeignKeyConstraint(["partnership_id", "sector_id"], ["sectors.partnership_id", "sectors.id"]),
        UniqueConstraint("partnership_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    title: Mapped[str] = mapped_column(String(120), comment="as people call it")
    sector_id: Mapped[int] = mapped_column(index=True, comment="the sector it leads to")
    description: Mapped[str] = mapped_column(Text, default="", comment="what participants learn")
    minimum: Mapped[int] = mapped_column(default=12, comment="usual minimum of a run")
    capacity: Mapped[int] = mapped_column(default=16, comment="usual number of seats")
    exam_needed: Mapped[DanishExam] = mapped_column(default=DanishExam.NONE, comment="Danish exam advised")
    edition: Mapped[int] = mapped_column(
        default=1, server_default="1", comment="edition of the modules that a new run is made from"
    )
    version: Mapped[int] = mapped_column(default=1, comment="rises with each change")

    sector: Mapped[Sector] = relationship(
        primaryjoin=lambda: Sector.id == Track.sector_id,
        foreign_keys=lambda: Track.sector_id,
        viewonly=True,
        lazy="raise",
    )
    modules: Mapped[list[TrackModule]] = relationship(
        primaryjoin=lambda: Track.id == TrackModule.track_id,
        foreign_keys=lambda: TrackModule.track_id,
        order_by=lambda: TrackModule.position,
        viewonly=True,
        lazy="raise",
    )

    __mapper_args__ = {"version_id_col": version}


class TrackModule(SharedInPartnership, Base):
    """One AMU or other course within a track."""

    __tablename__ = "track_modules"
    __table_args__ = (
        ForeignKeyConstraint(["partnership_id", "track_id"], ["tracks.partnership_id", "tracks.id"]),
        UniqueConstraint("partnership_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    track_id: Mapped[int] = mapped_column(index=True, comment="the track")
    position: Mapped[int] = mapped_column(comment="order within the track")
    code: Mapped[str] = mapped_column(String(10), comment="AMU course code; D0001 and on are demo codes")
    title: Mapped[str] = mapped_column(String(160), comment="title of the course")
    kind: Mapped[TeachingKind] = mapped_column(comment="teaching kind")
    half_days: Mapped[int] = mapped_column(comment="length in half days")
    minutes: Mapped[int] = mapped_column(comment="delivered teaching, in minutes")
    from_edition: Mapped[int] = mapped_column(
        default=1, server_default="1", comment="first edition of the track that holds it"
    )
    until_edition: Mapped[int | None] = mapped_column(
        comment="first edition that holds it no longer; empty while it belongs to the newest"
    )
    exam_needed: Mapped[DanishExam] = mapped_column(default=DanishExam.NONE, comment="Danish exam advised")
