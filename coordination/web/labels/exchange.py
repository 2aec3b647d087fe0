"""Sentences of imports and exports: what is wrong with a file, a row or a cell."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from coordination.domain.candidate_imports import ImportState

WORDS = {
    ImportState.UPLOADED: _l("klar til at blive læst igennem"),
    ImportState.WAITING: _l("venter på at blive importeret"),
    ImportState.RUNNING: _l("importeres nu"),
    ImportState.DONE: _l("importeret"),
    ImportState.FAILED: _l("ikke importeret"),
    ImportState.UNDONE: _l("fortrudt"),
}

SENTENCES = {
    "file.missing": _l("Vælg en fil først."),
    "file.empty": _l("Filen er tom. Vælg en anden fil, eller gem den igen fra regnearket."),
    "file.workbook": _l(
        "Filen er en Excel-projektmappe eller en zip-fil, også selv om den hedder .csv. "
        "Vælg »Gem som« og »CSV UTF-8« i regnearket, og upload den nye fil."
    ),
    "file.binary": _l(
        "Filen er ikke en tekstfil. Vælg »Gem som« og »CSV UTF-8« i regnearket, og upload den nye fil."
    ),
    "file.mixed_encoding": _l(
        "Bogstaver som æ, ø og å kan ikke læses, fordi filen blander to tegnsæt. "
        "Gem den igen som »CSV UTF-8«."
    ),
    "file.quotes": _l(
        "Filen kan ikke læses ved linje %(row)s: der mangler et anførselstegn, eller der er et for meget."
    ),
    "file.too_wide": _l("Filen har mere end %(most)s kolonner. Brug skabelonen."),
    "file.too_long": _l("Filen har mere end %(most)s rækker. Del den op i mindre filer."),
    "import.done": _l("Filen er allerede importeret. Der er ikke importeret noget to gange."),
    "import.errors": _l(
        "Filen har fejl (antal: %(count)s), så ingen kandidater er importeret. Ret dem, og upload filen igen."
    ),
    "import.nothing_new": _l("Der er ingen nye kandidater i filen."),
    "jobcenter.unknown": _l("Der er ingen kommune med kode %(number)s."),
    "jobcenter.nobody": _l("Jobcenteret har ingen åben konto, som kandidaterne kan høre til hos."),
    "day.unreadable": _l("Datoen kan ikke læses. Skriv den som 24-12-2026."),
    "table.empty": _l(
        "Filen indeholder ingen kandidater. Kontrollér, at overskrifterne står i første række, "
        "og at der er rækker under dem."
    ),
    "table.too_long": _l(
        "Filen har %(rows)s rækker. Der kan højst indlæses %(most)s ad gangen: del filen op."
    ),
    "column.missing": _l("Kolonnen mangler. Tilføj den, eller brug skabelonen."),
    "column.twice": _l("Kolonnen findes to gange. Slet den ene."),
    "column.unknown": _l("Kolonnen kendes ikke og bliver ikke indlæst."),
    "row.too_many_cells": _l(
        "Rækken har flere felter end overskrifterne. Kontrollér skilletegn og anførselstegn."
    ),
    "cell.missing": _l("Feltet skal udfyldes."),
    "cell.formula": _l(
        "Feltet begynder med et tegn, som et regneark læser som en formel (= + - @ eller tabulator). "
        "Fjern tegnet."
    ),
    "cell.scheme": _l(
        "Ordningen kendes ikke. Skriv IGU, virksomhedspraktik, løntilskud, ordinær eller anden."
    ),
    "cell.track": _l("Danskuddannelsen kendes ikke. Skriv DU1, DU2 eller DU3."),
    "cell.exam": _l("Prøven kendes ikke. Skriv PD1, PD2, PD3, Studieprøven eller ingen."),
    "sector.unknown": _l(
        "Branchen »%(name)s« findes ikke. Brug et navn eller en kode fra listen over brancher."
    ),
    "cpr.twice": _l("Samme CPR-nummer står også i række %(other_row)s. Slet den ene række."),
    "candidate.known_differs": _l(
        "%(name)s er allerede registreret hos jer med andre oplysninger. "
        "Ret kandidaten på dens side, og slet rækken her."
    ),
    "candidate.look_alike": _l(
        "I har allerede registreret en person med samme navn og fødselsdato, men et andet CPR-nummer. "
        "Kontrollér, at det ikke er den samme."
    ),
}
