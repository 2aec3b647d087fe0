"""A hand of the clock: looks every other second for what waits, until the clock ends."""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog
from flask import Flask

log = structlog.get_logger()
EVERY_SECONDS = 2
BREATH_SECONDS = 30
"""After a mishap, such as a database that is away."""


def keep_working(
    work_off: Callable[[Flask, threading.Event], int], name: str, app: Flask, over: threading.Event
) -> None:
    """Work off what waits, again and again; a mishap is logged under the name of the hand."""
    mishap, pause = f"{name}_failed", EVERY_SECONDS
    while not over.wait(pause):
        try:
            work_off(app, over)
            pause = EVERY_SECONDS
        except Exception:
            log.exception(mishap)
            pause = BREATH_SECONDS
