"""The schools a partnership has an agreement with, and the days they are closed."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from coordination import access, audit
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.course_runs import RunState
from coordination.domain.errors import Invalid, NotFound, Refused
from coordination.domain.partnerships import check_ending_agreement, settle_closing_day, settle_school
from coordination.models import ClosingDay, CourseRun, Partnership, School, SchoolAgreement

OVER = (RunState.ENDED, RunState.EVALUATED, RunState.CANCELLED)


def add_school(actor: Actor, partnership_id: int, *, name: str, address: str, now: datetime) -> int:
    """A new school with an agreement; returns its id."""
    partnership = access.one(Partnership, partnership_id)
    settled = settle_school(name, address)
    school = School(name=settled.name, address=settled.address)
    db.session.add(school)
    db.session.flush()  # the agreement needs its key
    db.session.add(SchoolAgreement(school_id=school.id, partnership_id=partnership.id))
    audit.record(actor, "partnerships.add_school", "school", school.id, now=now, partnership=partnership.id)
    return school.id


def join_school(actor: Actor, partnership_id: int, school_id: int, *, now: datetime) -> None:
    """An agreement with a school that already serves another partnership."""
    partnership, school = access.one(Partnership, partnership_id), access.one(School, school_id)
    if db.session.get(SchoolAgreement, (school.id, partnership.id)):
        raise Refused("school.already")
    db.session.add(SchoolAgreement(school_id=school.id, partnership_id=partnership.id))
    audit.record(actor, "partnerships.join_school", "school", school.id, now=now, partnership=partnership.id)


def save_school(
    actor: Actor, partnership_id: int, school_id: int, *, name: str, address: str, now: datetime
) -> None:
    """Change name or address of a school of the partnership."""
    school = _agreed(partnership_id, school_id)
    settled = settle_school(name, address)
    school.name, school.address = settled.name, settled.address
    audit.record(actor, "partnerships.save_school", "school", school.id, now=now)


def end_agreement(actor: Actor, partnership_id: int, school_id: int, *, now: datetime) -> None:
    """The school leaves the partnership; Refused while one of its course runs there is not over."""
    school = _agreed(partnership_id, school_id)
    live = sa.select(sa.func.count(CourseRun.id)).where(
        CourseRun.partnership_id == partnership_id,
        CourseRun.school_id == school.id,
        CourseRun.state.not_in(OVER),
    )
    check_ending_agreement(db.session.scalar(live) or 0)
    db.session.delete(db.session.get_one(SchoolAgreement, (school.id, partnership_id)))
    audit.record(
        actor, "partnerships.end_agreement", "school", school.id, now=now, partnership=partnership_id
    )


def add_closing_day(
    actor: Actor, partnership_id: int, school_id: int, *, day: date, name: str, now: datetime
) -> None:
    """A day without teaching at the school, in every partnership it serves; sessions already planned stay."""
    school = _agreed(partnership_id, school_id)
    day, name = settle_closing_day(day, name)
    taken = sa.select(ClosingDay.id).where(ClosingDay.school_id == school.id, ClosingDay.day == day)
    if db.session.scalar(taken):
        raise Invalid({"day": "closing_day.already"})
    db.session.add(ClosingDay(school_id=school.id, day=day, name=name))
    audit.record(actor, "partnerships.add_closing_day", "school", school.id, now=now, day=day.isoformat())


def remove_closing_day(
    actor: Actor, partnership_id: int, school_id: int, closing_day_id: int, *, now: datetime
) -> None:
    """The school teaches on that day after all."""
    school, row = _agreed(partnership_id, school_id), access.one(ClosingDay, closing_day_id)
    if row.school_id != school.id:
        raise NotFound
    day = row.day.isoformat()
    db.session.delete(row)
    audit.record(actor, "partnerships.remove_closing_day", "school", school.id, now=now, day=day)


def _agreed(partnership_id: int, school_id: int) -> School:
    """A school of this partnership, locked; NotFound for any other."""
    school = access.one(School, school_id, lock=True)
    if db.session.get(SchoolAgreement, (school.id, access.one(Partnership, partnership_id).id)) is None:
        raise NotFound
    return school
