"""Uploaded files: the page that takes them, the earlier ones, and which heading holds which fact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

import sqlalchemy as sa

from coordination import access
from coordination.adapters.cpr_vault import CprVault
from coordination.adapters.spreadsheets import unpacked
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.candidate_columns import COLUMNS, LOOKED_AT, Column, find_headings
from coordination.domain.candidate_imports import ImportState
from coordination.domain.errors import NotFound
from coordination.models import CandidateImport, ImportMapping, Municipality, Sector, User
from coordination.queries import candidates

EXAMPLES = 3
LISTED = 20


@dataclass(frozen=True)
class EarlierImport:
    """A file in the list of earlier imports."""

    id: int
    filename: str
    uploaded_at: datetime
    by: str
    state: ImportState
    new: int


@dataclass(frozen=True)
class CandidateImportPage:
    """What the upload page explains, and the files that came before."""

    columns: tuple[Column, ...]
    sectors: tuple[tuple[str, str], ...]
    earlier: tuple[EarlierImport, ...]


@dataclass(frozen=True)
class HeadingRow:
    """A heading of the file, what its column holds in the first rows, and the fact chosen for it."""

    heading: str
    examples: tuple[str, ...]
    fact: str | None


@dataclass(frozen=True)
class ColumnsPage:
    """Which heading of the file holds which fact."""

    id: int
    filename: str
    row: int
    headings: tuple[HeadingRow, ...]
    columns: tuple[Column, ...]


def candidate_import_page(actor: Actor) -> CandidateImportPage:
    """The page that explains the file and takes it."""
    home = candidates.own_jobcenter(actor)
    return CandidateImportPage(
        columns=COLUMNS,
        sectors=tuple((row.code, row.name) for row in sectors_of(home)),
        earlier=_earlier(home),
    )


def columns_page(actor: Actor, import_id: int, *, vault: CprVault) -> ColumnsPage:
    """The page that asks which heading holds which fact; NotFound once the file is imported."""
    upload = own_file(actor, import_id)
    if upload.state not in {ImportState.UPLOADED, ImportState.FAILED}:
        raise NotFound
    rows = list(islice(unpacked(vault.open(upload.content_sealed)), LOOKED_AT + EXAMPLES))
    headings = find_headings(rows)
    below = [cells for number, cells in rows if number > headings.row][:EXAMPLES]
    return ColumnsPage(
        id=upload.id,
        filename=upload.filename,
        row=headings.row,
        headings=tuple(
            HeadingRow(heading, _examples(below, headings.texts.index(heading)), upload.mapping.get(heading))
            for heading in dict.fromkeys(filter(None, headings.texts))
        ),
        columns=COLUMNS,
    )


def own_file(actor: Actor, import_id: int, *, lock: bool = False) -> CandidateImport:
    """An uploaded file of the actor's own jobcenter; NotFound for any other, also for a coordinator."""
    upload = access.one(CandidateImport, import_id, lock=lock)
    if upload.municipality_id != candidates.own_jobcenter(actor):
        raise NotFound
    return upload


def remembered(municipality_id: int) -> dict[str, str]:
    """What a jobcenter said of its headings before."""
    found = db.session.execute(
        sa.select(ImportMapping.heading, ImportMapping.fact).where(
            ImportMapping.municipality_id == municipality_id
        )
    )
    return {heading: fact for heading, fact in found}  # noqa: C416 (rows are no pairs to mypy)


def sectors_of(municipality_id: int) -> list[Sector]:
    """The sectors candidates of a municipality may wish for."""
    pools = sa.select(Municipality.partnership_id).where(Municipality.id == municipality_id)
    found = sa.select(Sector).where(Sector.active, Sector.partnership_id.in_(pools)).order_by(Sector.code)
    return list(db.session.scalars(found))


def jobcenter_by_code(code: str) -> int | None:
    """The municipality with this code."""
    return db.session.scalar(sa.select(Municipality.id).where(Municipality.code == code))


def _earlier(home: int) -> tuple[EarlierImport, ...]:
    found = db.session.execute(
        sa.select(CandidateImport, User.name)
        .join(User, User.id == CandidateImport.uploaded_by_id)
        .where(CandidateImport.municipality_id == home)
        .order_by(CandidateImport.uploaded_at.desc(), CandidateImport.id.desc())
        .limit(LISTED)
    )
    return tuple(
        EarlierImport(row.id, row.filename, row.uploaded_at, name, row.state, row.imported_rows or 0)
        for row, name in found
    )


def _examples(rows: list[list[str]], place: int) -> tuple[str, ...]:
    """The first cells of a column, with stars for the last digits of what may be a CPR number."""
    cells = [cells[place] for cells in rows if place < len(cells) and cells[place].strip()]
    return tuple(_masked(" ".join(cell.split()))[:60] for cell in cells)


def _masked(text: str) -> str:
    """Whatever has nine digits or more keeps six of them: it may be a CPR number."""
    if sum(sign.isdigit() for sign in text) < 9:  # noqa: PLR2004 (a number without its first nought)
        return text
    return "".join("*" if sign.isdigit() and place > 6 else sign for place, sign in enumerate(text))  # noqa: PLR2004
