"""Sentences about saved views."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

WORDS: dict[Any, Any] = {}

SENTENCES = {
    "saved_view.taken": _l("Du har allerede en visning med det navn. Vælg et andet."),
    "saved_view.too_many": _l("Du kan gemme højst %(most)s visninger af en liste. Fjern en af dem først."),
}
