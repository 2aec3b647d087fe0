"""The blueprint that the pages and deeds of course runs share, and its ways to write times and lengths."""

from __future__ import annotations

from flask import Blueprint

from coordination.web.formats import clock, hours

bp = Blueprint("course_runs", __name__)
bp.add_app_template_filter(clock)
bp.add_app_template_filter(hours)
