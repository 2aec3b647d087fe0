"""`flask exchange …`: the same import as on the web, for an operator at a terminal."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import BinaryIO

import click
from flask import current_app
from flask_babel import force_locale

from coordination.adapters.spreadsheets import read_file
from coordination.domain.actors import Actor, Language
from coordination.domain.candidate_columns import HEADINGS, likely, missing
from coordination.domain.candidate_imports import CheckedRow, RowKind
from coordination.domain.candidate_rows import RowError
from coordination.domain.errors import Invalid, Refused
from coordination.domain.legal_bases import Basis, LegalBasis, settle_basis
from coordination.jobs.edge import COPENHAGEN, Edge
from coordination.queries import accounts
from coordination.queries import exchange as queries
from coordination.queries.exchange import Table
from coordination.services import exchange as services

WRONG = 2
"""Exit code when nothing was imported because something is wrong."""
WORDS = {
    RowKind.NEW: "ny",
    RowKind.LOOK_ALIKE: "ny, men ligner en, I har",
    RowKind.CHANGED: "ændres",
    RowKind.UNCHANGED: "uændret, springes over",
    RowKind.ERROR: "fejl",
}
DAY = click.DateTime(["%Y-%m-%d", "%d-%m-%Y"])

cli = click.Group("exchange", help="Imports and exports.")


@cli.command("import-candidates")
@click.argument("file", type=click.File("rb"))
@click.option("--jobcenter", required=True, metavar="CODE", help="Municipality code, such as 580.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be imported.")
@click.option("--sheet", default="", help="The sheet, where a workbook has several lists.")
@click.option(
    "--basis", type=click.Choice([kind.value for kind in LegalBasis]), help="Why they may be shared."
)
@click.option("--given-on", type=DAY, help="The day they were informed or consented; today if left out.")
def import_candidates(
    file: BinaryIO,
    jobcenter: str,
    *,
    dry_run: bool,
    sheet: str,
    basis: str | None,
    given_on: datetime | None,
) -> None:
    """Import candidates from a CSV or Excel file for a jobcenter: every row, or none of them.

    They belong to the jobcenter's first open account until somebody else is chosen on the web. Rows with
    sectors nominate, which needs --basis.
    """
    with force_locale(Language.DANISH.value):
        try:
            edge = Edge(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001 (the app itself)
            today = edge.now().astimezone(COPENHAGEN).date()
            why = settle_basis(basis, given_on.date() if given_on else today, None, today) if basis else None
            _import(edge, file.read(), jobcenter, sheet, why, today, dry_run=dry_run)
        except Refused as refused:
            _stop(_sentence()(refused.code, refused.facts))
        except Invalid as invalid:
            _stop(" ".join(_sentence()(code, facts) for code, facts in invalid.errors.values()))


def _import(
    edge: Edge, content: bytes, jobcenter: str, sheet: str, basis: Basis | None, today: date, *, dry_run: bool
) -> None:
    home, actor = _who(jobcenter)
    text = read_file(content, likely=likely, sheet=sheet)
    with edge.reading_unit_of(actor):
        table = queries.table_of(home, actor.user_id, text)
        wrong = _tell(table, edge, today)
        prepared = None if dry_run or wrong else services.prepare(table, vault=edge.vault, today=today)
    if wrong:
        sys.exit(WRONG)
    if prepared:
        with edge.unit_of(actor):
            services.import_table(
                actor, home, prepared, import_id=None, basis=basis, vault=edge.vault, now=edge.now()
            )
    click.echo("Importeret." if prepared else "Prøvekørsel: intet er importeret.")


def _stop(message: str) -> None:
    click.echo(message, err=True)
    sys.exit(WRONG)


def _who(code: str) -> tuple[int, Actor]:
    """The municipality and the account its new candidates belong to."""
    home = queries.jobcenter_by_code(code)
    if home is None:
        raise Refused("jobcenter.unknown", number=code)
    for user in accounts.caseworkers(home):
        actor = accounts.actor_of(user.id)
        if actor:
            return home, actor
    raise Refused("jobcenter.nobody")


def _tell(table: Table, edge: Edge, today: date) -> int:
    """Say what each row would do; returns how many errors there are."""
    if lacking := missing(table.mapping):
        _tell_problems(
            [RowError(table.headings.row, HEADINGS[fact], "column.missing") for fact in lacking], "Fejl"
        )
        return len(lacking)
    if wrong := queries.table_errors(table):
        _tell_problems(wrong, "Fejl")
        return len(wrong)
    counts: Counter[str] = Counter()
    for row in queries.checked_rows(table, vault=edge.vault, today=today):
        _tell_row(row)
        counts[row.kind] += 1
        counts["errors"] += len(row.errors)
        counts["nominated"] += row.nominates and row.kind is not RowKind.ERROR
    click.echo(
        f"Nye: {counts[RowKind.NEW] + counts[RowKind.LOOK_ALIKE]}. Ændres: {counts[RowKind.CHANGED]}."
        f" Indstilles: {counts['nominated']}. Uændrede: {counts[RowKind.UNCHANGED]}."
        f" Fejl: {counts['errors']}."
    )
    return counts["errors"]


def _tell_row(row: CheckedRow) -> None:
    if row.kind is not RowKind.ERROR:
        known = row.known.columns["name"] if row.known else ""
        nominated = ", indstilles" if row.nominates else ""
        name = row.row.given.get("name", known)
        click.echo(f"Række {row.row.number}: {name}: {WORDS[row.kind]}{nominated}")
    _tell_problems(row.row.warnings, "Advarsel")
    _tell_problems(row.errors, "Fejl")


def _tell_problems(problems: Iterable[RowError], kind: str) -> None:
    for problem in problems:
        place = f"række {problem.row}" + (f", {problem.column}" if problem.column else "")
        click.echo(f"{kind}, {place}: {_sentence()(problem.code, problem.facts)}", err=True)


def _sentence() -> Callable[..., str]:
    """The sentences of the web, which this room may not import."""
    told: Callable[..., str] = current_app.jinja_env.globals["sentence"]
    return told
