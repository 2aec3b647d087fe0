"""Words for when a candidate cannot come to school."""

from __future__ import annotations

from babel.dates import get_day_names
from babel.lists import format_list
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coordination.domain.availability import Clash, UnavailabilityKind

WORDS = {
    UnavailabilityKind.HOLIDAY: _l("ferie"),
    UnavailabilityKind.LEAVE: _l("orlov"),
    UnavailabilityKind.PRACTICE: _l("ekstra praktikdage"),
    UnavailabilityKind.OTHER_COURSE: _l("andet kursus"),
    UnavailabilityKind.APPOINTMENT: _l("aftale hos en myndighed"),
    UnavailabilityKind.OTHER: _l("anden grund"),
}

SENTENCES = {
    "availability.no_day": _l("Skriv dagen."),
    "availability.turned_round": _l("Den sidste dag ligger før den første. Byt dem om."),
    "availability.over": _l("Perioden er allerede slut. Skriv kun dage, der kommer."),
    "availability.too_long": _l("Perioden er længere end tre år. Se efter, om årstallet er rigtigt."),
    "availability.overlap": _l(
        "Perioden falder oven i en anden: %(kind)s fra %(first)s til %(last)s. Fjern den først, eller vælg "
        "andre dage."
    ),
}


def day_words(weekdays: tuple[int, ...]) -> str:
    """Weekdays in words: mandag og tirsdag."""
    names = get_day_names("wide", locale=get_locale())
    return format_list([names[day] for day in weekdays], locale=get_locale()) if weekdays else ""


def clash_words(clash: Clash) -> str:
    """How much of a run somebody cannot come to, and why: kan ikke 3 af 18 gange (praktik mandag)."""
    why = [str(WORDS[kind]) for kind in clash.kinds]
    if clash.weekdays:
        why.insert(0, _("praktik %(days)s", days=day_words(clash.weekdays)))
    return ngettext(
        "kan ikke %(missed)s af %(num)s gang (%(why)s)",
        "kan ikke %(missed)s af %(num)s gange (%(why)s)",
        clash.sessions,
        missed=clash.missed,
        why=", ".join(why),
    )
