"""`flask exchange …`: the same import as on the web, for an operator at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import BinaryIO

import click
from flask import current_app
from flask_babel import force_locale

from coordination.adapters.cpr_vault import vault_from
from coordination.adapters.spreadsheets import decode
from coordination.domain.actors import Actor, Language
from coordination.domain.candidate_imports import CheckedImport
from coordination.domain.candidate_rows import RowError
from coordination.domain.errors import Refused
from coordination.jobs.edge import COPENHAGEN, Edge
from coordination.queries import accounts
from coordination.queries import exchange as queries
from coordination.services import exchange as services

WRONG = 2
"""Exit code when nothing was imported because something is wrong."""

cli = click.Group("exchange", help="Imports and exports.")


@cli.command("import-candidates")
@click.argument("file", type=click.File("rb"))
@click.option("--jobcenter", required=True, metavar="CODE", help="Municipality code, such as 580.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be imported.")
def import_candidates(file: BinaryIO, jobcenter: str, *, dry_run: bool) -> None:
    """Import candidates from a CSV file for a jobcenter: every row, or none of them.

    They belong to the jobcenter's first open account until somebody else is chosen on the web.
    """
    with force_locale(Language.DANISH.value):
        try:
            _import(file.read(), jobcenter, dry_run=dry_run)
        except Refused as refused:
            click.echo(_sentence()(refused.code, refused.facts), err=True)
            sys.exit(WRONG)


def _import(content: bytes, jobcenter: str, *, dry_run: bool) -> None:
    edge = Edge(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001 (the app itself)
    settings = current_app.config["SETTINGS"]
    vault = vault_from(settings.cpr_keys, settings.cpr_hash_key)
    now = edge.now()
    today = now.astimezone(COPENHAGEN).date()
    home, actor = _who(jobcenter)
    text = decode(content)
    with edge.unit_of(actor):
        checked = queries.planned(home, text, vault, today)
        _tell(checked)
        if checked.errors:
            sys.exit(WRONG)
        if not dry_run:
            services.import_text(actor, home, text, vault=vault, today=today, now=now)
    click.echo("Prøvekørsel: intet er importeret." if dry_run else "Importeret.")


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


def _tell(checked: CheckedImport) -> None:
    for row in checked.new:
        click.echo(f"Række {row.row}: {row.facts.name}: {'ny, indstilles' if row.sector_ids else 'ny'}")
    for row in checked.skipped:
        click.echo(f"Række {row.row}: {row.facts.name}: allerede registreret, springes over")
    _tell_problems(checked.warnings, "Advarsel")
    _tell_problems(checked.errors, "Fejl")
    click.echo(
        f"Nye: {len(checked.new)}. Indstilles: {checked.nominated}. Springes over: {len(checked.skipped)}."
        f" Fejl: {len(checked.errors)}."
    )


def _tell_problems(problems: Iterable[RowError], kind: str) -> None:
    for problem in problems:
        place = f"række {problem.row}" + (f", {problem.column}" if problem.column else "")
        click.echo(f"{kind}, {place}: {_sentence()(problem.code, problem.facts)}", err=True)


def _sentence() -> Callable[..., str]:
    """The sentences of the web, which this room may not import."""
    told: Callable[..., str] = current_app.jinja_env.globals["sentence"]
    return told
