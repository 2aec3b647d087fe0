"""Texts that people store in Danish and, where they care to, in English."""

from __future__ import annotations

from coordination.domain.actors import Actor, Language


def spoken(actor: Actor, danish: str, english: str) -> str:
    """The text in the reader's language; the Danish one where no other was written."""
    return english if english and actor.language is Language.ENGLISH else danish
