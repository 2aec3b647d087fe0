"""Partnerships: their settings, municipalities, schools, sectors, coordinators and first questions."""

from coordination.services.partnerships.municipalities import add_municipality, save_municipality
from coordination.services.partnerships.schools import (
    add_closing_day,
    add_school,
    end_agreement,
    join_school,
    remove_closing_day,
    save_school,
)
from coordination.services.partnerships.sectors import add_sector, save_sector
from coordination.services.partnerships.settings import (
    add_standard_questions,
    appoint,
    create,
    end_appointment,
    save,
)

__all__ = [
    "add_closing_day",
    "add_municipality",
    "add_school",
    "add_sector",
    "add_standard_questions",
    "appoint",
    "create",
    "end_agreement",
    "end_appointment",
    "join_school",
    "remove_closing_day",
    "save",
    "save_municipality",
    "save_school",
    "save_sector",
]
