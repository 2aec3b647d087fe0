"""Structured logs: one JSON line per event, without personal data."""

from __future__ import annotations

import sys

import structlog
from flask import Flask


def init_app(app: Flask) -> None:
    """Write events as JSON lines to standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(file=_Stderr()),
    )
    app.logger.handlers.clear()


class _Stderr:
    """Standard error as it is now; tests and servers replace it."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()
