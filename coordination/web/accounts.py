"""Accounts: the administrator's pages, an invited person's first page, who may do what, the own language."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_security.utils import hash_password
from werkzeug.wrappers import Response

from coordination.adapters.invitations import InvitationLinks
from coordination.domain.accounts import AccountState
from coordination.domain.actors import Language, Role
from coordination.domain.permissions import Permission
from coordination.queries import accounts as queries
from coordination.services import accounts as services
from coordination.web.asked import member, number, words
from coordination.web.doors import identify, now, public, requires
from coordination.web.forms.accounts import AccountFilterForm, AccountForm
from coordination.web.forms.base import Form
from coordination.web.forms.security import NewPasswordForm
from coordination.web.pages import actor, show

bp = Blueprint("accounts", __name__)


@bp.get("/accounts")
@requires(Permission.MANAGE_USERS)
def overview() -> str:
    """Everybody with an account."""
    page = queries.overview_page(actor(), _chosen())
    return show("accounts/overview", page, form=AccountFilterForm(page.partnerships, formdata=request.args))


def _chosen() -> queries.AccountFilter:
    asked = request.args
    return queries.AccountFilter(
        search=words(asked.get("q")),
        role=member(Role, asked.get("role")),
        partnership_id=number(asked.get("partnership")),
        state=member(AccountState, asked.get("state")),
        number=number(asked.get("page")) or 1,
    )


@bp.get("/accounts/new")
@requires(Permission.MANAGE_USERS)
def new() -> str:
    """First the role, then what an account of that role needs."""
    page, role = queries.new_page(actor()), request.args.get("role", type=Role)
    form = AccountForm(role, page, formdata=None) if role else None
    return show("accounts/new", page, form=form, role=role, roles=tuple(Role))


@bp.post("/accounts")
@requires(Permission.MANAGE_USERS)
def invite() -> Any:
    """Open an account and send the invitation."""
    page, role = queries.new_page(actor()), _posted_role()
    form = AccountForm(role, page)
    if form.validate_on_submit():
        with form.refusals():
            account = form.account()
            user_id = services.invite(actor(), account, links=links(), now=now())
            flash(_("Invitationen er sendt til %(email)s.", email=account.email), "success")
            return redirect(url_for("accounts.detail", user_id=user_id))
    return show("accounts/new", page, form=form, role=role, roles=tuple(Role)), 422


def _posted_role(default: Role = Role.JOBCENTER) -> Role:
    return request.form.get("role", default, type=Role)


@bp.get("/accounts/<int:user_id>")
@requires(Permission.MANAGE_USERS)
def detail(user_id: int) -> str:
    """One account and what can be done with it."""
    return show("accounts/detail", queries.detail_page(actor(), user_id))


@bp.get("/accounts/<int:user_id>/edit")
@requires(Permission.MANAGE_USERS)
def edit(user_id: int) -> str:
    """The account as a form; another role is chosen in the address."""
    page = queries.edit_page(actor(), user_id)
    role = page.values["role"] if page.own else request.args.get("role", page.values["role"], type=Role)
    form = AccountForm(role, page, formdata=None, data=page.values)
    return show("accounts/edit", page, form=form, role=role, roles=tuple(Role))


@bp.post("/accounts/<int:user_id>/edit")
@requires(Permission.MANAGE_USERS)
def save(user_id: int) -> Any:
    """Store the changed account."""
    page = queries.edit_page(actor(), user_id)
    role = _posted_role(page.values["role"])
    form = AccountForm(role, page)
    if form.validate_on_submit():
        with form.refusals():
            services.save(actor(), user_id, form.account(), now=now())
            flash(_("Brugeren er gemt."), "success")
            return redirect(url_for("accounts.detail", user_id=user_id))
    return show("accounts/edit", page, form=form, role=role, roles=tuple(Role)), 422


@bp.post("/accounts/<int:user_id>/invitation")
@requires(Permission.MANAGE_USERS)
def resend_invitation(user_id: int) -> Response:
    """A new link for somebody who has not come yet."""
    services.resend_invitation(actor(), user_id, links=links(), now=now())
    flash(_("En ny invitation er sendt. Linket i den gamle virker ikke mere."), "success")
    return redirect(url_for("accounts.detail", user_id=user_id))


@bp.get("/accounts/<int:user_id>/close")
@requires(Permission.MANAGE_USERS)
def closing(user_id: int) -> str:
    """Ask before an account is closed."""
    return show("accounts/closing", queries.closing_page(actor(), user_id), form=Form())


@bp.post("/accounts/<int:user_id>/close")
@requires(Permission.MANAGE_USERS)
def close(user_id: int) -> Response:
    """Close the account and end its sessions."""
    services.close(actor(), user_id, now=now())
    flash(_("Brugeren er lukket og logget ud overalt."), "success")
    return redirect(url_for("accounts.detail", user_id=user_id))


@bp.post("/accounts/<int:user_id>/reopen")
@requires(Permission.MANAGE_USERS)
def reopen(user_id: int) -> Response:
    """Open a closed account again."""
    services.reopen(actor(), user_id, now=now())
    flash(_("Brugeren er åbnet igen og kan logge ind med sin adgangskode."), "success")
    return redirect(url_for("accounts.detail", user_id=user_id))


@bp.get("/permissions")
@requires(Permission.SEE_PERMISSIONS)
def permissions() -> str:
    """Who may do what, from the table that the doors ask."""
    return show("accounts/permissions", queries.permissions_page(actor()))


@bp.get("/invitations/<string:token>")
@public
def welcome(token: str) -> str:
    """The invited person chooses a password."""
    page = queries.welcome_page(token, links().uniquifier(token), now=now())
    return show("accounts/welcome", page, form=NewPasswordForm(formdata=None))


@bp.post("/invitations/<string:token>")
@public
def accept_invitation(token: str) -> Any:
    """Store the first password; from then on the link is dead."""
    uniquifier = links().uniquifier(token)
    page, form = queries.welcome_page(token, uniquifier, now=now()), NewPasswordForm()
    if form.validate_on_submit():
        services.accept_invitation(uniquifier, hash_password(form.password.data), now=now())
        flash(_("Din adgangskode er gemt. Log ind med din e-mailadresse og adgangskoden."), "success")
        return redirect(url_for("security.login"))
    return show("accounts/welcome", page, form=form), 422


@bp.post("/language")
@public
def choose_language() -> Response:
    """Remember the language, with the account if there is one, and go back to where one was."""
    language = request.form.get("language", Language.DANISH, type=Language)
    session["language"] = language.value
    if person := identify():
        services.choose_language(person, language)
    return redirect(_own_page(request.form.get("next", "")))


def _own_page(address: str) -> str:
    """A path on this site, or the front page: nobody is led elsewhere."""
    path = address.replace("\\", "/")  # as browsers read it
    return address if address.isprintable() and path.startswith("/") and not path.startswith("//") else "/"


def links() -> InvitationLinks:
    """The maker of invitation links of this installation."""
    settings = current_app.config["SETTINGS"]
    return InvitationLinks(settings.secret_key, settings.base_url)
