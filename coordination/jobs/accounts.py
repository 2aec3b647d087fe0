"""Commands about accounts: the first administrator of a new installation."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from coordination.adapters.invitations import InvitationLinks
from coordination.domain.accounts import INVITATION_DAYS, settle_account
from coordination.domain.actors import Language, Role
from coordination.domain.errors import Invalid
from coordination.jobs.edge import Edge
from coordination.services import accounts as services

cli = AppGroup("accounts", help="People who log in.")
LANGUAGES = [language.value for language in Language]
REASONS = {
    "account.email": "That is not a mail address.",
    "account.email_taken": "Somebody already has an account with that address.",
    "text.missing": "The name is missing.",
    "text.too_long": "The name is too long.",
    "text.control": "The name has signs that cannot be shown.",
}


@cli.command("create-admin")
@click.option("--email", required=True, help="Address to log in with; the invitation goes there too.")
@click.option("--name", required=True, help="As colleagues know the person.")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
def create_admin(email: str, name: str, language: str) -> None:
    """Make an administrator and print the link to choose a password."""
    edge = Edge(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001 (as in the clock)
    try:
        account = settle_account(
            name=name,
            email=email,
            role=Role.ADMIN,
            language=Language(language),
            jobcenter_id=None,
            school_id=None,
            partnership_ids=(),
        )
        with edge.unit():
            link = services.create_admin(account, links=_links(), now=edge.now())
    except Invalid as invalid:
        code, _facts = next(iter(invalid.errors.values()))
        raise click.ClickException(REASONS[code]) from invalid
    click.echo(f"Choose a password within {INVITATION_DAYS} days: {link}")


def _links() -> InvitationLinks:
    settings = current_app.config["SETTINGS"]
    return InvitationLinks(settings.secret_key, settings.base_url)
