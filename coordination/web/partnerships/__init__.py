"""Partnerships: the administrator's pages about municipalities, schools, sectors and coordinators."""

from __future__ import annotations

from coordination.web.partnerships import places, schools, settings
from coordination.web.partnerships.blueprint import bp

__all__ = ["bp", "places", "schools", "settings"]
