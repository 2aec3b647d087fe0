"""The blueprint that the pages and deeds of the register share, and its words in templates."""

from __future__ import annotations

from flask import Blueprint

from coordination.web.attendance.words import mark_details, mark_words, saved_at

bp = Blueprint("attendance", __name__)
bp.add_app_template_filter(saved_at)
bp.add_app_template_global(mark_details)
bp.add_app_template_global(mark_words)
