"""The columns of a candidate list: what each may be called, which row holds the headings, what goes where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coordination.domain.candidate_cells import squash
from coordination.domain.errors import Invalid, Problem

IGNORED = ""
"""What a heading holds that somebody chose not to read."""


@dataclass(frozen=True)
class Column:
    """A column of the template: its Danish heading, the fact it holds, an example, other names for it."""

    heading: str
    field: str
    example: str
    required: bool = False
    names: str = ""


COLUMNS = (
    Column(
        "cpr",
        "cpr",
        "150390-0001",
        required=True,
        names="cpr-nummer cprnr personnummer civil_registration_number",
    ),
    Column(
        "navn",
        "name",
        "Eksempel Kandidat",
        required=True,
        names="name fulde_navn kandidat borger borgers_navn full_name",
    ),
    Column("telefon", "phone", "+45 00 00 00 00", names="tlf telefonnummer mobil mobilnummer phone mobile"),
    Column("e-mail", "email", "kandidat@example.org", names="mail mailadresse emailadresse email"),
    Column("adresse", "address", "Eksempelvej 1", names="vej gade address street bopæl"),
    Column("postnummer", "postcode", "6200", names="postnr postcode zip zip_code"),
    Column("by", "town", "Aabenraa", names="postdistrikt bynavn town city"),
    Column("ordning", "scheme", "IGU", required=True, names="scheme tilbud indsats forløbstype"),
    Column("igu-start", "igu_start", "01-08-2026", names="igustartdato startdato_igu igu_start_date"),
    Column(
        "arbejdsgiver",
        "employer",
        "Eksempel A/S",
        names="virksomhed praktiksted praktikplads employer company",
    ),
    Column("VITAS-reference", "vitas_reference", "V-000001", names="vitas vitasnummer vitas_sagsnummer"),
    Column(
        "opholdsdato",
        "residence_since",
        "01-02-2022",
        names="opholdstilladelse ophold_siden bopæl_siden residence_date residence_since",
    ),
    Column("målgruppe", "target_group", "flygtning", names="opholdsgrundlag target_group"),
    Column("danskuddannelse", "danish_track", "DU2", names="du danish_education danish_track"),
    Column("modul", "danish_module", "3", names="danskmodul module danish_module"),
    Column("prøve", "danish_exam", "PD2", names="danskprøve bestået_prøve exam danish_exam prøve_i_dansk"),
    Column("prøvedato", "danish_exam_on", "12-06-2026", names="dato_for_prøve exam_date"),
    Column("praktikdage", "practice_days", "ma ti on", names="ugedage_i_praktik arbejdsdage practice_days"),
    Column(
        "længste rejse",
        "most_travel_minutes",
        "60",
        names="længste_rejsetid rejsetid rejseminutter højeste_rejsetid travel_minutes longest_travel",
    ),
    Column(
        "brancher",
        "wishes",
        "køkken og rengøring | social og sundhed",
        names="branche brancheønsker ønsker branchespor sectors sector wishes",
    ),
)
HEADINGS = {column.field: column.heading for column in COLUMNS}
REQUIRED = tuple(column.field for column in COLUMNS if column.required)
ENOUGH = 2  # headings we know make a row of headings
LOOKED_AT = 10  # rows among which the headings are found
LONGEST_HEADING = 120
_KNOWN = {
    squash(name): column.field
    for column in COLUMNS
    for name in (column.heading, column.field, *column.names.split())
}


@dataclass(frozen=True)
class Headings:
    """The row that holds the headings, and each heading by the place of its column."""

    row: int
    texts: tuple[str, ...]


def key_of(heading: str) -> str:
    """A heading as it is remembered: small letters, single spaces."""
    return " ".join(heading.casefold().split())[:LONGEST_HEADING]


def guess(heading: str) -> str | None:
    """The fact a heading names, if it is one of the names we know."""
    return _KNOWN.get(squash(heading))


def likely(cells: Sequence[str]) -> bool:
    """True for a row in which several cells are headings we know."""
    return _known_in(cells) >= ENOUGH


def find_headings(rows: Sequence[tuple[int, Sequence[str]]]) -> Headings:
    """The row among the first ten with most headings we know; the first row if there are none."""
    if not rows:
        return Headings(1, ())
    number, cells = max(rows[:LOOKED_AT], key=lambda row: _known_in(row[1]))
    return Headings(number, tuple(" ".join(cell.split())[:LONGEST_HEADING] for cell in cells))


def propose(headings: Sequence[str], remembered: Mapping[str, str]) -> dict[str, str]:
    """What each heading holds: as the jobcenter said last time, else by its name; others are left out.

    A fact already taken by an earlier heading is not given twice.
    """
    chosen: dict[str, str] = {}
    for heading in dict.fromkeys(filter(None, headings)):
        fact = remembered.get(key_of(heading), guess(heading))
        if fact == IGNORED or (fact in HEADINGS and fact not in chosen.values()):
            chosen[heading] = str(fact)
    return chosen


def missing(mapping: Mapping[str, str]) -> tuple[str, ...]:
    """The facts a file must have and no heading holds."""
    return tuple(fact for fact in REQUIRED if fact not in mapping.values())


def places(headings: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    """The place of each fact's column; of two columns with the same heading the first."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        if fact := mapping.get(heading):
            found.setdefault(fact, place)
    return found


def _known_in(cells: Sequence[str]) -> int:
    return len({fact for cell in cells if cell and (fact := guess(cell))})


def settle_mapping(headings: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """What somebody said each heading holds, every heading of the file once.

    Invalid beside a heading whose fact another one holds, and beside `columns` for facts that must be there.
    """
    mapping: dict[str, str] = {}
    errors: dict[str, str | Problem] = {}
    for heading in dict.fromkeys(filter(None, headings)):
        fact = chosen.get(heading, IGNORED)
        if fact not in HEADINGS and fact != IGNORED:
            errors[heading] = "column.no_such_fact"
        elif fact != IGNORED and fact in mapping.values():
            errors[heading] = ("column.taken", {"column": HEADINGS[fact]})
        else:
            mapping[heading] = fact
    if lacking := missing(mapping):
        errors["columns"] = ("columns.missing", {"columns": ", ".join(HEADINGS[fact] for fact in lacking)})
    if errors:
        raise Invalid(errors)
    return mapping
