"""Sentences of the travel times."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

WORDS: dict[Any, Any] = {}
SENTENCES: dict[str, Any] = {
    "travel.minutes": _l("Skriv minutter, højst %(most)s, eller lad feltet stå tomt."),
}
