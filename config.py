"""Settings, frozen, from the environment; production refuses to start half-configured."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent


class ConfigurationError(RuntimeError):
    """A setting is missing or unusable; the message names every one of them."""


@dataclass(frozen=True)
class Settings:
    """Everything the environment decides; README and docs/operations.md list the variables."""

    environment: str  # COORDINATION_ENV: development, test or production
    database_url: str  # DATABASE_URL
    secret_key: str  # SECRET_KEY
    password_salt: str  # SECURITY_PASSWORD_SALT
    cpr_keys: tuple[str, ...]  # COORDINATION_CPR_KEYS: id:key, newest first, comma between
    cpr_hash_key: str  # COORDINATION_CPR_HASH_KEY
    base_url: str  # COORDINATION_BASE_URL: what links in letters begin with
    smtp_url: str  # COORDINATION_SMTP_URL: smtp://user:password@host:587?starttls=1; empty writes files
    mail_from: str  # COORDINATION_MAIL_FROM
    mail_folder: Path  # COORDINATION_MAIL_FOLDER: where letters are written without SMTP
    proxies: int  # COORDINATION_PROXIES: reverse proxies in front, for the client's address

    @property
    def production(self) -> bool:
        """Strict cookies, strict start-up."""
        return self.environment == "production"


REQUIRED = ("SECRET_KEY", "SECURITY_PASSWORD_SALT", "COORDINATION_CPR_KEYS", "COORDINATION_CPR_HASH_KEY")
REQUIRED_IN_PRODUCTION = (
    "DATABASE_URL",
    "COORDINATION_BASE_URL",
    "COORDINATION_MAIL_FROM",
    "COORDINATION_SMTP_URL",
)
SHORTEST_SECRET = 32
KEY_BYTES = 32


def settings_from(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; raises ConfigurationError that names everything missing or too short."""
    environment = environ.get("COORDINATION_ENV", "development")
    _check(environ, environment)
    instance = Path(environ.get("COORDINATION_INSTANCE", ROOT / "instance"))
    return Settings(
        environment=environment,
        database_url=environ.get("DATABASE_URL") or f"sqlite:///{instance / 'coordination.sqlite3'}",
        secret_key=environ["SECRET_KEY"],
        password_salt=environ["SECURITY_PASSWORD_SALT"],
        cpr_keys=tuple(part.strip() for part in environ["COORDINATION_CPR_KEYS"].split(",") if part.strip()),
        cpr_hash_key=environ["COORDINATION_CPR_HASH_KEY"],
        base_url=environ.get("COORDINATION_BASE_URL", "http://127.0.0.1:8080").rstrip("/"),
        smtp_url=environ.get("COORDINATION_SMTP_URL", ""),
        mail_from=environ.get("COORDINATION_MAIL_FROM", "brancheforloeb@example.org"),
        mail_folder=Path(environ.get("COORDINATION_MAIL_FOLDER", instance / "mail")),
        proxies=int(environ.get("COORDINATION_PROXIES", "0")),
    )


def _check(environ: Mapping[str, str], environment: str) -> None:
    if environment not in {"development", "test", "production"}:
        raise ConfigurationError("COORDINATION_ENV must be development, test or production")
    required = REQUIRED + (REQUIRED_IN_PRODUCTION if environment == "production" else ())
    missing = [name for name in required if not environ.get(name)]
    if missing:
        raise ConfigurationError(f"missing in the environment: {', '.join(missing)}")
    _check_keys(environ["COORDINATION_CPR_KEYS"])
    short = [
        name for name in ("SECRET_KEY", "SECURITY_PASSWORD_SALT") if len(environ[name]) < SHORTEST_SECRET
    ]
    if environment == "production" and short:
        raise ConfigurationError(f"shorter than {SHORTEST_SECRET} characters: {', '.join(short)}")


def _check_keys(keys: str) -> None:
    """Each key has a name of its own, which every seal carries, and holds 32 bytes."""
    named = [part.strip().rpartition(":") for part in keys.split(",") if part.strip()]
    names = [name for name, _, _key in named]
    if not all(names) or len(set(names)) < len(names):
        raise ConfigurationError("COORDINATION_CPR_KEYS: each key needs a name of its own, as in k1:…")
    if any(_bytes_in(key) != KEY_BYTES for _name, _, key in named):
        raise ConfigurationError(f"COORDINATION_CPR_KEYS: each key must hold {KEY_BYTES} bytes in base64")


def _bytes_in(key: str) -> int:
    try:
        return len(base64.b64decode(key.replace("-", "+").replace("_", "/") + "=="))
    except ValueError:
        return 0


def flask_config(settings: Settings) -> dict[str, object]:
    """The same settings in the words of Flask and its extensions."""
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(settings.database_url),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.production,
        "MAX_CONTENT_LENGTH": 6 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_FORM_PARTS": 5_000,
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: people write evaluations over hours
        "BABEL_DEFAULT_LOCALE": "da",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Copenhagen",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "coordination" / "translations"),
    }


def _engine_options(url: str) -> dict[str, object]:
    quiet = {"hide_parameters": True}  # an error must not carry people's data into a log
    if url.startswith("sqlite"):
        return {**quiet, "connect_args": {"timeout": 15, "check_same_thread": False}}
    # Planning a statement under row-level security is dear: it is prepared when it comes again, and the
    # connection that was used last, which knows most of them, is taken first.
    connecting = {"connect_timeout": 10, "prepare_threshold": 1}
    pool = {"pool_pre_ping": True, "pool_size": 8, "max_overflow": 8, "pool_use_lifo": True}
    return {**quiet, **pool, "connect_args": connecting}
