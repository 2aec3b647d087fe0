"""The demonstration's threads: what jobcenter and coordinator write to each other, and a task handed over."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from coordination.db import db
from coordination.domain.candidates import ContactRole
from coordination.domain.follow_ups import FollowUpState
from coordination.models import Candidate, FollowUp, Mention, ThreadMessage, User
from coordination.services.demo.places import Places, save


def threads(places: Places, *, today: date, now: datetime) -> None:
    """Two people whose no-shows are followed up: one task for the coordinator is open, one is done."""
    people = db.session.scalars(
        select(Candidate)
        .where(Candidate.id.in_(select(FollowUp.candidate_id).where(FollowUp.state == FollowUpState.OPEN)))
        .order_by(Candidate.id)
        .limit(2)
    ).all()
    if not people:
        return
    first, second = people[0], people[-1]
    coordinator = places.coordinator
    _open_task(first, places.caseworkers[first.municipality_id], coordinator, today, now)
    _settled_task(second, places.caseworkers[second.municipality_id], coordinator, today, now)


def _open_task(person: Candidate, caseworker: User, coordinator: User, today: date, now: datetime) -> None:
    person.contact_name, person.contact_phone = "Vibeke Venneborg", "00 00 11 22"
    person.contact_role = ContactRole.VOLUNTEER
    _write(person, coordinator, "Toget passer ikke med mødetiden om mandagen. Kan I hjælpe?", now, days=5)
    _write(person, caseworker, "Vi søger kørsel. Vibeke kører med den første uge.", now, days=4)
    _write(person, caseworker, "Husk bevillingen, når vi taler med familien.", now, days=4, private=True)
    _write(
        person,
        caseworker,
        "Vil du spørge skolen, om første lektion kan begynde et kvarter senere?",
        now,
        days=3,
        handed_to_id=coordinator.id,
        due_on=today + timedelta(days=2),
    )


def _settled_task(person: Candidate, caseworker: User, coordinator: User, today: date, now: datetime) -> None:
    _write(
        person,
        coordinator,
        "Ring gerne, og hør, hvordan det går på praktikstedet.",
        now,
        days=9,
        handed_to_id=caseworker.id,
        due_on=today - timedelta(days=6),
        done_at=now - timedelta(days=7),
        done_by_id=caseworker.id,
    )
    answer = _write(person, caseworker, "Det går fint. Virksomheden er glad for samarbejdet.", now, days=7)
    save(Mention(municipality_id=person.municipality_id, message_id=answer.id, user_id=coordinator.id))


def _write(
    person: Candidate, by: User, text: str, now: datetime, *, days: int, private: bool = False, **more: object
) -> ThreadMessage:
    message = ThreadMessage(
        municipality_id=person.municipality_id,
        candidate_id=person.id,
        text=text,
        private=private,
        by_id=by.id,
        at=now - timedelta(days=days),
        **more,
    )
    save(message)
    return message
