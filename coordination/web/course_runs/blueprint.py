"""The blueprint that the pages and deeds of course runs share, and their way to write lengths."""

from __future__ import annotations

from flask import Blueprint

from coordination.web.formats import hours

bp = Blueprint("course_runs", __name__)
bp.add_app_template_filter(hours)
