"""A table read row by row and held against the register a batch at a time, so that length costs no room."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

import sqlalchemy as sa

from coordination.adapters.cpr_vault import CprVault
from coordination.adapters.spreadsheets import Row, unpacked
from coordination.db import db
from coordination.domain.candidate_columns import (
    HEADINGS,
    LOOKED_AT,
    Headings,
    find_headings,
    places,
    propose,
)
from coordination.domain.candidate_imports import (
    CheckedRow,
    Known,
    Other,
    Others,
    Register,
    check_row,
    phone_key,
)
from coordination.domain.candidate_rows import (
    MAX_ROWS,
    ReadRow,
    RowError,
    find_twins,
    number_in,
    read_row,
    sector_keys,
)
from coordination.models import Candidate, Nomination
from coordination.queries import candidates
from coordination.queries.exchange.uploads import remembered, sectors_of
from coordination.queries.rules import igu_rules

BATCH = 250
Told = Callable[[int], None]


@dataclass(frozen=True)
class Table:
    """A packed table with its headings, and the place of each fact's column."""

    municipality_id: int
    caseworker_id: int
    text: str
    headings: Headings
    mapping: Mapping[str, str]

    @property
    def places(self) -> dict[str, int]:
        """The place of each fact's column."""
        return places(self.headings.texts, self.mapping)

    @property
    def unread(self) -> tuple[str, ...]:
        """The headings that hold nothing we were told to read."""
        return tuple(heading for heading in self.headings.texts if heading and not self.mapping.get(heading))

    def rows(self) -> Iterator[Row]:
        """The rows under the headings."""
        return (row for row in unpacked(self.text) if row[0] > self.headings.row)


def table_of(
    municipality_id: int, caseworker_id: int, text: str, mapping: Mapping[str, str] | None = None
) -> Table:
    """The table in a packed text; without a mapping its headings go by their names and what is remembered."""
    headings = find_headings(list(islice(unpacked(text), LOOKED_AT)))
    if mapping is None:
        mapping = propose(headings.texts, remembered(municipality_id))
    return Table(municipality_id, caseworker_id, text, headings, mapping)


def table_errors(table: Table) -> tuple[RowError, ...]:
    """What is wrong with the table as a whole; its rows cannot be read before that is put right."""
    row = table.headings.row
    count = sum(1 for _row in table.rows())
    if count == 0:
        return (RowError(row, "", "table.empty"),)
    if count > MAX_ROWS:
        return (RowError(row, "", "table.too_long", {"rows": count, "most": MAX_ROWS}),)
    found = [table.mapping.get(heading) for heading in table.headings.texts]
    return tuple(RowError(row, HEADINGS[fact], "column.twice") for fact in HEADINGS if found.count(fact) > 1)


def checked_rows(
    table: Table, *, vault: CprVault, today: date, told: Told | None = None
) -> Iterator[CheckedRow]:
    """Each row with what importing it would do; `told` hears how many rows are done."""
    where = table.places
    sectors = sector_keys(
        {
            name: row.id
            for row in sectors_of(table.municipality_id)
            for name in (row.name, row.name_en, row.code)
            if name
        }
    )
    twins = find_twins((number, number_in(cells, where["cpr"], today)) for number, cells in table.rows())
    rules, done = igu_rules(), 0
    lines = table.rows()
    width = len(table.headings.texts)
    while batch := [
        read_row(number, cells, places=where, width=width, sectors=sectors, today=today)
        for number, cells in islice(lines, BATCH)
    ]:
        register = Register(
            known=_known(table.municipality_id, batch, vault),
            others=_others(table.municipality_id, batch),
            twins=twins,
            rules=rules,
            caseworker_id=table.caseworker_id,
            today=today,
        )
        yield from (check_row(row, register) for row in batch)
        done += len(batch)
        if told:
            told(done)


def _known(municipality_id: int, batch: Sequence[ReadRow], vault: CprVault) -> dict[str, Known]:
    """Those of a batch whom the jobcenter has registered, by CPR number."""
    numbers = {vault.fingerprint(row.cpr.number): row.cpr.number for row in batch if row.cpr}
    found = db.session.scalars(
        sa.select(Candidate).where(
            Candidate.municipality_id == municipality_id, Candidate.cpr_hash.in_(list(numbers))
        )
    ).all()
    nominated = _nominated([row.id for row in found])
    return {
        numbers[row.cpr_hash]: Known(
            row.id, row.version, row.birth_date, candidates.stored(row), row.id in nominated
        )
        for row in found
    }


def _nominated(candidate_ids: list[int]) -> set[int]:
    """Those who have a nomination, whatever became of it."""
    found = sa.select(Nomination.candidate_id).where(Nomination.candidate_id.in_(candidate_ids))
    return set(db.session.scalars(found)) if candidate_ids else set()


def _others(municipality_id: int, batch: Sequence[ReadRow]) -> Others:
    """Whoever shares a birth date or a telephone number with someone in a batch."""
    days = {row.cpr.birth_date for row in batch if row.cpr}
    phones = {key for row in batch if (key := phone_key(row.given.get("phone", "")))}
    written = [start + phone for phone in phones for start in ("", "+45", "0045", "45")]
    ways = (
        Candidate.birth_date.in_(list(days)),
        sa.func.replace(Candidate.phone, " ", "").in_(written),
    )
    found = db.session.execute(
        sa.select(Candidate.id, Candidate.name, Candidate.birth_date, Candidate.phone).where(
            Candidate.municipality_id == municipality_id, sa.or_(*ways)
        )
    )
    return Others(Other(*person) for person in found)
