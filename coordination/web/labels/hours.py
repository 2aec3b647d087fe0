"""Words and sentences of the school-hour account, of hours elsewhere and of the factors."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from coordination.domain.pace import Pace, PaceState

MOST_WEEKS = 52

WORDS = {
    PaceState.NOT_BEGUN: _l("ikke begyndt"),
    PaceState.EARLY: _l("lige begyndt"),
    PaceState.ON_TIME: _l("følger med"),
    PaceState.LATE: _l("bagud"),
    PaceState.REACHED: _l("i mål"),
    PaceState.OVER: _l("sluttet uden at nå målet"),
}

SENTENCES = {
    "hours.unreadable": _l("Skriv timerne som 12, 12,5 eller 12:30."),
    "hours.range": _l("Skriv mindst ét minut og højst %(most)s timer."),
    "hours.too_many": _l(
        "Så mange timer kan der ikke være i perioden. På %(days)s dage kan der højst være %(most)s."
    ),
    "hours.no_day": _l("Skriv dagen."),
    "hours.before_start": _l("IGU’en begyndte først %(day)s. Timer før den dag tæller ikke med."),
    "hours.turned_round": _l("Den sidste dag ligger før den første. Byt dem om."),
    "hours.twice": _l("De samme timer er allerede skrevet ned."),
    "hours.ahead": _l("Perioden slutter efter i dag. Skriv kun timer, der er holdt."),
    "hour_factor.unreadable": _l(
        "Skriv et tal fra 0 til 10 med højst to decimaler, for eksempel 2 eller 1,5."
    ),
    "hour_factor.no_day": _l("Skriv den dag, faktoren gælder fra."),
    "hour_factor.too_early": _l("De første IGU-forløb begyndte %(day)s. Vælg den dag eller en senere."),
    "hour_factor.taken": _l("Der er allerede en faktor for den undervisning fra %(day)s. Vælg en anden dag."),
    "hour_factor.in_force": _l(
        "Faktoren gælder allerede fra %(day)s og kan ikke fjernes. Tilføj en ny fra den dag, den skal ændres."
    ),
}


def late_words(pace: Pace) -> str:
    """How much too late a target is reached: 6 uger for sent, over 2 år for sent."""
    weeks = pace.weeks_late
    if weeks > MOST_WEEKS:
        return ngettext("over %(num)s år for sent", "over %(num)s år for sent", weeks // MOST_WEEKS)
    return ngettext("%(num)s uge for sent", "%(num)s uger for sent", weeks)
