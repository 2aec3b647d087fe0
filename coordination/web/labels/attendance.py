"""Words and sentences of the register."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from coordination.domain.attendance import Cause, Lawfulness, MarkStatus, RegisterState

WORDS = {
    MarkStatus.PRESENT: _l("til stede"),
    MarkStatus.LATE: _l("kom for sent"),
    MarkStatus.LEFT_EARLY: _l("gik før tid"),
    MarkStatus.ABSENT: _l("fraværende"),
    Cause.OWN_ILLNESS: _l("egen sygdom"),
    Cause.CHILD_ILL: _l("barns sygdom"),
    Cause.WORK: _l("arbejde"),
    Cause.MUNICIPAL_MEETING: _l("møde i kommunen"),
    Cause.TRANSPORT: _l("transport"),
    Cause.OTHER: _l("andet"),
    Cause.UNKNOWN: _l("ikke oplyst"),
    Lawfulness.UNDECIDED: _l("ikke afgjort"),
    Lawfulness.LAWFUL: _l("lovligt"),
    Lawfulness.UNLAWFUL: _l("ulovligt"),
    RegisterState.NOT_TAKEN: _l("ikke registreret"),
    RegisterState.PARTLY: _l("delvist registreret"),
    RegisterState.TAKEN: _l("registreret"),
}

SENTENCES = {
    "roll_call.future": _l(
        "Undervisningsgangen ligger først den %(day)s. Fremmødet kan registreres fra den dag."
    ),
    "roll_call.locked": _l(
        "Fremmødet er låst, fordi der er gået mere end %(days)s dage. Bed koordinatoren om at låse det op."
    ),
    "roll_call.not_locked": _l("Fremmødet er ikke låst. I kan registrere med det samme."),
    "roll_call.cancelled": _l("Undervisningsgangen er aflyst, så der er ikke noget fremmøde at registrere."),
    "roll_call.foreign_row": _l(
        "En af deltagerne hører ikke længere til på denne undervisningsgang. Intet er gemt. "
        "Genindlæs siden, og registrér igen."
    ),
    "roll_call.double_row": _l(
        "En deltager stod to gange i det, der blev sendt. Intet er gemt. Genindlæs siden, og registrér igen."
    ),
    "roll_call.conflict": _l(
        "En anden har registreret fremmøde imens. Intet er gemt. Se begge registreringer ved de markerede "
        "deltagere, vælg den rigtige, og gem igen."
    ),
    "mark.status": _l("Vælg et af de fire fremmøder."),
    "mark.minutes_missing": _l("Skriv, hvor mange minutter deltageren manglede."),
    "mark.minutes_range": _l(
        "Skriv et antal minutter fra 1 til %(most)s. "
        "Vælg »fraværende«, hvis deltageren manglede hele undervisningsgangen."
    ),
}
