"""How often something may be tried: guessing at passwords stays slow, and one browser cannot drown the rest.

The limits are tried before anything touches the database, because a count is a transaction of its own.
Reading pages is not counted, as a count costs a write; a page that needs no login is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask, Response, current_app, request, session
from flask_babel import gettext as _
from flask_limiter import ApplicationLimit, Limiter
from flask_limiter.errors import RateLimitExceeded
from flask_limiter.util import get_remote_address

from coordination.adapters.rate_limits import DatabaseStorage
from coordination.web.doors import COPENHAGEN, SAFE, now
from coordination.web.errors import answer


def person() -> str:
    """The login of this browser, else its address; read from the cookie, not from the database."""
    return str(session.get("_user_id") or get_remote_address())


def address_and_account() -> str:
    """Who guesses at which account: others at the same address, and the owner elsewhere, are not hindered."""
    return f"{get_remote_address()}|{request.form.get('email', '').strip().lower()}"


LIMITS: tuple[tuple[str, str, Callable[[], str]], ...] = (
    ("security.login", "20 per 10 minutes", address_and_account),
    ("security.login", "300 per 10 minutes", get_remote_address),
    ("security.forgot_password", "5 per hour", address_and_account),
    ("security.forgot_password", "60 per hour", get_remote_address),
    ("security.reset_password", "30 per hour", get_remote_address),
    ("security.change_password", "20 per hour", person),
    ("accounts.accept_invitation", "30 per hour", get_remote_address),
    ("accounts.choose_language", "60 per minute", person),
    ("search.find", "60 per minute", person),
    ("transfers.accept", "10 per hour", person),
    ("duplicates.check", "30 per hour", person),
    ("exchange.upload_candidates", "60 per hour", person),
    ("tracks.try_modules", "60 per hour", person),
)
"""Endpoint, how often it may be posted to, and who is counted together."""
FETCHES: tuple[tuple[str, str, Callable[[], str]], ...] = (
    ("calendar.feed", "60 per hour", lambda: str((request.view_args or {}).get("token"))),
    ("calendar.feed", "1200 per hour", get_remote_address),  # one program may fetch for many people
)
"""The same for what is fetched by programs that do not log in."""
EVERY_DEED = "240 per minute"


def init_app(app: Flask) -> None:
    """Count the posted forms of every endpoint; RATELIMIT_ENABLED switches it on and off at any time."""
    app.config.setdefault("RATELIMIT_ENABLED", True)
    limiter = Limiter(
        person,
        application_limits=[
            ApplicationLimit(EVERY_DEED, key_function=person, scope="deeds", exempt_when=_not_counted),
            *(_limit(*line, exempt=_not_counted) for line in LIMITS),
            *(_limit(*line, exempt=_switched_off) for line in FETCHES),
        ],
        storage_uri=f"{DatabaseStorage.STORAGE_SCHEME[0]}://",
        storage_options={"clock": lambda: now().timestamp()},  # type: ignore[dict-item]  # one of our own options
    )
    limiter.init_app(app)
    app.register_error_handler(RateLimitExceeded, _too_often)


def _limit(
    endpoint: str, limit: str, key: Callable[[], str], *, exempt: Callable[[], bool]
) -> ApplicationLimit:
    return ApplicationLimit(
        limit,
        key_function=key,
        scope=f"{endpoint} {limit}",
        exempt_when=lambda: exempt() or request.endpoint != endpoint,
    )


def _not_counted() -> bool:
    return request.method in SAFE or _switched_off()


def _switched_off() -> bool:
    return not current_app.config["RATELIMIT_ENABLED"]


def _too_often(_error: RateLimitExceeded) -> Response:
    """429, with the moment when it is worth trying again."""
    (limiter,) = current_app.extensions["limiter"]
    moment = limiter.current_limit.reset_at
    clock = datetime.fromtimestamp(moment + 59, UTC).astimezone(COPENHAGEN).strftime("%H.%M")
    response = answer(
        429, _("Der er prøvet for mange gange på kort tid. Prøv igen kl. %(time)s.", time=clock)
    )
    response.headers["Retry-After"] = str(max(1, int(moment - now().timestamp())))
    return response
