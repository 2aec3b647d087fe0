"""Structured logs: one JSON line per event, without personal data."""

from __future__ import annotations

import sys
from traceback import extract_tb
from typing import Any

import structlog
from flask import Flask


def init_app(app: Flask) -> None:
    """Write events as JSON lines to standard error."""
    in_words = app.config["SETTINGS"].environment == "development"
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info if in_words else kinds_and_places,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(file=_Stderr()),
    )
    app.logger.handlers.clear()


def kinds_and_places(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """What kind an exception is and where it came from; its words may repeat a row or what somebody typed."""
    error = event.pop("exc_info", None)
    told = []
    while error := sys.exception() if error is True else error:
        places = extract_tb(error.__traceback__)
        told.append(
            {
                "kind": f"{type(error).__module__}.{type(error).__qualname__}",
                "places": [f"{place.filename}:{place.lineno} {place.name}" for place in places],
            }
        )
        error = error.__cause__ or error.__context__
    return {**event, "exception": told} if told else event


class _Stderr:
    """Standard error as it is now; tests and servers replace it."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()
