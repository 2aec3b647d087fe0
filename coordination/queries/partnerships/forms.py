"""What the forms of a partnership and its places begin with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from coordination import access
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.errors import NotFound
from coordination.domain.partnerships import BOUNDS
from coordination.models import ClosingDay, Municipality, Partnership, School, SchoolAgreement, Sector


@dataclass(frozen=True)
class FormPage:
    """The partnership a form belongs to, the row it changes if there is one, and the values so far."""

    partnership_id: int | None
    partnership: str
    row_id: int | None
    values: dict[str, Any]


@dataclass(frozen=True)
class ClosingDayRow:
    """A day without teaching."""

    id: int
    day: date
    name: str


@dataclass(frozen=True)
class SchoolPage:
    """A school of the partnership: its facts, closing days and the other partnerships it serves."""

    partnership_id: int
    partnership: str
    id: int
    values: dict[str, Any]
    closing_days: tuple[ClosingDayRow, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class NewSchoolPage:
    """The partnership, and the schools that serve others but not yet this one."""

    partnership_id: int
    partnership: str
    elsewhere: tuple[tuple[int, str], ...]


def new_page(_actor: Actor) -> FormPage:
    """A new partnership."""
    return FormPage(None, "", None, {})


def edit_page(_actor: Actor, partnership_id: int) -> FormPage:
    """The settings as they are."""
    row = access.one(Partnership, partnership_id)
    values = {"name": row.name} | {name: getattr(row, name) for name in BOUNDS}
    return FormPage(row.id, row.name, row.id, values)


def new_municipality_page(_actor: Actor, partnership_id: int) -> FormPage:
    """A municipality that joins."""
    row = access.one(Partnership, partnership_id)
    return FormPage(row.id, row.name, None, {})


def edit_municipality_page(_actor: Actor, partnership_id: int, municipality_id: int) -> FormPage:
    """A municipality of the partnership as it is."""
    partnership, row = access.one(Partnership, partnership_id), access.one(Municipality, municipality_id)
    if row.partnership_id != partnership.id:
        raise NotFound
    values = {"code": row.code, "name": row.name, "mail": row.mail or ""}
    return FormPage(partnership.id, partnership.name, row.id, values)


def new_school_page(_actor: Actor, partnership_id: int) -> NewSchoolPage:
    """A school that joins: a new one, or one that is here already."""
    row = access.one(Partnership, partnership_id)
    agreed = sa.select(SchoolAgreement.school_id).where(SchoolAgreement.partnership_id == row.id)
    found = db.session.execute(
        sa.select(School.id, School.name)
        .where(School.id.not_in(agreed))
        .order_by(sa.collate(School.name, "danish"))
    )
    return NewSchoolPage(row.id, row.name, tuple((school.id, school.name) for school in found))


def school_page(_actor: Actor, partnership_id: int, school_id: int) -> SchoolPage:
    """A school of the partnership with its closing days."""
    partnership, row = access.one(Partnership, partnership_id), access.one(School, school_id)
    served = db.session.execute(
        sa.select(Partnership.id, Partnership.name)
        .join(SchoolAgreement, SchoolAgreement.partnership_id == Partnership.id)
        .where(SchoolAgreement.school_id == row.id)
    )
    serves = {each.id: each.name for each in served}
    if serves.pop(partnership.id, None) is None:
        raise NotFound
    days = db.session.scalars(
        sa.select(ClosingDay).where(ClosingDay.school_id == row.id).order_by(ClosingDay.day)
    )
    return SchoolPage(
        partnership_id=partnership.id,
        partnership=partnership.name,
        id=row.id,
        values={"name": row.name, "address": row.address},
        closing_days=tuple(ClosingDayRow(day.id, day.day, day.name) for day in days),
        others=tuple(sorted(serves.values())),
    )


def ending_agreement_page(actor: Actor, partnership_id: int, school_id: int) -> SchoolPage:
    """What the administrator is asked about before a school leaves."""
    return school_page(actor, partnership_id, school_id)


def new_sector_page(_actor: Actor, partnership_id: int) -> FormPage:
    """A new sector."""
    row = access.one(Partnership, partnership_id)
    return FormPage(row.id, row.name, None, {"active": True})


def edit_sector_page(_actor: Actor, partnership_id: int, sector_id: int) -> FormPage:
    """A sector of the partnership as it is."""
    partnership, row = access.one(Partnership, partnership_id), access.one(Sector, sector_id)
    if row.partnership_id != partnership.id:
        raise NotFound
    values = {"code": row.code, "name": row.name, "name_en": row.name_en, "active": row.active}
    return FormPage(partnership.id, partnership.name, row.id, values)
