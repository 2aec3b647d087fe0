"""Transfers: a jobcenter offers a person to another, which answers; on the day everything changes owner."""

from coordination.services.transfers.answers import accept, cancel, decline
from coordination.services.transfers.carrying_out import carry_out
from coordination.services.transfers.offers import offer

__all__ = ["accept", "cancel", "carry_out", "decline", "offer"]
