"""Commands about the keys of the CPR numbers: which are in use, and everything sealed with the newest."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from coordination.adapters.cpr_vault import CprVault, VaultError, vault_from
from coordination.jobs.edge import Edge
from coordination.services import keys as services

cli = AppGroup("keys", help="Keys of the CPR numbers.")
BATCH = 200
LOST_SOME = "Some seals are opened by none of the keys. Put the missing key back before anything else."


@cli.command("check")
def check() -> None:
    """Count what each key seals; fails when a seal cannot be opened."""
    edge = _edge()
    with edge.unit():
        counted = services.count_by_key(_vault())
    for name, count in sorted(counted.items()):
        click.echo(f"{name}: {count}")
    if services.LOST in counted:
        raise click.ClickException(LOST_SOME)


@cli.command("rotate")
def rotate() -> None:
    """Seal everything with the first key of COORDINATION_CPR_KEYS; may be stopped and started again."""
    edge, vault = _edge(), _vault()
    after: int | None = 0
    changed = 0
    try:
        while after is not None:
            with edge.unit():
                after, done = services.rotate_keys(vault, after, batch=BATCH, now=edge.now())
            changed += done
        with edge.unit():
            files = services.rotate_files(vault, now=edge.now())
    except VaultError as error:
        raise click.ClickException(LOST_SOME) from error
    click.echo(f"Sealed anew with {vault.newest}: {changed} numbers, {files} files.")
    click.echo("Once `flask keys check` names no other key, the old one can go.")


def _edge() -> Edge:
    return Edge(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001 (as in the clock)


def _vault() -> CprVault:
    settings = current_app.config["SETTINGS"]
    return vault_from(settings.cpr_keys, settings.cpr_hash_key)
