"""Proposed allocations: asked for, looked through, moved about, compared and published."""

from coordination.web.proposals import changing, pages
from coordination.web.proposals.blueprint import bp

__all__ = ["bp", "changing", "pages"]
