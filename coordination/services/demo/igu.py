"""The demonstration's IGU facts: most hold every condition, some need a look, some run out of time."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from coordination.db import db
from coordination.domain.candidates import ContactRole, Scheme, TargetGroup
from coordination.domain.igu import after_years
from coordination.models import Candidate, Nomination

GROUPS = (TargetGroup.REFUGEE, TargetGroup.FAMILY_REUNIFIED, TargetGroup.UKRAINE_ACT)
CONTACTS = (
    ("Bodil Prøvementor", ContactRole.MENTOR),
    ("Finn Øvelse", ContactRole.VOLUNTEER),
    ("Gerda Eksempel", ContactRole.MENTOR),
)
MOST_YEARS = 20


def conditions_and_agreements(*, today: date) -> None:
    """Give the people on IGU what their jobcenters would have written down."""
    people = db.session.scalars(select(Candidate).order_by(Candidate.id)).all()
    for number, person in enumerate(people):
        if number % 4 == 0:
            person.contact_name, person.contact_role = CONTACTS[number % len(CONTACTS)]
            person.contact_phone = f"00 00 90 {number:02d}"
        if person.scheme is Scheme.IGU:
            _usual(person, number, today)
    nominated = set(db.session.scalars(select(Nomination.candidate_id)))
    waiting = [person for person in people if person.id not in nominated]
    for person, tell in zip(
        waiting, (_runs_out_of_time, _too_long_here, _unknown, _just_begun), strict=False
    ):
        tell(person, today)


def _usual(person: Candidate, number: int, today: date) -> None:
    start = person.igu_start or today
    person.target_group = GROUPS[number % len(GROUPS)]
    person.residence_since = start - timedelta(days=500 + 190 * (number % 9))
    person.employer_private = number % 3 != 0
    person.vitas_reference = f"DEMO-{4000 + 13 * number}"
    person.agreement_signed_on = start - timedelta(days=20)
    person.agreement_in_vitas_on = start - timedelta(days=12)
    person.plan_ready_on = start + timedelta(days=18)
    if number % 13 == 5:  # noqa: PLR2004 (a few of many)
        person.residence_since = None
    if number % 17 == 6:  # noqa: PLR2004 (a few of many)
        person.agreement_signed_on, person.agreement_in_vitas_on = today - timedelta(days=40), None
        person.vitas_reference = ""


def _runs_out_of_time(person: Candidate, today: date) -> None:
    _not_begun(person)
    person.residence_since = after_years(today + timedelta(days=12), -MOST_YEARS)


def _too_long_here(person: Candidate, today: date) -> None:
    _not_begun(person)
    person.residence_since = after_years(today, -MOST_YEARS - 1)


def _unknown(person: Candidate, _today: date) -> None:
    _not_begun(person)
    person.residence_since = person.target_group = None


def _just_begun(person: Candidate, today: date) -> None:
    person.igu_start = today - timedelta(days=20)
    person.agreement_signed_on = today - timedelta(days=27)
    person.agreement_in_vitas_on = person.plan_ready_on = None
    person.vitas_reference = ""


def _not_begun(person: Candidate) -> None:
    person.igu_start = person.agreement_signed_on = person.agreement_in_vitas_on = None
    person.plan_ready_on = person.employer_private = None
    person.vitas_reference = person.employer = ""
