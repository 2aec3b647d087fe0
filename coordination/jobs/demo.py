"""`flask demo`: load the demonstration data, print its logins."""

from __future__ import annotations

import base64
import hmac

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from flask_security.utils import hash_password

from coordination.adapters.cpr_vault import vault_from
from coordination.jobs.edge import Edge
from coordination.services import demo

cli = AppGroup("demo", help="Demonstration data and its logins.")


def demo_password(app: Flask) -> str:
    """The demonstration's password: different in every installation, the same at every start."""
    digest = hmac.new(str(app.config["SECRET_KEY"]).encode(), b"demo password", "sha256").digest()
    return f"demo-{base64.b32encode(digest)[:12].decode().lower()}"


@cli.command("load")
@click.option("--if-empty", is_flag=True, help="Say nothing when there are data already.")
def load(*, if_empty: bool) -> None:
    """Tell the story of the four jobcenters, as of today, in an empty database."""
    settings = current_app.config["SETTINGS"]
    if settings.production:
        raise click.ClickException("Demonstration data do not belong in production.")
    edge = Edge(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001
    with edge.unit():
        loaded = demo.load(
            password_hash=hash_password(demo_password(edge.app)),
            vault=vault_from(settings.cpr_keys, settings.cpr_hash_key),
            now=edge.now(),
        )
    if loaded:
        click.echo("Demonstration data loaded.")
    elif not if_empty:
        raise click.ClickException("The database is not empty; nothing was changed.")


@cli.command("logins")
def logins() -> None:
    """Print the demonstration logins; nothing where there are none."""
    edge = Edge(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001
    with edge.unit():
        found = demo.logins()
    for login in found:
        click.echo(f"{login.role:<12} {login.email:<28} {demo_password(edge.app)}")
