"""The cells of a candidate list, as people write them in a spreadsheet, read into the domain's words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta

from coordination.domain.calendar import parse_day
from coordination.domain.candidates import DanishExam, DanishTrack, Scheme, TargetGroup
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
    "internship": Scheme.INTERNSHIP,
    "wagesubsidy": Scheme.WAGE_SUBSIDY,
    "ordinary": Scheme.ORDINARY,
    "other": Scheme.OTHER,
}
_EXAMS = {
    "": DanishExam.NONE,
    "ingen": DanishExam.NONE,
    "none": DanishExam.NONE,
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
_GROUPS = {
    "flygtning": TargetGroup.REFUGEE,
    "refugee": TargetGroup.REFUGEE,
    "familiesammenført": TargetGroup.FAMILY_REUNIFIED,
    "familiesammenførttilflygtning": TargetGroup.FAMILY_REUNIFIED,
    "familiesammenføring": TargetGroup.FAMILY_REUNIFIED,
    "familyreunified": TargetGroup.FAMILY_REUNIFIED,
    "afghanistanloven": TargetGroup.AFGHANISTAN_ACT,
    "afghanistan": TargetGroup.AFGHANISTAN_ACT,
    "afghanistanact": TargetGroup.AFGHANISTAN_ACT,
    "omfattetafsærlovenforafghanistan": TargetGroup.AFGHANISTAN_ACT,
    "særlovenforafghanistan": TargetGroup.AFGHANISTAN_ACT,
    "omfattetafsærlovenforukraine": TargetGroup.UKRAINE_ACT,
    "særlovenforukraine": TargetGroup.UKRAINE_ACT,
    "ukraineloven": TargetGroup.UKRAINE_ACT,
    "ukraine": TargetGroup.UKRAINE_ACT,
    "ukraineact": TargetGroup.UKRAINE_ACT,
    "ingen": TargetGroup.NONE_OF_THESE,
    "ingenafdem": TargetGroup.NONE_OF_THESE,
    "ingenafdisse": TargetGroup.NONE_OF_THESE,
    "andet": TargetGroup.NONE_OF_THESE,
    "noneofthese": TargetGroup.NONE_OF_THESE,
}
_DAYS = {"ma": 0, "mo": 0, "ti": 1, "tu": 1, "on": 2, "we": 2, "to": 3, "th": 3, "fr": 4, "lø": 5, "sa": 5}
_DAYS |= {"sø": 6, "su": 6}
_SPAN = re.compile(r"([^\W\d]{2,})\s*[-–]\s*([^\W\d]{2,})")
_SERIAL = re.compile(r"[3-7]\d{4}", re.ASCII)  # 1982 to 2119 as Excel counts days
_DAY_NOUGHT = date(1899, 12, 30)
_BROKEN = re.compile(r"#(?:N/A|NUM!|REF!|NAME\?|NULL!|DIV/0!|VALUE!|VÆRDI!|REFERENCE!|NAVN\?|I/T|NUL!|TAL!)")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FOREIGN_PHONE = re.compile(r"\+[0-9 ]+", re.ASCII)
_TRACK = re.compile(r"(?:du|danskuddannelse)?([123])")
_MODULE = re.compile(r"(?:modul)?([1-6])")
_MINUTES = re.compile(r"(\d{1,4})(?:m|min|minut|minutter|minutes)?", re.ASCII)
_HOURS = re.compile(r"(\d{1,2})(?:t|timer?|hours?|h)(?:(\d{1,2})(?:m|min|minutter|minutes)?)?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::00)?", re.ASCII)


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


def read_group(text: str) -> TargetGroup | None:
    """A target group by its name, None if empty; Refused("cell.target_group") for any other word."""
    if text and squash(text) not in _GROUPS:
        raise Refused("cell.target_group")
    return _GROUPS[squash(text)] if text else None


def read_day(text: str) -> date | None:
    """A date as people write it, or as the number Excel keeps it as; None if empty."""
    if _SERIAL.fullmatch(text):
        return _DAY_NOUGHT + timedelta(days=int(text))
    return parse_day(text) if text else None


def read_minutes(text: str) -> int | None:
    """A length of time as 75, 75 min, 1:15 or 1 time 15 min; None if empty, else Refused("cell.minutes")."""
    words = squash(text)
    if found := _MINUTES.fullmatch(words) if ":" not in text else None:
        return int(found[1])
    if found := _CLOCK.fullmatch(text) or _HOURS.fullmatch(words):
        return int(found[1]) * 60 + int(found[2] or 0)
    if text:
        raise Refused("cell.minutes")
    return None


def read_weekdays(text: str) -> tuple[int, ...]:
    """Weekdays as `ma ti on`, `mandag, tirsdag` or `ma-fr`, 0 is Monday; else Refused("cell.weekdays")."""
    spans = _SPAN.findall(text)
    words = [
        word for word in re.split(r"[\s,;|/+&.]+", _SPAN.sub(" ", text)) if word not in {"", "og", "and"}
    ]
    days = {_weekday(word) for word in words}
    for first, last in spans:
        days |= set(range(_weekday(first), _weekday(last) + 1))
    return tuple(sorted(days))


def _weekday(word: str) -> int:
    if squash(word)[:2] not in _DAYS:
        raise Refused("cell.weekdays")
    return _DAYS[squash(word)[:2]]


def is_broken(text: str) -> bool:
    """True for a cell in which a spreadsheet could not work something out."""
    return _BROKEN.fullmatch(text.strip().upper()) is not None


def is_formula(name: str, text: str) -> bool:
    """True for a cell that a spreadsheet would run when the list is exported again."""
    text = text.strip(" ")
    return text.startswith(_FORMULA) and not (name == "phone" and _FOREIGN_PHONE.fullmatch(text))
