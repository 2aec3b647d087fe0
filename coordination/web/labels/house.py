"""Words and sentences of the house itself: roles, languages, what holds everywhere."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from coordination.domain.actors import Language, Role

WORDS = {
    Role.COORDINATOR: _l("koordinator"),
    Role.JOBCENTER: _l("jobcenter"),
    Role.SCHOOL: _l("skole"),
    Role.LEADER: _l("leder"),
    Role.ADMIN: _l("administrator"),
    Language.DANISH: _l("dansk"),
    Language.ENGLISH: _l("engelsk"),
}

SENTENCES = {
    "row.changed": _l(
        "En anden har ændret det samme, mens du arbejdede. Dine ændringer er ikke gemt. "
        "Åbn siden igen, se hvad der er ændret, og prøv igen."
    ),
    "row.clash": _l(
        "Det er allerede gemt, måske af en anden eller af et dobbeltklik. Der er ikke gemt noget to gange."
    ),
}
