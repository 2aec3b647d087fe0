"""The search in the frame: that somebody searched stays on record, for what does not."""

from __future__ import annotations

from datetime import datetime

from coordination import audit
from coordination.adapters.cpr_vault import CprVault
from coordination.domain.actors import Actor
from coordination.domain.search import MOST_SIGNS


def find(actor: Actor, words: str, *, vault: CprVault, now: datetime) -> str:
    """Seal the words of a search, so that no address names a person; that there was one stays on record."""
    audit.record(actor, "search.find", "search", None, now=now)
    return vault.seal(" ".join(words.split())[:MOST_SIGNS])
