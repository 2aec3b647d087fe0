"""Words for codes: one Danish word per state, reason and role, one sentence per refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from flask_babel import format_date

WORDS: dict[tuple[type[StrEnum], StrEnum], Any] = {}
SENTENCES: dict[str, Any] = {}
TELLERS: dict[type, Callable[[Any], str]] = {}
"""How a fact is told that is more than a word or a day."""

for _module in iter_modules(__path__, f"{__name__}."):
    _labels = import_module(_module.name)
    # members of two enums with the same value are equal as keys: such enums stand in dicts of their own
    for _words in _labels.WORDS if isinstance(_labels.WORDS, tuple) else (_labels.WORDS,):
        WORDS.update({(type(member), member): text for member, text in _words.items()})
    SENTENCES.update(_labels.SENTENCES)
    TELLERS.update(getattr(_labels, "TELLERS", {}))


def word(member: StrEnum | None) -> str:
    """The word people use for a state, reason or role; empty for none."""
    return "" if member is None else str(WORDS[type(member), member])


def sentence(code: str, facts: Mapping[str, object] | None = None) -> str:
    """What to tell the user about a code; enums among the facts become their words, dates are written out."""
    return str(SENTENCES[code]) % {name: told_fact(fact) for name, fact in (facts or {}).items()}


def told_fact(fact: object) -> object:
    """A fact as it stands in a sentence."""
    if isinstance(fact, StrEnum):
        return word(fact)
    if teller := TELLERS.get(type(fact)):
        return teller(fact)
    if isinstance(fact, tuple):
        return " ".join(str(told_fact(part)) for part in fact)
    return format_date(fact, "medium") if type(fact) is date else fact


def choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    """The members of an enum as choices of a form field."""
    return [(member.value, word(member)) for member in enum]
