"""A partnership itself: name, settings, the coordinators it appoints, and its first questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from coordination import access, audit
from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.errors import Invalid, NotFound, Refused
from coordination.domain.evaluations import QuestionKind
from coordination.domain.partnerships import settle_name, settle_settings
from coordination.domain.standard_questions import STANDARD_QUESTIONS, TITLE
from coordination.models import Appointment, Partnership, Question, QuestionSet, User


def create(actor: Actor, name: str, *, now: datetime) -> int:
    """A new partnership with the usual settings; returns its id."""
    row = Partnership(name=_free_name(name, own_id=0))
    db.session.add(row)
    db.session.flush()  # the entry in the log needs its key
    audit.record(actor, "partnerships.create", "partnership", row.id, now=now)
    return row.id


def save(actor: Actor, partnership_id: int, name: str, settings: Mapping[str, int], *, now: datetime) -> None:
    """Change the name and the settings; what is already planned or due keeps its dates."""
    row = access.one(Partnership, partnership_id, lock=True)
    name, settled = _free_name(name, own_id=row.id), settle_settings(settings)
    before = {key: getattr(row, key) for key in settled}
    row.name = name
    for key, value in settled.items():
        setattr(row, key, value)
    changed = {key: [before[key], value] for key, value in settled.items() if before[key] != value}
    audit.record(actor, "partnerships.save", "partnership", row.id, now=now, changed=changed)


def appoint(actor: Actor, partnership_id: int, user_id: int, *, now: datetime) -> None:
    """Make somebody a coordinator of this partnership; NotFound unless the account has that role."""
    partnership = access.one(Partnership, partnership_id)
    user = access.one(User, user_id)
    if user.role is not Role.COORDINATOR:
        raise NotFound
    if db.session.get(Appointment, (user.id, partnership.id)):
        raise Refused("appointment.already")
    db.session.add(Appointment(user_id=user.id, partnership_id=partnership.id))
    audit.record(actor, "partnerships.appoint", "user", user.id, now=now, partnership=partnership.id)


def end_appointment(actor: Actor, partnership_id: int, user_id: int, *, now: datetime) -> None:
    """From the next click on, the person reaches nothing of this partnership."""
    user, partnership = access.one(User, user_id), access.one(Partnership, partnership_id)
    appointment = db.session.get(Appointment, (user.id, partnership.id))
    if appointment is None:
        raise NotFound
    db.session.delete(appointment)
    audit.record(actor, "partnerships.end_appointment", "user", user.id, now=now, partnership=partnership.id)


def add_standard_questions(actor: Actor, partnership_id: int, *, now: datetime) -> None:
    """Give a partnership without questions the usual ones, so that course runs can be planned."""
    partnership = access.one(Partnership, partnership_id, lock=True)
    asked = sa.select(sa.func.count(QuestionSet.id)).where(QuestionSet.partnership_id == partnership.id)
    if db.session.scalar(asked):
        raise Refused("questions.already")
    add_questions(partnership.id)
    audit.record(actor, "partnerships.add_standard_questions", "partnership", partnership.id, now=now)


def add_questions(partnership_id: int) -> QuestionSet:
    """The usual questions; a low score follows the partnership's setting."""
    questions = QuestionSet(partnership_id=partnership_id, title=TITLE)
    db.session.add(questions)
    db.session.flush()  # the questions need its key
    for position, question in enumerate(STANDARD_QUESTIONS, 1):
        row = Question(partnership_id=partnership_id, question_set_id=questions.id, position=position)
        row.kind, row.required = question.kind, question.kind is QuestionKind.SCORE
        row.topic, row.topic_en = question.topic, question.topic_en
        row.text, row.text_en = question.text, question.text_en
        db.session.add(row)
    return questions


def _free_name(name: str, *, own_id: int) -> str:
    name = settle_name(name)
    taken = sa.select(Partnership.id).where(Partnership.name == name, Partnership.id != own_id)
    if db.session.scalar(taken):
        raise Invalid({"name": "partnership.name_taken"})
    return name
