"""An import beside the people already registered: who is new, who is known, what must be put right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordination.domain.candidate_cells import squash
from coordination.domain.candidate_records import CandidateRecord, columns
from coordination.domain.candidate_rows import ImportPlan, NewCandidate, RowError, RowWarning


class ImportState(StrEnum):
    """Where an uploaded file stands."""

    UPLOADED = "uploaded"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"


@dataclass(frozen=True)
class Known:
    """Someone already registered: the stored columns that a file may also hold."""

    name: str
    birth_date: date
    columns: Mapping[str, object]


@dataclass(frozen=True)
class CheckedImport:
    """What an import will do: register these, skip those; nothing while there are errors."""

    new: tuple[NewCandidate, ...]
    skipped: tuple[NewCandidate, ...]
    errors: tuple[RowError, ...]
    warnings: tuple[RowWarning, ...]

    @property
    def nominated(self) -> int:
        """How many of the new ones name a sector and go straight into the pool."""
        return sum(bool(row.sector_ids) for row in self.new)


def check_import(plan: ImportPlan, known: Mapping[str, Known], others: Iterable[Known]) -> CheckedImport:
    """The plan held against those already registered, `known` by CPR number, `others` all of them.

    A known person with nothing different is skipped; one with other facts is an error, so that a file never
    overwrites what somebody has put right; someone with the same name and birth date only warns.
    """
    new = tuple(row for row in plan.rows if row.cpr.number not in known)
    met = [(row, known[row.cpr.number]) for row in plan.rows if row.cpr.number in known]
    changed = [
        RowError(row.row, "cpr", "candidate.known_differs", {"name": person.name})
        for row, person in met
        if _differs(row, person)
    ]
    alike = {(squash(person.name), person.birth_date) for person in others}
    odd = [
        RowWarning(row.row, "navn", "candidate.look_alike")
        for row in new
        if (squash(row.facts.name), row.cpr.birth_date) in alike
    ]
    return CheckedImport(
        new=new,
        skipped=tuple(row for row, person in met if not _differs(row, person)),
        errors=tuple(sorted((*plan.errors, *changed), key=lambda error: error.row)),
        warnings=tuple(sorted((*plan.warnings, *odd), key=lambda warning: warning.row)),
    )


def _differs(row: NewCandidate, known: Known) -> bool:
    """True if the file says something else than what is stored; an empty cell says nothing."""
    written = columns(CandidateRecord(row.facts, caseworker_id=0))
    return any(value and known.columns.get(field, value) != value for field, value in written.items())
