"""Commands for `flask …`: the clock and what an operator does by hand."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Add the commands."""
