"""An import in two parts: everything is read and checked first, then written in one go, or nothing is."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from coordination import audit
from coordination.adapters.cpr_vault import CprVault
from coordination.adapters.spreadsheets import count_rows
from coordination.db import db
from coordination.domain import nominations as rules
from coordination.domain.actors import Actor
from coordination.domain.candidate_columns import missing
from coordination.domain.candidate_imports import AT_ONCE, CheckedRow, ImportState, RowKind
from coordination.domain.candidate_records import CandidateRecord, columns
from coordination.domain.candidates import Cpr
from coordination.domain.errors import Refused, Stale
from coordination.domain.legal_bases import Basis
from coordination.domain.nominations import NominationState
from coordination.models import Candidate, CandidateImport, ImportedRow
from coordination.queries.exchange import Table, checked_rows, own_file, table_errors, table_of
from coordination.queries.exchange.checking import BATCH, Told
from coordination.services.candidates import add_candidates, change_candidate
from coordination.services.exchange.uploading import undecided
from coordination.services.nominations import add_nominations


@dataclass(frozen=True)
class Line:
    """What is written for a row: a new person, or what changes on a known one; and the sectors wished for."""

    cpr: Cpr
    record: CandidateRecord
    known_id: int | None
    known_version: int
    changes: Mapping[str, list[object]]
    sector_ids: tuple[int, ...]


@dataclass
class Prepared:
    """The lines of a file, checked and waiting packed, a batch in each piece: a tenth of the room."""

    pieces: list[bytes] = field(default_factory=list)
    total: int = 0
    new: int = 0
    changed: int = 0
    nominated: int = 0
    errors: int = 0

    def add(self, lines: Sequence[Line]) -> None:
        """Pack a batch."""
        self.pieces.append(zlib.compress(pickle.dumps(lines), level=1))

    def batches(self) -> Iterator[Sequence[Line]]:
        """Unpack the batches, one at a time."""
        for piece in self.pieces:
            yield pickle.loads(zlib.decompress(piece))  # noqa: S301 (packed by this very object)


def import_candidates(
    actor: Actor, import_id: int, *, basis: Basis | None, vault: CprVault, today: date, now: datetime
) -> ImportState:
    """Import every row of an uploaded file, or leave a long one to the clock; returns where it stands.

    All or nothing: Refused while a row has an error, when nothing would change, or if it was decided before;
    Invalid beside `basis` when someone is nominated and nothing allows the sharing.
    """
    upload = undecided(actor, import_id)
    upload.started_by_id, upload.problem = actor.user_id, ""
    if basis:
        upload.basis, upload.informed_on, upload.basis_until = basis.kind, basis.given_on, basis.until
    text = vault.open(upload.content_sealed)
    rows = count_rows(text)
    if rows > AT_ONCE + 1:
        upload.state, upload.rows_total, upload.rows_done = ImportState.WAITING, rows - 1, 0
        audit.record(actor, "exchange.queue_import", "candidate_import", upload.id, now=now, rows=rows - 1)
        return upload.state
    table = table_of(upload.municipality_id, actor.user_id, text, upload.mapping)
    _finish(actor, upload, prepare(table, vault=vault, today=today), vault=vault, now=now)
    return upload.state


def prepare_import(
    actor: Actor, import_id: int, *, vault: CprVault, today: date, told: Told | None = None
) -> Prepared:
    """Read and check a file that the clock has taken; writes nothing."""
    upload = own_file(actor, import_id)
    text = vault.open(upload.content_sealed)
    table = table_of(upload.municipality_id, actor.user_id, text, upload.mapping)
    return prepare(table, vault=vault, today=today, told=told)


def finish_import(
    actor: Actor, import_id: int, prepared: Prepared, *, vault: CprVault, now: datetime
) -> None:
    """Write what prepare_import() read; Refused if the file is no longer being imported."""
    upload = own_file(actor, import_id, lock=True)
    if upload.state is not ImportState.RUNNING:
        raise Refused("import.done")
    _finish(actor, upload, prepared, vault=vault, now=now)


def prepare(table: Table, *, vault: CprVault, today: date, told: Told | None = None) -> Prepared:
    """Every row read and checked; Refused with the number of errors, or when nothing would change."""
    if missing(table.mapping) or (wrong := table_errors(table)):
        raise Refused("import.errors", count=len(missing(table.mapping) or wrong))
    prepared = Prepared()
    waiting: list[Line] = []
    for row in checked_rows(table, vault=vault, today=today, told=told):
        _count(prepared, row)
        if line := _line(row):
            waiting.append(line)
        if len(waiting) == BATCH:
            prepared.add(waiting)
            waiting = []
    prepared.add(waiting)
    if prepared.errors:
        raise Refused("import.errors", count=prepared.errors)
    if not (prepared.new or prepared.changed):
        raise Refused("import.nothing_new")
    return prepared


def import_table(
    actor: Actor,
    municipality_id: int,
    prepared: Prepared,
    *,
    import_id: int | None,
    basis: Basis | None,
    vault: CprVault,
    now: datetime,
) -> None:
    """Write what was prepared: new people, changed facts, nominations, and what each row did.

    Stale("import.register_changed") if somebody wrote in between what the rows were checked against.
    """
    for lines in prepared.batches():
        _write(actor, municipality_id, lines, import_id=import_id, basis=basis, vault=vault, now=now)


def _finish(
    actor: Actor, upload: CandidateImport, prepared: Prepared, *, vault: CprVault, now: datetime
) -> None:
    basis = None
    if upload.basis and upload.informed_on and upload.basis_until:
        basis = Basis(upload.basis, upload.informed_on, upload.basis_until)
    import_table(
        actor, upload.municipality_id, prepared, import_id=upload.id, basis=basis, vault=vault, now=now
    )
    upload.content_sealed, upload.imported_at, upload.imported_rows = "", now, prepared.new
    upload.state, upload.rows_total, upload.rows_done = ImportState.DONE, prepared.total, prepared.total
    told = {
        "candidates": prepared.new,
        "changed": prepared.changed,
        "nominated": prepared.nominated,
        "skipped": prepared.total - prepared.new - prepared.changed,
    }
    audit.record(actor, "exchange.import_candidates", "candidate_import", upload.id, now=now, **told)


def _count(prepared: Prepared, row: CheckedRow) -> None:
    prepared.total += 1
    prepared.errors += len(row.errors)
    prepared.new += row.kind in {RowKind.NEW, RowKind.LOOK_ALIKE}
    prepared.changed += row.kind is RowKind.CHANGED
    prepared.nominated += row.nominates


def _line(row: CheckedRow) -> Line | None:
    if row.kind in {RowKind.ERROR, RowKind.UNCHANGED} or row.record is None or row.row.cpr is None:
        return None
    known = row.known
    sector_ids = row.row.sector_ids if row.nominates else ()
    return Line(
        row.row.cpr,
        row.record,
        known.id if known else None,
        known.version if known else 0,
        row.changes,
        sector_ids,
    )


def _write(
    actor: Actor,
    municipality_id: int,
    lines: Sequence[Line],
    *,
    import_id: int | None,
    basis: Basis | None,
    vault: CprVault,
    now: datetime,
) -> None:
    """One batch; the session forgets its rows when the next one comes."""
    people = _as_checked(municipality_id, lines, vault)
    new = [line for line in lines if line.known_id is None]
    added = add_candidates(
        actor, municipality_id, [(line.cpr, line.record) for line in new], vault=vault, now=now
    )
    people |= dict(zip((line.cpr.number for line in new), added, strict=True))
    for line in lines:
        if line.known_id and line.changes:
            after = {name: columns(line.record)[name] for name in line.changes}
            change_candidate(actor, people[line.cpr.number], after, dict(line.changes), now=now)
    wished = [line for line in lines if line.sector_ids]
    made = add_nominations(
        actor,
        [(people[line.cpr.number], rules.settle_wishes(line.sector_ids)) for line in wished],
        state=NominationState.SUBMITTED if wished else NominationState.DRAFT,  # nobody at all needs no basis
        basis=basis,
        now=now,
    )
    nominations = {row.candidate_id: row.id for row in made}
    db.session.flush()  # the versions the rows leave behind
    if import_id:
        _keep_rows(municipality_id, import_id, lines, people, nominations)


def _as_checked(municipality_id: int, lines: Sequence[Line], vault: CprVault) -> dict[str, Candidate]:
    """The known people of a batch, locked; Stale unless they are as they were when the rows were checked."""
    numbers = {vault.fingerprint(line.cpr.number): line.cpr.number for line in lines}
    found = db.session.scalars(
        select(Candidate)
        .where(Candidate.municipality_id == municipality_id, Candidate.cpr_hash.in_(list(numbers)))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    people = {numbers[row.cpr_hash]: row for row in found}
    expected = {line.cpr.number: line.known_version for line in lines if line.known_id}
    if {number: row.version for number, row in people.items()} != expected:
        raise Stale("import.register_changed")
    return people


def _keep_rows(
    municipality_id: int,
    import_id: int,
    lines: Sequence[Line],
    people: Mapping[str, Candidate],
    nominations: Mapping[int, int],
) -> None:
    """What each row did, so that the whole import can be taken back."""
    for line in lines:
        person = people[line.cpr.number]
        before = {name: values[0] for name, values in line.changes.items()}
        db.session.add(
            ImportedRow(
                municipality_id=municipality_id,
                import_id=import_id,
                candidate_id=person.id,
                nomination_id=nominations.get(person.id),
                before=before if line.known_id else None,
                candidate_version=person.version,
            )
        )
    db.session.flush()  # a batch that stays in memory would make a long file heavy
