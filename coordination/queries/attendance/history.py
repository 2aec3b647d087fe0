"""The history of one mark: each correction with old and new value, who and when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from coordination import access
from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.attendance import Cause, MarkStatus
from coordination.domain.errors import NotFound
from coordination.domain.school_marks import ILLNESS
from coordination.models import Candidate, CourseSession, Enrolment, Mark, MarkChange, User
from coordination.queries.course_runs import RunHead, run_head


@dataclass(frozen=True)
class Said:
    """What a mark said at one time; what this person may not see is left empty."""

    status: MarkStatus
    minutes_missed: int
    announced: bool
    cause: Cause | None
    comment: str


@dataclass(frozen=True)
class Correction:
    """One correction, newest first on the page."""

    at: datetime
    by: str
    before: Said
    after: Said


@dataclass(frozen=True)
class HistoryPage:
    """A participant's mark in one session and how it came to be."""

    head: RunHead
    session_id: int
    day: date
    name: str
    first: Said
    first_at: datetime | None
    first_by: str
    current: Said
    corrections: tuple[Correction, ...]
    person_ids: tuple[int, ...]


def history_page(actor: Actor, mark_id: int) -> HistoryPage:
    """The history of a mark within reach; a school sees neither causes nor comments in it."""
    mark = access.one(Mark, mark_id)
    session = access.one(CourseSession, mark.session_id)
    seat = access.one(Enrolment, mark.enrolment_id)
    current = _for(actor, _said_now(mark))
    corrections = _corrections(actor, mark.id)
    first_at, first_by = _first_marked(mark)
    return HistoryPage(
        head=run_head(actor, mark.course_run_id),
        session_id=session.id,
        day=session.day,
        name=_name(seat.candidate_id),
        first=corrections[-1].before if corrections else current,
        first_at=first_at,
        first_by=first_by,
        current=current,
        corrections=tuple(row for row in corrections if row.before != row.after),
        person_ids=(seat.candidate_id,),
    )


def _name(candidate_id: int) -> str:
    name = db.session.scalar(select(Candidate.name).where(Candidate.id == candidate_id))
    if name is None:
        raise NotFound
    return name


def _first_marked(mark: Mark) -> tuple[datetime | None, str]:
    """When and by whom the mark was first made: a correction keeps it with the old values."""
    oldest = db.session.scalar(
        select(MarkChange.before).where(MarkChange.mark_id == mark.id).order_by(MarkChange.id).limit(1)
    )
    kept = oldest or {"at": mark.at.isoformat(), "by_id": mark.by_id}
    by = db.session.scalar(select(User.name).where(User.id == kept.get("by_id")))
    return datetime.fromisoformat(kept["at"]) if "at" in kept else None, by or ""


def _corrections(actor: Actor, mark_id: int) -> list[Correction]:
    rows = db.session.execute(
        select(MarkChange, User.name)
        .join(User, User.id == MarkChange.by_id)
        .where(MarkChange.mark_id == mark_id)
        .order_by(MarkChange.id.desc())
    )
    return [
        Correction(row.at, name, _for(actor, _said(row.before)), _for(actor, _said(row.after)))
        for row, name in rows
    ]


def _said_now(mark: Mark) -> Said:
    return Said(mark.status, mark.minutes_missed, mark.announced, mark.cause, mark.comment)


def _said(stored: dict[str, Any]) -> Said:
    cause = stored.get("cause")
    return Said(
        status=MarkStatus(stored["status"]),
        minutes_missed=stored.get("minutes_missed", 0),
        announced=stored.get("announced", False),
        cause=Cause(cause) if cause else None,
        comment=stored.get("comment", ""),
    )


def _for(actor: Actor, said: Said) -> Said:
    if actor.role is not Role.SCHOOL:
        return said
    return replace(said, announced=said.announced or said.cause in ILLNESS, cause=None, comment="")
