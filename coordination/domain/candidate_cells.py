"""The cells of a candidate list, as people write them in a spreadsheet, read into the domain's words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from coordination.domain.candidates import DanishExam, DanishTrack, Scheme
from coordination.domain.errors import Refused
from coordination.domain.nominations import settle_wishes

_SCHEMES = {
    "igu": Scheme.IGU,
    "integrationsgrunduddannelse": Scheme.IGU,
    "virksomhedspraktik": Scheme.INTERNSHIP,
    "praktik": Scheme.INTERNSHIP,
    "løntilskud": Scheme.WAGE_SUBSIDY,
    "ordinær": Scheme.ORDINARY,
    "ordinært": Scheme.ORDINARY,
    "ordinærtjob": Scheme.ORDINARY,
    "ordinæransættelse": Scheme.ORDINARY,
    "anden": Scheme.OTHER,
    "andet": Scheme.OTHER,
    "andenordning": Scheme.OTHER,
}
_EXAMS = {
    "": DanishExam.NONE,
    "ingen": DanishExam.NONE,
    "pd1": DanishExam.PD1,
    "prøveidansk1": DanishExam.PD1,
    "pd2": DanishExam.PD2,
    "prøveidansk2": DanishExam.PD2,
    "pd3": DanishExam.PD3,
    "prøveidansk3": DanishExam.PD3,
    "sp": DanishExam.SP,
    "studieprøven": DanishExam.SP,
    "studieprøve": DanishExam.SP,
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FOREIGN_PHONE = re.compile(r"\+[0-9 ]+", re.ASCII)
_TRACK = re.compile(r"(?:du|danskuddannelse)?([123])")
_MODULE = re.compile(r"(?:modul)?([1-6])")


def text_of(cell: object) -> str:
    """Text of a cell; nothing where the row is shorter than the headings."""
    return "" if cell is None else str(cell)


def squash(text: str) -> str:
    """Letters and digits only, small, without accents; æ, ø and å are letters of their own."""
    folded = unicodedata.normalize("NFC", text.casefold())
    plain = (sign if sign in "æøå" else unicodedata.normalize("NFKD", sign) for sign in folded)
    return "".join(sign for sign in "".join(plain) if sign.isalnum())


def read_sectors(text: str, sectors: Mapping[str, int]) -> tuple[int, ...]:
    """Sectors by code or name, best first, `,` `|` or `;` between; Refused("sector.unknown") or Invalid."""
    names = [name.strip() for name in re.split(r"[,|;]", text) if name.strip()]
    for name in names:
        if squash(name) not in sectors:
            raise Refused("sector.unknown", name=name[:100])
    if not names:
        return ()
    return tuple(sector_id for _, sector_id in settle_wishes([sectors[squash(name)] for name in names]))


def read_scheme(text: str) -> Scheme:
    """A scheme by its Danish name; Refused("cell.scheme") for any other word."""
    if squash(text) not in _SCHEMES:
        raise Refused("cell.scheme")
    return _SCHEMES[squash(text)]


def read_exam(text: str) -> DanishExam:
    """An exam by its name or short name, none if empty; Refused("cell.exam") for any other word."""
    if squash(text) not in _EXAMS:
        raise Refused("cell.exam")
    return _EXAMS[squash(text)]


def read_track(text: str) -> DanishTrack | None:
    """A Danish education as DU2, 2 or in full, None if empty; else Refused("cell.track")."""
    found = _TRACK.fullmatch(squash(text))
    if text and not found:
        raise Refused("cell.track")
    return DanishTrack(f"du{found[1]}") if found else None


def read_module(text: str) -> int | None:
    """A module as 3 or modul 3, None if empty; else Refused("language.module")."""
    found = _MODULE.fullmatch(squash(text))
    if text and not found:
        raise Refused("language.module")
    return int(found[1]) if found else None


def is_formula(name: str, text: str) -> bool:
    """True for a cell that a spreadsheet would run when the list is exported again."""
    text = text.strip(" ")
    return text.startswith(_FORMULA) and not (name == "phone" and _FOREIGN_PHONE.fullmatch(text))
