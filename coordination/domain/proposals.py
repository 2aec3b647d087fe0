"""A proposed allocation: how it comes about, what people may do to it, and when it no longer holds."""

from __future__ import annotations

from enum import StrEnum


class ProposalState(StrEnum):
    """Where a proposed allocation stands."""

    WAITING = "waiting"
    SOLVING = "solving"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"
    PUBLISHED = "published"
