"""Employers: the list with those at school, the names nobody has entered yet, and their limits."""

from coordination.queries.employers.limits import known_names, limits
from coordination.queries.employers.pages import (
    detail_page,
    edit_page,
    new_page,
    overview_page,
    removal_page,
)

__all__ = [
    "detail_page",
    "edit_page",
    "known_names",
    "limits",
    "new_page",
    "overview_page",
    "removal_page",
]
