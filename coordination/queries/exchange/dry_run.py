"""What importing a file would do, row by row, a hundred to a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from coordination.adapters.cpr_vault import CprVault
from coordination.domain.actors import Actor
from coordination.domain.candidate_columns import IGNORED, missing
from coordination.domain.candidate_imports import AT_ONCE, Alike, CheckedRow, ImportState, RowKind
from coordination.domain.candidate_rows import RowError
from coordination.domain.candidates import Scheme, masked
from coordination.queries.exchange.checking import checked_rows, table_errors, table_of
from coordination.queries.exchange.uploads import own_file, sectors_of

PAGE_SIZE = 100


@dataclass(frozen=True)
class DryRunRow:
    """A row and what would become of it; `alike` and `id` are people already registered."""

    row: int
    kind: RowKind
    id: int | None
    name: str
    cpr: str
    scheme: Scheme | None
    town: str
    wishes: tuple[str, ...]
    nominates: bool
    changes: Mapping[str, list[object]]
    alike: tuple[Alike, ...]
    errors: tuple[RowError, ...]
    warnings: tuple[RowError, ...]


@dataclass(frozen=True)
class DryRunPage:
    """What importing the file would do."""

    id: int
    filename: str
    state: ImportState
    problem: str
    unread: tuple[str, ...]
    table_errors: tuple[RowError, ...]
    counts: Mapping[RowKind, int]
    error_count: int
    nominated: int
    kind: RowKind | None
    rows: tuple[DryRunRow, ...]
    number: int
    pages: int
    person_ids: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many rows there are."""
        return sum(self.counts.values())

    @property
    def acts_on(self) -> int:
        """How many rows change anything."""
        return sum(self.counts[kind] for kind in (RowKind.NEW, RowKind.LOOK_ALIKE, RowKind.CHANGED))

    @property
    def is_long(self) -> bool:
        """True if the clock imports it while nobody waits."""
        return self.total > AT_ONCE


@dataclass
class _Shown:
    """The rows of one page of one kind (None: of every kind), picked while all of them pass by."""

    kind: RowKind | None
    number: int
    rows: list[CheckedRow] = field(default_factory=list[CheckedRow])
    seen: int = 0

    def see(self, row: CheckedRow) -> None:
        if self.kind in {None, row.kind}:
            if self.number == self.seen // PAGE_SIZE + 1:
                self.rows.append(row)
            self.seen += 1


@dataclass
class _Tally:
    """What is counted while the rows pass by; the first view that sees any row is the one shown."""

    views: list[_Shown]
    counts: Counter[RowKind] = field(default_factory=Counter)
    errors: int = 0
    nominated: int = 0

    def see(self, row: CheckedRow) -> None:
        self.counts[row.kind] += 1
        self.errors += len(row.errors)
        self.nominated += row.nominates and row.kind is not RowKind.ERROR
        for view in self.views:
            view.see(row)

    @property
    def shown(self) -> _Shown:
        return next((view for view in self.views if view.seen), self.views[-1])


def dry_run_page(
    actor: Actor,
    import_id: int,
    *,
    kind: RowKind | None = None,
    number: int = 1,
    errors_first: bool = False,
    vault: CprVault,
    today: date,
) -> DryRunPage | None:
    """What importing an uploaded file would do; None once that is decided, or before its columns are known.

    A kind narrows the rows shown, errors_first to the errors if there are any. NotFound for another
    jobcenter's file.
    """
    upload = own_file(actor, import_id)
    if upload.state not in {ImportState.UPLOADED, ImportState.FAILED}:
        return None
    table = table_of(upload.municipality_id, actor.user_id, vault.open(upload.content_sealed), upload.mapping)
    wrong = table_errors(table)
    if missing(table.mapping) and not wrong:
        return None
    tally = _Tally([_Shown(RowKind.ERROR, number)] * errors_first + [_Shown(kind, number)])
    for row in () if wrong else checked_rows(table, vault=vault, today=today):
        tally.see(row)
    names = {row.id: row.name for row in sectors_of(upload.municipality_id)}
    rows = tuple(_row(row, names) for row in tally.shown.rows)
    return DryRunPage(
        id=upload.id,
        filename=upload.filename,
        state=upload.state,
        problem=upload.problem,
        unread=tuple(heading for heading in table.unread if table.mapping.get(heading) != IGNORED),
        table_errors=wrong,
        counts=tally.counts,
        error_count=tally.errors + len(wrong),
        nominated=tally.nominated,
        kind=tally.shown.kind,
        rows=rows,
        number=number,
        pages=max(1, -(-tally.shown.seen // PAGE_SIZE)),
        person_ids=_people(rows),
    )


def _people(rows: tuple[DryRunRow, ...]) -> tuple[int, ...]:
    known = {row.id for row in rows if row.id}
    return tuple(known | {person.id for row in rows for person in row.alike})


def _row(checked: CheckedRow, sectors: Mapping[int, str]) -> DryRunRow:
    said = {**(checked.known.columns if checked.known else {}), **checked.row.given}
    return DryRunRow(
        row=checked.row.number,
        kind=checked.kind,
        id=checked.known.id if checked.known else None,
        name=said.get("name", ""),
        cpr=masked(checked.row.cpr.number) if checked.row.cpr else "",
        scheme=said.get("scheme"),
        town=said.get("town", ""),
        wishes=tuple(sectors[sector_id] for sector_id in checked.row.sector_ids),
        nominates=checked.nominates,
        changes=checked.changes,
        alike=checked.alike,
        errors=checked.errors,
        warnings=() if checked.known else checked.row.warnings,
    )
