"""Sentences of partnerships and their places."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

WORDS: dict[Any, Any] = {}

SENTENCES = {
    "partnership.name_taken": _l("Der er allerede et samarbejde med det navn."),
    "setting.range": _l("Skriv et tal fra %(lowest)s til %(highest)s."),
    "setting.work_hours": _l("Arbejdsdagen skal slutte senere, end den begynder."),
    "setting.told_before_asked": _l("Koordinatoren får tidligst besked samme dag som den, der har turen."),
    "municipality.code": _l("Kommunekoden er tre cifre, for eksempel 580."),
    "municipality.code_taken": _l("Kommunen er allerede med i et samarbejde her."),
    "school.already": _l("Skolen er allerede med i samarbejdet."),
    "school.has_runs": _l(
        "Skolen har %(count)s hold i samarbejdet, som ikke er slut. Aflys dem, eller vent, til de er slut."
    ),
    "closing_day.year": _l("Årstallet skal ligge mellem 2000 og 2100. Kontrollér datoen."),
    "closing_day.already": _l("Dagen står der allerede."),
    "sector.code": _l("Koden er 2 til 20 små bogstaver, cifre eller bindestreger, for eksempel koekken."),
    "sector.code_taken": _l("Samarbejdet har allerede en branche med den kode."),
    "appointment.already": _l("Personen er allerede koordinator for samarbejdet."),
    "questions.already": _l("Samarbejdet har allerede spørgsmål til evaluering."),
}
