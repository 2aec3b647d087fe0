"""Words and sentences of tracks and their modules."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from coordination.domain.editions import ModuleChange
from coordination.domain.fees import FeeFamily
from coordination.domain.module_imports import ModuleRowKind
from coordination.domain.tracks import TeachingKind

WORDS = (
    {
        TeachingKind.AMU: _l("AMU"),
        TeachingKind.FVU: _l("FVU"),
        TeachingKind.AVU: _l("AVU"),
        TeachingKind.HF: _l("hf-enkeltfag"),
        TeachingKind.FGU: _l("FGU"),
        TeachingKind.DANISH: _l("danskuddannelse"),
        TeachingKind.OTHER: _l("andet"),
        ModuleRowKind.NEW: _l("nyt"),
        ModuleRowKind.CHANGED: _l("ændres"),
        ModuleRowKind.UNCHANGED: _l("uændret"),
        ModuleRowKind.ERROR: _l("fejl"),
    },
    {
        ModuleChange.ADDED: _l("nyt modul"),
        ModuleChange.CHANGED: _l("ændret"),
        ModuleChange.REMOVED: _l("udgået"),
    },
    {
        FeeFamily.NO_SHOW: _l("udeblivelse fra første dag"),
        FeeFamily.LATE_WITHDRAWAL: _l("afmelding mindre end en uge før"),
    },
)
EXPLAINED: dict[str, Any] = {
    "code": _l("AMU-kode med fem cifre. Tom for undervisning uden kode."),
    "title": _l("Modulets navn. Skal udfyldes."),
    "kind": _l("AMU, FVU, AVU, hf, FGU, danskuddannelse eller andet. Tom: AMU, hvis koden er en AMU-kode."),
    "amu": _l("ja eller nej. Kan bruges i stedet for art."),
    "days": _l("Længde i hele eller halve dage, for eksempel 2,5. Skal udfyldes."),
    "hours": _l(
        "Undervisning i timer, for eksempel 14,8 eller 14:48. Tom ved AMU: 7 timer og 24 minutter om dagen."
    ),
    "exam": _l("Danskprøve, der anbefales: PD1, PD2, PD3, Studieprøven eller ingen."),
}
"""What stands in each column of a file with modules."""
FIELDS: dict[str, Any] = {
    "code": _l("AMU-kode"),
    "title": _l("Titel"),
    "kind": _l("Undervisningens art"),
    "half_days": _l("Længde i halve dage"),
    "minutes": _l("Undervisning"),
    "exam_needed": _l("Danskprøve, der anbefales"),
}
"""What each field of a module is called where two editions are compared."""

SENTENCES = {
    "track.sector": _l("Branchen kan ikke vælges. Vælg en branche på listen."),
    "module.code": _l("En AMU-kode har fem cifre, for eksempel 42994. Demokoder skrives som D0001."),
    "modules.none": _l(
        "Filen indeholder ingen moduler. Kontrollér, at overskrifterne står øverst, "
        "og at der er rækker under."
    ),
    "modules.no_title": _l("Kolonnen »%(heading)s« mangler. Tilføj den, eller brug skabelonen."),
    "modules.too_many": _l("Filen har for mange rækker. Et forløb kan højst få %(most)s moduler ad gangen."),
    "modules.several_sheets": _l(
        "Flere ark i projektmappen ligner en liste over moduler. Gem det rigtige ark som en fil for sig."
    ),
    "modules.errors": _l("Filen har fejl, så ingen moduler er importeret. Ret dem, og vælg filen igen."),
    "modules.nothing_new": _l("Der er intet nyt i filen: forløbet har modulerne allerede."),
    "module.twice": _l("Samme modul står også i række %(other_row)s. Slet den ene række."),
    "cell.kind": _l("Arten kendes ikke. Skriv AMU, FVU, AVU, hf, FGU, danskuddannelse eller andet."),
    "cell.yes": _l("Skriv ja eller nej."),
    "cell.amu_and_kind": _l("Kolonnerne AMU og art siger ikke det samme. Ret den ene."),
    "cell.days": _l("Dagene kan ikke læses. Skriv dem som 2 eller 2,5."),
    "cell.hours": _l("Timerne kan ikke læses. Skriv dem som 14,8 eller 14:48."),
    "module.old_edition": _l(
        "Modulet er udgået: det hører til en tidligere udgave, som hold er lavet efter. Åbn forløbet, og ret "
        "den nyeste udgave."
    ),
    "run.edition_fixed": _l(
        "Kun en kladde kan følge en nyere udgave. Holdet er åbnet og beholder sine moduler."
    ),
    "module.half_days": _l("Skriv længden i halve dage, fra 1 til %(most)s."),
    "module.length": _l("Skriv, hvor meget undervisning modulet har: mindst 1 minut."),
}


def field_name(name: str) -> str:
    """What a field of a module is called."""
    return str(FIELDS[name])
