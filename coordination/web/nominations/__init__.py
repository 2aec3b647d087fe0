"""Nominations: the list, one nomination with its history, and the deeds of jobcenter and coordinator."""

from __future__ import annotations

from coordination.web.nominations import basis, nominating, pages, waiting, wishes
from coordination.web.nominations.blueprint import bp

__all__ = ["basis", "bp", "nominating", "pages", "waiting", "wishes"]
