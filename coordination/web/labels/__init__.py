"""Words for codes: one Danish word per state, reason and role, one sentence per refusal."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

WORDS: dict[tuple[type[StrEnum], StrEnum], Any] = {}
SENTENCES: dict[str, Any] = {}

for _module in iter_modules(__path__, f"{__name__}."):
    _labels = import_module(_module.name)
    WORDS.update({(type(member), member): text for member, text in _labels.WORDS.items()})
    SENTENCES.update(_labels.SENTENCES)


def word(member: StrEnum | None) -> str:
    """The word people use for a state, reason or role; empty for none."""
    return "" if member is None else str(WORDS[type(member), member])


def sentence(code: str, facts: Mapping[str, object] | None = None) -> str:
    """What to tell the user about a code; enums among the facts become their words."""
    told = {name: word(fact) if isinstance(fact, StrEnum) else fact for name, fact in (facts or {}).items()}
    return str(SENTENCES[code]) % told


def choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    """The members of an enum as choices of a form field."""
    return [(member.value, word(member)) for member in enum]
