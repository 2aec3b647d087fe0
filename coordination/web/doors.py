"""The door of every route: who you are, whether you may, and one transaction around what you do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import Flask, Response, abort, current_app, g, make_response, redirect, request, url_for
from flask_login import current_user

from coordination import audit
from coordination.access import MOST_ID
from coordination.adapters.cpr_vault import CprVault, vault_from
from coordination.db import Scope, unit_of_work
from coordination.db.engine import reading
from coordination.domain.actors import Actor
from coordination.domain.calendar_feeds import noted_again
from coordination.domain.permissions import Permission, allowed
from coordination.queries.accounts import actor_of
from coordination.queries.calendar import owner_of
from coordination.services.calendar import note_read

View = Callable[..., Any]
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def requires(permission: Permission, *, reaching: str = "") -> Callable[[View], View]:
    """Only a logged-in person whose role has the permission enters; others get the page that is not there.

    `reaching` names the part of the address that holds a partnership's id: an administrator belongs to none,
    so behind this door the rows shared in that one partnership are within reach, and no others.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def door(*args: Any, **kwargs: Any) -> Response:
            actor = identify()
            if actor is None:
                return ask_to_log_in()
            if not allowed(actor.role, permission):
                abort(404)
            scope = Scope.of(actor, today())
            if reaching:
                if kwargs[reaching] > MOST_ID:
                    abort(404)
                scope = replace(scope, partnerships=frozenset({kwargs[reaching]}))
            return _enter(view, scope, args, kwargs)

        door.permission = permission  # type: ignore[attr-defined]
        return door

    return decorate


def public(view: View) -> View:
    """A page for everyone: with a login in the own frame and reach, without one reaching no owned row."""

    @wraps(view)
    def door(*args: Any, **kwargs: Any) -> Response:
        actor = identify()
        return _enter(view, Scope.of(actor, today()) if actor else Scope("nobody"), args, kwargs)

    door.permission = None  # type: ignore[attr-defined]
    return door


def by_secret_address(view: View) -> View:
    """A calendar program knows the secret part of a feed's address: it reads for the feed's owner.

    Who is logged in in the same browser does not count. The reach is narrower than the owner's own: the runs
    of the partnership or school, and no municipality, so no person's row.
    """

    @wraps(view)
    def door(token: str) -> Response:
        owner = owner_of(token)
        g.actor = owner.actor if owner else None
        if owner is None:
            abort(404)
        runs = Scope("feed", partnerships=owner.actor.partnerships, school_id=owner.actor.school_id)
        response = _enter(view, replace(runs, today=today()), (owner,), {})
        if noted_again(owner.last_read_at, now()):
            with writing():
                note_read(owner.feed_id, now=now())
        return response

    door.permission = None  # type: ignore[attr-defined]
    return door


def _enter(view: View, scope: Scope, args: Any, kwargs: Any) -> Response:
    with unit_of_work(scope) as session:
        response = make_response(view(*args, **kwargs))
        if request.method in SAFE or response.status_code >= 400:  # noqa: PLR2004 (the first error code)
            session.rollback()
    actor = identify()
    if actor and (seen := g.pop("seen", ())):
        with writing():
            audit.record_views(actor, seen, str(request.endpoint), now=now())
    return response


def identify() -> Actor | None:
    """The actor behind this request, or None; an account that was closed is nobody."""
    if "actor" not in g:
        g.actor = None  # should the database not answer, the error page asks again
        g.actor = actor_of(current_user.id) if current_user.is_authenticated and current_user.active else None
    actor: Actor | None = g.actor
    return actor


def ask_to_log_in() -> Response:
    """A page asks for a login and comes back; a deed says what happened and keeps what was typed."""
    if request.method in SAFE:
        after = request.full_path.rstrip("?")
        return redirect(f"{url_for('security.login')}?{urlencode({'next': after})}")  # type: ignore[return-value]
    return abort(401)


def now() -> datetime:
    """This moment, aware UTC; the same throughout one request."""
    if "now" not in g:
        g.now = current_app.config.get("CLOCK", _system_clock)()
    moment: datetime = g.now
    return moment


def today() -> date:
    """The date in Copenhagen."""
    return now().astimezone(COPENHAGEN).date()


def _system_clock() -> datetime:
    return datetime.now(UTC)


def vault() -> CprVault:
    """The vault for CPR numbers, with this installation's keys."""
    settings = current_app.config["SETTINGS"]
    return vault_from(settings.cpr_keys, settings.cpr_hash_key)


class writing:  # noqa: N801 (used like a function)
    """Within it a transaction takes the write lock at once, even while a page is served."""

    def __enter__(self) -> None:
        self.token = reading.set(False)

    def __exit__(self, *_: object) -> None:
        reading.reset(self.token)


def init_app(app: Flask) -> None:
    """At the start of each request: tell the database whether it may write, turn away what is no form."""

    @app.before_request
    def _say_whether_it_reads() -> None:
        reading.set(request.method in SAFE)

    @app.before_request
    def _take_forms_only() -> None:
        if request.is_json:  # nothing of ours reads it, and the login library trips over what is no object
            abort(400)

    @app.teardown_request
    def _forget(_error: BaseException | None) -> None:
        reading.set(False)
