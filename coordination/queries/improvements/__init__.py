"""Proposed changes: lists, one change beside its evidence, and what still keeps a run from opening."""

from coordination.queries.improvements.changes import (
    ChangeRow,
    changes_from_run,
    changes_of_evaluation,
    changes_of_run,
    next_run_is_planned,
    undecided_count,
)
from coordination.queries.improvements.pages import (
    DetailPage,
    NewPage,
    OfRunPage,
    OverviewPage,
    Shown,
    detail_page,
    new_page,
    of_run_page,
    overview_page,
)

__all__ = [
    "ChangeRow",
    "DetailPage",
    "NewPage",
    "OfRunPage",
    "OverviewPage",
    "Shown",
    "changes_from_run",
    "changes_of_evaluation",
    "changes_of_run",
    "detail_page",
    "new_page",
    "next_run_is_planned",
    "of_run_page",
    "overview_page",
    "undecided_count",
]
