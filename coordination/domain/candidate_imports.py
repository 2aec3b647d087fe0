"""An import beside the people already registered: who is new, changed, alike or known, and what is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from coordination.domain.candidate_cells import squash
from coordination.domain.candidate_columns import HEADINGS
from coordination.domain.candidate_records import (
    CandidateRecord,
    Contact,
    columns,
    differences,
    settle_record,
)
from coordination.domain.candidate_rows import ReadRow, RowError, in_order
from coordination.domain.candidates import CandidateFacts, DanishExam, DanishLevel, Scheme, TeachingNeed
from coordination.domain.eligibility import PersonFacts, evaluate, start_problem, stops
from coordination.domain.errors import Invalid
from coordination.domain.igu import IguRuleKind, Rule
from coordination.domain.igu_facts import IguFacts


class ImportState(StrEnum):
    """Where an uploaded file stands."""

    UPLOADED = "uploaded"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"


class RowKind(StrEnum):
    """What a row will do."""

    NEW = "new"
    CHANGED = "changed"
    LOOK_ALIKE = "look_alike"
    UNCHANGED = "unchanged"
    ERROR = "error"


class InTheWay(StrEnum):
    """What has been built on an imported row and keeps the import from being taken back."""

    EDITED = "edited"
    MOVED = "moved"
    SEAT = "seat"
    TRANSFER = "transfer"
    THREAD = "thread"
    OTHER = "other"


Key = tuple[str, object]
"""A code that says by what two people are alike, and the value they share."""
AT_ONCE = 500
"""So many rows are imported while one waits; a longer file is left to the clock."""


@dataclass(frozen=True)
class Known:
    """Someone already registered: the stored columns, and whether a file may still nominate the person."""

    id: int
    version: int
    birth_date: date
    columns: Mapping[str, Any]
    nominated: bool


@dataclass(frozen=True)
class Other:
    """Somebody already registered who may be the same person under another number."""

    id: int
    name: str
    birth_date: date
    phone: str


@dataclass(frozen=True)
class Alike:
    """A registered person a row resembles, and by what, as a code."""

    id: int
    name: str
    code: str


@dataclass(frozen=True)
class CheckedRow:
    """A row held against the register: what importing it does, or everything that stops it."""

    row: ReadRow
    kind: RowKind
    record: CandidateRecord | None = None
    known: Known | None = None
    changes: Mapping[str, list[object]] = field(default_factory=dict)
    alike: tuple[Alike, ...] = ()
    nominates: bool = False
    errors: tuple[RowError, ...] = ()


class Others:
    """The people registered who share a birth date, a telephone number or a name with someone in a file."""

    def __init__(self, people: Iterable[Other]) -> None:
        self._found: dict[Key, list[Other]] = defaultdict(list)
        for person in people:
            for key in _keys(person.name, person.birth_date, person.phone):
                self._found[key].append(person)

    def alike(self, row: ReadRow, besides: int | None) -> tuple[Alike, ...]:
        """Whom a row resembles, each person once."""
        if row.cpr is None:
            return ()
        found: dict[int, Alike] = {}
        for key in _keys(row.given.get("name", ""), row.cpr.birth_date, row.given.get("phone", "")):
            for person in self._found.get(key, ()):
                if person.id != besides:
                    found.setdefault(person.id, Alike(person.id, person.name, key[0]))
        return tuple(found.values())


@dataclass(frozen=True)
class Register:
    """What a row is held against: the jobcenter's own people, the dated rules, who the new ones belong to."""

    known: Mapping[str, Known]
    others: Others
    twins: Mapping[int, int]
    rules: Sequence[Rule]
    caseworker_id: int
    today: date


def check_row(row: ReadRow, register: Register) -> CheckedRow:
    """What importing a row would do; every error of the row at once.

    A known person keeps what the row leaves empty. Somebody who is in the pool, or was, is nominated by hand.
    """
    known = register.known.get(row.cpr.number) if row.cpr else None
    before = known.columns if known else _nobody(register.caseworker_id)
    born = row.cpr.birth_date if row.cpr else None
    record, errors = _settled(row, before, register, born)
    nominates = bool(row.sector_ids) and not (known and known.nominated)
    if twin := register.twins.get(row.number):
        errors.append(RowError(row.number, HEADINGS["cpr"], "cpr.twice", {"other_row": twin}))
    if nominates and born:
        errors += _outside(row, {**before, **row.given}, born, register)
    if errors or record is None:
        return CheckedRow(row, RowKind.ERROR, known=known, nominates=nominates, errors=in_order(errors))
    changes = _changes(row, known, record)
    alike = () if known else register.others.alike(row, None)
    kind = _kind(known, alike, changed=bool(changes) or nominates)
    return CheckedRow(row, kind, record, known, changes, alike, nominates)


