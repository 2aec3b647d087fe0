"""Records of the house: letters in the outbox, audit entries, runs of the clock's jobs, counted tries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coordination.db import Base
from coordination.domain.actors import Language
from coordination.domain.letters import LetterState
from coordination.domain.stalled import ChaseLevel, StepKind


class Letter(Base):
    """A letter in the outbox; carries a link and no personal facts."""

    __tablename__ = "letters"
    __table_args__ = (Index("ix_letters_state_due_at", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    letter: Mapped[str] = mapped_column(String(60), comment="name of the template under templates/mail/")
    recipient_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id"), index=True, comment="account, if any"
    )
    recipient: Mapped[str] = mapped_column(String(254), comment="mail address")
    language: Mapped[Language] = mapped_column(comment="the reader's language")
    facts: Mapped[dict[str, Any]] = mapped_column(
        JSON, comment="what the template needs; secrets wiped once sent"
    )
    state: Mapped[LetterState] = mapped_column(default=LetterState.QUEUED, comment="where it stands")
    attempts: Mapped[int] = mapped_column(default=0, comment="how often sending was tried")
    due_at: Mapped[datetime] = mapped_column(comment="not before; moves on after a failure")
    leased_until: Mapped[datetime | None] = mapped_column(comment="a sender holds it until")
    error: Mapped[str] = mapped_column(Text, default="", comment="what the mail server said last")
    message_id: Mapped[str] = mapped_column(String(120), unique=True, comment="stable Message-ID")
    created_at: Mapped[datetime] = mapped_column(comment="queued")
    sent_at: Mapped[datetime | None] = mapped_column(comment="accepted by the server or written to a file")


class AuditEntry(Base):
    """Someone did something: deed, subject and moment; only ever added to, no personal facts."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_subject", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    at: Mapped[datetime] = mapped_column(index=True, comment="when")
    actor_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id"), index=True, comment="who; empty for the clock"
    )
    deed: Mapped[str] = mapped_column(String(80), comment="subject.deed")
    subject: Mapped[str] = mapped_column(String(40), comment="kind of row")
    subject_id: Mapped[int | None] = mapped_column(comment="its key")
    facts: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict, comment="counts, states, reasons; no names"
    )


class JobRun(Base):
    """One tick of one job; unique per due moment, so that no tick runs twice."""

    __tablename__ = "job_runs"
    __table_args__ = (UniqueConstraint("job", "due"),)

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    job: Mapped[str] = mapped_column(String(60), comment="name in the timetable")
    due: Mapped[datetime] = mapped_column(comment="the moment it was due")
    started_at: Mapped[datetime] = mapped_column(comment="began")
    ended_at: Mapped[datetime | None] = mapped_column(comment="ended well")
    backlog: Mapped[int | None] = mapped_column(comment="what was left to do afterwards")
    error: Mapped[str] = mapped_column(Text, default="", comment="what went wrong")


class Chase(Base):
    """Somebody was reminded of a step that stood still; once per step, standstill and level."""

    __tablename__ = "chases"
    __table_args__ = (UniqueConstraint("kind", "subject_id", "since", "level"),)

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    kind: Mapped[StepKind] = mapped_column(comment="which step")
    subject_id: Mapped[int] = mapped_column(comment="key of what stands still")
    since: Mapped[datetime] = mapped_column(comment="stands still since")
    level: Mapped[ChaseLevel] = mapped_column(comment="actor asked, or coordinator told")
    at: Mapped[datetime] = mapped_column(comment="when")


class RateHit(Base):
    """How often something was tried within a window of time; the key is a hash, so it names nobody."""

    __tablename__ = "rate_hits"

    key: Mapped[str] = mapped_column(
        String(64), primary_key=True, comment="hash of who, what and which limit"
    )
    hits: Mapped[int] = mapped_column(comment="tries in this window")
    expires_at: Mapped[float] = mapped_column(index=True, comment="end of the window, seconds since 1970")
