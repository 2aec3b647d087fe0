"""What people see when something is refused, missing or broken: a calm page, never a bare error."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import structlog
from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.exceptions import HTTPException

from coordination.domain.errors import Invalid, NotFound, Refused, Stale
from coordination.queries.house import database_answers
from coordination.web.labels import sentence

log = structlog.get_logger()
PAGES = {400, 401, 404, 405, 409, 413, 422, 429, 500, 503}
NEVER_RESENT = {"csrf_token", "password", "new_password", "new_password_confirm", "password_confirm"}


def init_app(app: Flask) -> None:
    """Register the answers."""
    app.register_error_handler(NotFound, lambda _error: answer(404))
    app.register_error_handler(Stale, lambda error: answer(409, sentence(error.code, error.facts)))
    app.register_error_handler(Refused, lambda error: answer(422, sentence(error.code, error.facts)))
    app.register_error_handler(Invalid, _invalid)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def answer(status: int, message: str = "", **more: Any) -> Response:
    """The page for a status, or the same as JSON for a script that asked for JSON."""
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return make_response(jsonify(error=message, **more), status)
    return make_response(render_template(f"errors/{status}.html", message=message, **more), status)


def _invalid(error: Invalid) -> Response:
    return answer(422, " ".join(sentence(code, facts) for code, facts in error.errors.values()))


def _csrf(_error: CSRFError) -> Response:
    """The session ended or changed while a form was open: let its owner send it again, and nobody else."""
    return answer(400, **_send_again())


def _http(error: HTTPException) -> Response | HTTPException:
    status = error.code or 500
    if status < 400:  # noqa: PLR2004 (redirects)
        return error
    if status in {401, 400}:
        return answer(status, **_send_again())
    response = answer(status if status in PAGES else 404 if status < 500 else 500)  # noqa: PLR2004
    for name, value in error.get_headers():
        if name in {"Retry-After", "Allow"}:
            response.headers[name] = value
    return response


def _send_again() -> dict[str, Any]:
    """A fresh token and what was typed, if the request came from one of our own pages."""
    site = request.headers.get("Origin") or request.headers.get("Referer") or ""
    if request.method != "POST" or site.partition("://")[2].partition("/")[0] != request.host:
        return {}
    typed = [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER_RESENT]
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return {"csrf_token": generate_csrf()}
    return {"csrf": generate_csrf(), "typed": typed, "address": request.path}


def _unexpected(error: Exception) -> Response:
    reference = uuid4().hex[:8].upper()
    log.error("unexpected_error", reference=reference, endpoint=request.endpoint, exc_info=error)
    g.setdefault("_login_user", AnonymousUserMixin())  # an account that cannot be read is not asked for again
    return answer(500 if database_answers() else 503, reference=reference)
