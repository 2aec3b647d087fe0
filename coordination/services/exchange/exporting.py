"""Exports: who took which rows out of the house stays on record."""

from __future__ import annotations

from datetime import date, datetime

from coordination import audit
from coordination.domain.actors import Actor
from coordination.queries.candidates import CandidateFilter
from coordination.queries.exchange import CandidateList, candidate_list

NEVER_KEPT = frozenset({"words", "cpr_hash", "number", "sort"})
"""Words of a search may name a person; the place in the list tells nothing."""


def export_candidates(
    actor: Actor, chosen: CandidateFilter, kind: str, *, today: date, now: datetime
) -> CandidateList:
    """The list as a file of a kind; the filters and the number of rows stay on record."""
    found = candidate_list(actor, chosen, today)
    filters = {
        name: str(value) for name, value in vars(chosen).items() if value and name not in NEVER_KEPT
    } | ({"words": "searched"} if chosen.words else {})
    facts = {"rows": len(found.rows), "kind": kind, "filters": filters}
    audit.record(actor, "exchange.export_candidates", "candidate", None, now=now, **facts)
    return found
