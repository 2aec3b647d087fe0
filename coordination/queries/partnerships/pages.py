"""The list of partnerships, and one of them with everything that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from coordination import access
from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.partnerships import BOUNDS
from coordination.models import (
    Appointment,
    Municipality,
    Partnership,
    QuestionSet,
    School,
    SchoolAgreement,
    Sector,
    User,
)


@dataclass(frozen=True)
class PartnershipRow:
    """One partnership in the list."""

    id: int
    name: str
    municipalities: tuple[str, ...]
    schools: int
    coordinators: int


@dataclass(frozen=True)
class OverviewPage:
    """Every partnership of the installation."""

    rows: tuple[PartnershipRow, ...]


@dataclass(frozen=True)
class MunicipalityRow:
    """A municipality, and how many people work at its jobcenter."""

    id: int
    code: str
    name: str
    mail: str
    users: int


@dataclass(frozen=True)
class SchoolRow:
    """A school with an agreement, and how many people there have an account."""

    id: int
    name: str
    address: str
    users: int


@dataclass(frozen=True)
class SectorRow:
    """A sector candidates may wish for."""

    id: int
    code: str
    name: str
    name_en: str
    active: bool


@dataclass(frozen=True)
class Person:
    """A coordinator, appointed or not."""

    id: int
    name: str
    active: bool


@dataclass(frozen=True)
class DetailPage:
    """One partnership: settings, places, people, and what it still needs before it can begin."""

    id: int
    name: str
    settings: dict[str, int]
    municipalities: tuple[MunicipalityRow, ...]
    schools: tuple[SchoolRow, ...]
    sectors: tuple[SectorRow, ...]
    coordinators: tuple[Person, ...]
    candidates_for_appointment: tuple[Person, ...]
    has_questions: bool


def overview_page(_actor: Actor) -> OverviewPage:
    """Partnerships by name, with their municipalities."""
    partnerships = db.session.scalars(
        sa.select(Partnership).order_by(sa.collate(Partnership.name, "danish"))
    ).all()
    places = db.session.execute(
        sa.select(Municipality.partnership_id, Municipality.name).order_by(
            sa.collate(Municipality.name, "danish")
        )
    ).all()
    schools, coordinators = _counts(SchoolAgreement.partnership_id), _counts(Appointment.partnership_id)
    return OverviewPage(
        tuple(
            PartnershipRow(
                row.id,
                row.name,
                tuple(name for partnership_id, name in places if partnership_id == row.id),
                schools.get(row.id, 0),
                coordinators.get(row.id, 0),
            )
            for row in partnerships
        )
    )


def detail_page(_actor: Actor, partnership_id: int) -> DetailPage:
    """One partnership; needs the reach of its shared rows. NotFound if there is none."""
    row = access.one(Partnership, partnership_id)
    people = _coordinators()
    appointed = set(
        db.session.scalars(sa.select(Appointment.user_id).where(Appointment.partnership_id == row.id))
    )
    questions = sa.select(sa.func.count(QuestionSet.id)).where(QuestionSet.partnership_id == row.id)
    return DetailPage(
        id=row.id,
        name=row.name,
        settings={name: getattr(row, name) for name in BOUNDS},
        municipalities=_municipalities(row.id),
        schools=_schools(row.id),
        sectors=_sectors(row.id),
        coordinators=tuple(person for person in people if person.id in appointed),
        candidates_for_appointment=tuple(
            person for person in people if person.id not in appointed and person.active
        ),
        has_questions=bool(db.session.scalar(questions)),
    )


def _counts(column: sa.orm.InstrumentedAttribute[int]) -> dict[int, int]:
    counted = db.session.execute(sa.select(column, sa.func.count()).group_by(column))
    return {row[0]: row[1] for row in counted}


def _coordinators() -> list[Person]:
    rows = db.session.execute(
        sa.select(User.id, User.name, User.active)
        .where(User.role == Role.COORDINATOR)
        .order_by(sa.collate(User.name, "danish"))
    )
    return [Person(*row) for row in rows]


def _municipalities(partnership_id: int) -> tuple[MunicipalityRow, ...]:
    users = sa.select(sa.func.count(User.id)).where(User.jobcenter_id == Municipality.id, User.active)
    rows = db.session.execute(
        sa.select(Municipality, users.scalar_subquery())
        .where(Municipality.partnership_id == partnership_id)
        .order_by(sa.collate(Municipality.name, "danish"))
    )
    return tuple(MunicipalityRow(row.id, row.code, row.name, row.mail or "", number) for row, number in rows)


def _schools(partnership_id: int) -> tuple[SchoolRow, ...]:
    users = sa.select(sa.func.count(User.id)).where(User.school_id == School.id, User.active)
    rows = db.session.execute(
        sa.select(School, users.scalar_subquery())
        .join(SchoolAgreement, SchoolAgreement.school_id == School.id)
        .where(SchoolAgreement.partnership_id == partnership_id)
        .order_by(sa.collate(School.name, "danish"))
    )
    return tuple(SchoolRow(row.id, row.name, row.address, number) for row, number in rows)


def _sectors(partnership_id: int) -> tuple[SectorRow, ...]:
    rows = db.session.scalars(
        sa.select(Sector)
        .where(Sector.partnership_id == partnership_id)
        .order_by(Sector.active.desc(), sa.collate(Sector.name, "danish"))
    )
    return tuple(SectorRow(row.id, row.code, row.name, row.name_en, row.active) for row in rows)
