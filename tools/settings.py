"""The environment variables for development: one database under instance/ and secrets that stay the same."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

from tools.environment import ROOT


def variables(database_url: str | None = None, port: int | None = None) -> dict[str, str]:
    """The environment of every flask process; what the caller's environment says wins over our defaults."""
    instance = Path(os.environ.get("COORDINATION_INSTANCE", ROOT / "instance")).absolute()
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    defaults = {"DATABASE_URL": f"sqlite:///{instance / 'coordination.sqlite3'}"}
    if port:
        defaults["COORDINATION_BASE_URL"] = f"http://127.0.0.1:{port}"
    if os.environ.get("COORDINATION_ENV", "development") != "production":
        defaults |= _kept_secrets(instance / "secrets.env")
    given = {name: value for name, value in os.environ.items() if value or name not in defaults}
    ours = {
        "FLASK_APP": "app:create_app",
        "COORDINATION_INSTANCE": str(instance),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
    }
    return defaults | given | ours | ({"DATABASE_URL": database_url} if database_url else {})


def _kept_secrets(file: Path) -> dict[str, str]:
    """Secrets made once and kept: a new key would make the stored CPR numbers unreadable."""
    kept = {}
    if file.exists():
        kept = dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
    missing = {name: value for name, value in _fresh_secrets().items() if name not in kept}
    if missing:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.writelines(f"{name}={value}\n" for name, value in missing.items())
    return kept | missing


def _fresh_secrets() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "SECURITY_PASSWORD_SALT": secrets.token_urlsafe(32),
        "COORDINATION_CPR_KEYS": f"local1:{_key()}",
        "COORDINATION_CPR_HASH_KEY": _key(),
    }


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
