"""The register of a session and the registers of a run; saving answers pages in HTML and scripts in JSON."""

from __future__ import annotations

from coordination.web.attendance import pages, saving
from coordination.web.attendance.blueprint import bp

__all__ = ["bp", "pages", "saving"]
