"""Sentences of the search in the frame."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

WORDS: dict[Any, Any] = {}

SENTENCES = {
    "search.empty": _l("Skriv et navn, en puljekode eller navnet på et hold i feltet øverst på siden."),
    "search.short": _l("Skriv mindst to tegn."),
}