def record_of(values: Mapping[str, Any]) -> CandidateRecord:
    """The record that is stored as these columns."""
    level = DanishLevel(values["danish_track"], values["danish_module"], DanishExam(values["danish_exam"]))
    return CandidateRecord(
        CandidateFacts(**_part(CandidateFacts, values), level=level),
        **_part(CandidateRecord, values)
        | {
            "needs": tuple(TeachingNeed(need) for need in values["needs"]),
            "practice_days": tuple(values["practice_days"]),
        },
        igu=IguFacts(**_part(IguFacts, values)),
        contact=Contact(**_part(Contact, values, "contact_")),
    )


def _part(kind: type[Any], values: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    names = (part.name for part in fields(kind))
    return {name: values[before + name] for name in names if before + name in values}


@cache
def _nobody(caseworker_id: int) -> Mapping[str, Any]:
    """The columns of a person of whom nothing is written."""
    return columns(CandidateRecord(CandidateFacts("", Scheme.OTHER), caseworker_id))


def _settled(
    row: ReadRow, before: Mapping[str, Any], register: Register, born: date | None
) -> tuple[CandidateRecord | None, list[RowError]]:
    """The record the row leaves behind; errors of its cells come before those the rules find in them."""
    errors = {error.column: error for error in row.errors}
    values = {**before, **row.given}
    if HEADINGS["scheme"] in errors:
        values["scheme"] = Scheme.IGU  # an unreadable scheme makes no second error of its dates
    if HEADINGS["danish_exam"] in errors:
        values["danish_exam_on"] = None
    start = row.given.get("igu_start")
    if start and start != before["igu_start"] and (problem := start_problem(start, register.rules)):
        errors[HEADINGS["igu_start"]] = RowError(row.number, HEADINGS["igu_start"], *problem)
    try:
        return settle_record(record_of(values), register.today, born=born), list(errors.values())
    except Invalid as invalid:
        for name, (code, facts) in invalid.errors.items():
            column = HEADINGS.get(_COLUMN_OF.get(name, name), "")
            errors.setdefault(column, RowError(row.number, column, code, facts))
    return None, list(errors.values())


def _changes(row: ReadRow, known: Known | None, record: CandidateRecord) -> dict[str, list[object]]:
    """The facts the row names and the register has otherwise."""
    if known is None:
        return {}
    after = {name: value for name, value in columns(record).items() if name in row.given}
    return differences(known.columns, after)


def _outside(row: ReadRow, values: Mapping[str, Any], born: date, register: Register) -> list[RowError]:
    """Every rule that keeps the person from the IGU the row nominates for."""
    if values.get("scheme") is not Scheme.IGU:
        return []
    start = values.get("igu_start")
    outside = start is not None and start_problem(start, register.rules) is not None  # told already
    person = PersonFacts(
        birth_date=born,
        start=start,
        residence_since=values.get("residence_since"),
        target_group=values.get("target_group"),
        exam=values.get("danish_exam") or DanishExam.NONE,
    )
    return [
        RowError(row.number, _heading_of(found.rule), "eligibility.cannot", {"findings": found})
        for found in stops(evaluate(person, register.rules, register.today))
        if not (outside and found.rule in _ABOUT_START)
    ]


def _heading_of(rule: str) -> str:
    return HEADINGS[_COLUMN_OF_RULE[rule]] if rule in _COLUMN_OF_RULE else ""


def _kind(known: Known | None, alike: tuple[Alike, ...], *, changed: bool) -> RowKind:
    if known:
        return RowKind.CHANGED if changed else RowKind.UNCHANGED
    return RowKind.LOOK_ALIKE if alike else RowKind.NEW


def phone_key(phone: str) -> str:
    """The eight digits of a Danish number; empty for anything shorter."""
    digits = "".join(sign for sign in phone if sign in "0123456789")
    return digits[-8:] if len(digits) >= 8 else ""  # noqa: PLR2004 (a Danish number)


def _keys(name: str, birth_date: date, phone: str) -> list[Key]:
    """By what two people are taken for one: name and birth date, in whichever order, a telephone number."""
    words = sorted(squash(word) for word in name.replace(",", " ").split())
    keys: list[Key] = [("alike.name_and_birth_date", (*words, birth_date))] if words else []
    if digits := phone_key(phone):
        keys.append(("alike.phone", digits))
    return keys


_COLUMN_OF = {"track": "danish_track", "module": "danish_module", "exam": "danish_exam"}
_COLUMN_OF_RULE: Mapping[str, str] = {
    IguRuleKind.AGE_FROM: "cpr",
    IguRuleKind.AGE_UNDER: "cpr",
    IguRuleKind.TARGET_GROUP: "target_group",
    IguRuleKind.RESIDENCE_UNDER: "residence_since",
    IguRuleKind.RESIDENCE_UP_TO: "residence_since",
    IguRuleKind.EXAM_AT_LEAST: "danish_exam",
}
_ABOUT_START = frozenset({str(IguRuleKind.START_FROM), str(IguRuleKind.START_UNTIL)})
