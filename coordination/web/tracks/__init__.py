"""Tracks, their modules and their editions: pages and deeds of the coordinator."""

from __future__ import annotations

from coordination.web.tracks import importing, modules, pages
from coordination.web.tracks.blueprint import bp

__all__ = ["bp", "importing", "modules", "pages"]
