"""Sentences of the thread about a candidate."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

WORDS: dict[Any, Any] = {}

SENTENCES = {
    "thread.private": _l("Kun jobcenteret kan skrive noget, der bliver i jobcenteret."),
    "thread.private_to_coordinator": _l(
        "Koordinatoren kan ikke læse det, der kun er for jeres jobcenter. "
        "Fjern krydset, eller vælg kun kolleger."
    ),
    "thread.person": _l("Vælg personer på listen. En af dem, du valgte, kan ikke læse tråden længere."),
    "thread.due_missing": _l("Skriv, hvornår det senest skal være gjort."),
    "thread.due_without_person": _l("Vælg, hvem der skal gøre det, eller lad datoen stå tom."),
    "thread.due": _l("Vælg en dag fra i dag og højst %(days)s dage frem."),
    "thread.nothing_asked": _l("Beskeden beder ikke nogen om noget."),
    "thread.done": _l("Det er allerede markeret som gjort."),
    "thread.open": _l("Det er ikke markeret som gjort."),
}
