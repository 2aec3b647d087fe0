"""The blueprint that every view of nominations joins."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("nominations", __name__)
