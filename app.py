"""create_app puts the parts together; nothing else happens here."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from flask import Blueprint, Flask
from flask_babel import Babel
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from config import ROOT, Settings, flask_config, settings_from
from coordination import web
from coordination.db import db
from coordination.db.engine import prepare
from coordination.jobs import commands
from coordination.web import dates, doors, errors, frame, headers, languages, limits, logs, security


def create_app(settings: Settings | None = None) -> Flask:
    """The application, ready to serve; raises ConfigurationError when a setting is missing."""
    settings = settings or settings_from()
    app = Flask(__name__, static_folder="static", template_folder="templates")
    app.config.update(flask_config(settings))
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    _open_database(app)
    CSRFProtect(app)
    Babel(app, locale_selector=languages.chosen)
    for part in (logs, dates, doors, errors, limits, frame, headers, security):
        part.init_app(app)
    for blueprint in subjects():
        app.register_blueprint(blueprint)
    commands.init_app(app)
    return app


def _open_database(app: Flask) -> None:
    db.init_app(app)
    Migrate(
        app,
        db,
        directory=str(ROOT / "coordination" / "migrations"),
        render_as_batch=True,
        compare_server_default=False,
    )
    with app.app_context():
        prepare(db.engine, strict=app.config["SETTINGS"].production)


def subjects() -> list[Blueprint]:
    """One blueprint per subject: every module of coordination.web that has one."""
    modules = [import_module(found.name) for found in iter_modules(web.__path__, f"{web.__name__}.")]
    return [module.bp for module in modules if hasattr(module, "bp")]
