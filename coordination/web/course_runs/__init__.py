"""Course runs: the list, one run, its plan, and the deeds that open, confirm, cancel and repeat it."""

from __future__ import annotations

from coordination.web.course_runs import decisions, pages, planning, schedule, sessions
from coordination.web.course_runs.blueprint import bp

__all__ = ["bp", "decisions", "pages", "planning", "schedule", "sessions"]
