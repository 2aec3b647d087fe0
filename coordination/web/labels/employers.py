"""Sentences of employers."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

WORDS: dict[Any, Any] = {}
SENTENCES: dict[str, Any] = {
    "employer.known": _l("Virksomheden findes allerede, måske skrevet lidt anderledes. Ret den i stedet."),
    "employer.cvr": _l("CVR-nummeret passer ikke. Det har otte cifre; kontrollér dem."),
    "employer.most_away": _l("Skriv et tal fra 1 til %(most)s, eller lad feltet stå tomt."),
}
