"""Sentences of imports and exports: what is wrong with a file, a row or a cell."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from coordination.domain.candidate_imports import ImportState, InTheWay, RowKind
from coordination.domain.candidates import DanishExam, DanishTrack, Scheme, TargetGroup

WORDS = {
    ImportState.UPLOADED: _l("klar til at blive læst igennem"),
    ImportState.WAITING: _l("venter på at blive importeret"),
    ImportState.RUNNING: _l("importeres nu"),
    ImportState.DONE: _l("importeret"),
    ImportState.FAILED: _l("ikke importeret"),
    ImportState.UNDONE: _l("fortrudt"),
    RowKind.NEW: _l("ny"),
    RowKind.CHANGED: _l("ændret"),
    RowKind.LOOK_ALIKE: _l("ligner en anden"),
    RowKind.UNCHANGED: _l("uændret"),
    RowKind.ERROR: _l("fejl"),
    InTheWay.EDITED: _l("oplysningerne er rettet siden"),
    InTheWay.MOVED: _l("indstillingen er flyttet eller ændret siden"),
    InTheWay.SEAT: _l("kandidaten har fået en plads eller står på venteliste"),
    InTheWay.TRANSFER: _l("kandidaten er flyttet, eller en flytning er begyndt"),
    InTheWay.THREAD: _l("der er skrevet i tråden"),
    InTheWay.OTHER: _l("der er registreret fravær, timer eller andet siden"),
}
CHOSEN_FROM = {
    "scheme": Scheme,
    "target_group": TargetGroup,
    "danish_track": DanishTrack,
    "danish_exam": DanishExam,
}
"""The columns of the template whose words can be chosen from a list."""
EXPLAINED = {
    "cpr": _l("CPR-nummer med ti cifre. Kolonnen er tekst, så nullet forrest bliver stående."),
    "name": _l("Fulde navn."),
    "phone": _l("Telefonnummer, gerne med landekode."),
    "email": _l("Mailadresse."),
    "address": _l("Vej og nummer. Vises aldrig til andre end jeres eget jobcenter."),
    "postcode": _l("Fire cifre."),
    "town": _l("Postdistrikt."),
    "scheme": _l("Ordningen, kandidaten er på. Vælg en af disse:"),
    "igu_start": _l("Første dag i IGU. Kun for IGU. Skriv datoen som 24-12-2026."),
    "employer": _l("Virksomheden, hvor kandidaten er i praktik eller ansat."),
    "vitas_reference": _l("Aftalens nummer i VITAS. Kun for IGU."),
    "residence_since": _l(
        "Første dag med ophold i Danmark. Bruges til at se, om kandidaten kan optages i IGU."
    ),
    "target_group": _l("Hvorfor kandidaten kan begynde en IGU. Vælg en af disse:"),
    "danish_track": _l("Danskuddannelse. Vælg en af disse:"),
    "danish_module": _l("Modul 1 til 6. Kræver, at danskuddannelsen er udfyldt."),
    "danish_exam": _l("Højeste beståede prøve i dansk. Vælg en af disse:"),
    "danish_exam_on": _l("Dagen, prøven blev bestået."),
    "practice_days": _l("Ugedage i virksomheden, for eksempel ma ti on eller ma-fr."),
    "most_travel_minutes": _l(
        "Så mange minutter kan kandidaten højst rejse til skole den ene vej, for eksempel 60."
    ),
    "wishes": _l(
        "Brancher, kandidaten indstilles til, med | imellem og den bedste først. Tom: indstilles ikke. Vælg:"
    ),
}
"""What stands in each column of the template."""

SENTENCES = {
    "file.missing": _l("Vælg en fil først."),
    "file.empty": _l("Filen er tom. Vælg en anden fil, eller gem den igen fra regnearket."),
    "file.old_workbook": _l(
        "Filen er en projektmappe fra et ældre Excel (.xls eller .xlsb), også selv om den hedder noget "
        "andet. "
        "Åbn den i Excel, vælg »Gem som« og »Excel-projektmappe (.xlsx)«, og upload den nye fil."
    ),
    "file.password": _l(
        "Filen er beskyttet med en adgangskode og kan ikke læses. Fjern adgangskoden i Excel, og gem den "
        "igen."
    ),
    "file.macros": _l(
        "Projektmappen indeholder makroer og bliver ikke læst. "
        "Vælg »Gem som« og »Excel-projektmappe (.xlsx)« uden makroer, og upload den nye fil."
    ),
    "file.open_document": _l(
        "Filen er et regneark fra LibreOffice (.ods). Vælg »Gem som« og »Excel (.xlsx)« eller CSV, "
        "og upload den nye fil."
    ),
    "file.document": _l(
        "Filen er et dokument (PDF, Word eller PowerPoint) og ikke et regneark. Brug skabelonen."
    ),
    "file.archive": _l("Filen er en zip-fil og ikke et regneark. Pak den ud, og upload regnearket."),
    "file.bomb": _l("Filen fylder alt for meget, når den pakkes ud, og bliver ikke åbnet. Brug skabelonen."),
    "file.broken_workbook": _l(
        "Projektmappen er beskadiget og kan ikke læses. Åbn den i Excel, gem den igen, og upload den nye fil."
    ),
    "file.markup": _l(
        "Filen er en hjemmeside eller XML, også selv om den hedder noget andet. "
        "Åbn den i Excel, vælg »Gem som« og »Excel-projektmappe (.xlsx)«, og upload den nye fil."
    ),
    "file.several_sheets": _l(
        "Flere ark ligner en liste over kandidater: %(sheets)s. Skriv navnet på det rigtige under »Ark«."
    ),
    "file.no_sheet": _l("Projektmappen har intet ark, der hedder »%(name)s«."),
    "file.binary": _l(
        "Filen er hverken en projektmappe eller en tekstfil. Gem den som »Excel-projektmappe (.xlsx)«, "
        "og upload den nye fil."
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
    "import.done": _l("Filen er allerede importeret eller på vej. Der er ikke importeret noget to gange."),
    "import.errors": _l(
        "Filen har fejl (antal: %(count)s), så ingen kandidater er importeret. Ret dem, og upload filen igen."
    ),
    "import.nothing_new": _l(
        "Der er intet nyt i filen: alle er registreret hos jer med de samme oplysninger."
    ),
    "import.register_changed": _l(
        "Nogen rettede i de samme kandidater, mens filen blev læst, så intet er importeret. "
        "Se prøven igen, og importér så."
    ),
    "import.nobody": _l("Den konto, der satte importen i gang, er lukket, så intet er importeret."),
    "import.again": _l("Importen blev afbrudt og begynder forfra. Intet er importeret endnu."),
    "import.broke": _l(
        "Importen gik i stykker, og intet er importeret. Prøv igen, eller skriv til administratoren."
    ),
    "import.not_done": _l(
        "Importen kan ikke fortrydes, fordi den ikke er gennemført eller allerede er fortrudt."
    ),
    "import.built_on": _l(
        "Importen kan ikke fortrydes, fordi der er arbejdet videre på den (kandidater: %(count)s)."
    ),
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
    "column.taken": _l("En anden kolonne er allerede valgt til »%(column)s«."),
    "column.no_such_fact": _l("Vælg fra listen, hvad kolonnen indeholder."),
    "columns.missing": _l(
        "Disse oplysninger skal være i filen, men ingen kolonne er valgt til dem: %(columns)s."
    ),
    "row.too_many_cells": _l(
        "Rækken har flere felter end overskrifterne. Kontrollér skilletegn og anførselstegn."
    ),
    "cell.missing": _l("Feltet skal udfyldes."),
    "cell.formula": _l(
        "Feltet begynder med et tegn, som et regneark læser som en formel (= + - @ eller tabulator). "
        "Fjern tegnet."
    ),
    "cell.broken": _l(
        "Regnearket viser en fejl (som #N/A eller #REFERENCE!) i feltet. Ret det i regnearket."
    ),
    "cell.target_group": _l(
        "Målgruppen kendes ikke. Skriv flygtning, familiesammenført, Afghanistanloven, Ukraineloven eller "
        "ingen."
    ),
    "cell.weekdays": _l("Ugedagene kan ikke læses. Skriv dem som ma ti on to fr."),
    "cell.minutes": _l("Minutterne kan ikke læses. Skriv dem som 75 eller 1:15."),
    "cell.scheme": _l(
        "Ordningen kendes ikke. Skriv IGU, virksomhedspraktik, løntilskud, ordinær eller anden."
    ),
    "cell.track": _l("Danskuddannelsen kendes ikke. Skriv DU1, DU2 eller DU3."),
    "cell.exam": _l("Prøven kendes ikke. Skriv PD1, PD2, PD3, Studieprøven eller ingen."),
    "sector.unknown": _l(
        "Branchen »%(name)s« findes ikke. Brug et navn eller en kode fra listen over brancher."
    ),
    "cpr.twice": _l("Samme CPR-nummer står også i række %(other_row)s. Slet den ene række."),
    "alike.name_and_birth_date": _l("samme navn og fødselsdato"),
    "alike.phone": _l("samme telefonnummer"),
}
