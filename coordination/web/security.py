"""Flask-Security: log in, log out, change and reset a password; our roles and doors decide the rest."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask, current_app, flash, url_for
from flask_babel import gettext as _
from flask_login import user_logged_out
from flask_security import MailUtil, Security, UserMixin
from flask_security.core import RoleMixin
from flask_security.datastore import UserDatastore
from flask_security.mail_util import EmailValidateException
from flask_security.signals import password_changed, password_reset, user_authenticated, user_failed_authn
from flask_security.utils import get_message

from config import ROOT
from coordination import audit, outbox
from coordination.domain.accounts import email_problem
from coordination.queries.accounts import actor_of, login_account
from coordination.web.doors import now, public
from coordination.web.forms.security import ChangePasswordForm, ForgotPasswordForm, LoginForm, NewPasswordForm

RESET_HOURS = 4
SHORTEST_PASSWORD = 12
SESSION = timedelta(hours=12)
LETTERS = {
    "security/email/reset_instructions": "reset_password",
    "security/email/reset_notice": "password_changed",
    "security/email/change_notice": "password_changed",
}
"""The library's templates and the letters we send instead."""
SETTINGS = {
    "CHANGEABLE": True,
    "RECOVERABLE": True,
    "REGISTERABLE": False,
    "RESET_PASSWORD_WITHIN": timedelta(hours=RESET_HOURS),
    "POST_LOGIN_VIEW": "/",
    "POST_LOGOUT_VIEW": "/login",
    "LOGOUT_METHODS": ["POST"],
    "LOGOUT_CSRF": False,  # CSRFProtect has asked for the token before the library is reached
    "RETURN_GENERIC_RESPONSES": True,
    "PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
    "PASSWORD_COMPLEXITY_CHECKER": None,
    "PASSWORD_CHECK_BREACHED": False,  # would tell an outside service about every password
    "PASSWORD_NORMALIZE_FORM": "NFKD",
    "HASHING_SCHEMES": ["hex_sha256"],  # of the password's hash in a link, which needs no slowness of its own
    "API_ENABLED_METHODS": ["session"],
    "FRESHNESS": timedelta(minutes=-1),  # nothing yet that asks for the password a second time
    "EMAIL_PLAINTEXT": False,  # the outbox has its own templates
    "EMAIL_HTML": False,
    "STATIC_FOLDER": None,
    "CLI_USERS_NAME": None,  # accounts are made by administrators, and every deed is logged
    "CLI_ROLES_NAME": None,
    "I18N_DIRNAME": [
        "builtin",
        str(ROOT / "coordination" / "translations" / "flask_security"),
    ],  # the last wins
}


class Login(UserMixin):
    """What the library wants to know about an account before it has seen one."""

    email = ""
    fs_uniquifier = ""


class Account(UserMixin):  # type: ignore[misc]
    """What the library asks an account to have; the table is in `models/accounts.py`."""

    fs_uniquifier = ""


class Accounts(UserDatastore):
    """The library's way to our accounts; it adds none, and the door around its views commits."""

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> Any:  # noqa: ARG002, FBT001, FBT002 (its words)
        """The account with this `email` or `fs_uniquifier`."""
        ((attribute, value),) = wanted.items()
        return login_account(attribute, str(value))

    def put(self, model: Any) -> Any:
        """Nothing to do: the row belongs to the session it was found in."""
        return model

    def commit(self) -> None:
        """Nothing to do: the door commits."""


class OutboxMail(MailUtil):
    """The library's mail as letters in our outbox, in the same transaction as the deed."""

    def send_mail(self, template: str, *_args: Any, **context: Any) -> None:
        """Queue the letter; its link begins with our own address, whatever host the request claimed."""
        facts = {}
        if token := context.get("reset_token"):
            path = url_for("security.reset_password", token=token)
            facts = {"secret_link": f"{current_app.config['SETTINGS'].base_url}{path}", "hours": RESET_HOURS}
        outbox.queue(LETTERS[template], [context["user"]], now=now(), **facts)

    def normalize(self, email: str) -> str:
        """The address as we store it."""
        email = email.strip().lower()
        if email_problem(email):
            raise EmailValidateException(get_message("INVALID_EMAIL_ADDRESS")[0])
        return email

    def validate(self, email: str) -> str:
        """The same: nobody is asked over the network whether an address exists."""
        return self.normalize(email)


def init_app(app: Flask) -> None:
    """Start Flask-Security on our accounts; roles are a column of the account, not a table."""
    app.config.update({f"SECURITY_{name}": value for name, value in SETTINGS.items()})
    app.config["SECURITY_PASSWORD_SALT"] = app.config["SETTINGS"].password_salt
    app.config["PERMANENT_SESSION_LIFETIME"] = SESSION
    Security(
        app,
        Accounts(Login, RoleMixin),
        login_form=LoginForm,
        forgot_password_form=ForgotPasswordForm,
        reset_password_form=NewPasswordForm,
        change_password_form=ChangePasswordForm,
        mail_util_cls=OutboxMail,
    )
    for endpoint in [name for name in app.view_functions if name.startswith("security.")]:
        app.view_functions[endpoint] = public(app.view_functions[endpoint])
    for signal, listener in LISTENERS.items():
        signal.connect(listener, app)


def _record(deed: str, user: Any) -> None:
    audit.record(actor_of(user.id), deed, "user", user.id, now=now())


def _logged_in(_app: Flask, user: Any, authn_via: list[str] | None = None, **_more: Any) -> None:
    if authn_via == ["password"]:
        _record("accounts.log_in", user)


def _failed(_app: Flask, user: Any, **_more: Any) -> None:
    audit.record(None, "accounts.log_in_failed", "user", user.id, now=now())


def _password_new(_app: Flask, user: Any, **_more: Any) -> None:
    _record("accounts.new_password", user)


def _logged_out(_app: Flask, **_more: Any) -> None:
    flash(_("Du er logget ud."), "success")


LISTENERS = {
    user_authenticated: _logged_in,
    user_failed_authn: _failed,
    password_changed: _password_new,
    password_reset: _password_new,
    user_logged_out: _logged_out,
}
