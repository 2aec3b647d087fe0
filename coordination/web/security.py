"""Flask-Security: log in, log out, change and reset a password; our roles and doors decide the rest."""

from __future__ import annotations

from flask import Flask
from flask_security import Security, SQLAlchemyUserDatastore
from flask_security.core import RoleMixin

from coordination.db import db
from coordination.models import User


def init_app(app: Flask) -> None:
    """Start Flask-Security on our accounts; roles are a column of the account, not a table."""
    app.config.update(
        SECURITY_PASSWORD_SALT=app.config["SETTINGS"].password_salt,
        SECURITY_CHANGEABLE=True,
        SECURITY_RECOVERABLE=True,
        SECURITY_REGISTERABLE=False,
        SECURITY_POST_LOGIN_VIEW="/",
        SECURITY_POST_LOGOUT_VIEW="/login",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_RETURN_GENERIC_RESPONSES=True,
    )
    Security(app, SQLAlchemyUserDatastore(db, User, RoleMixin))
