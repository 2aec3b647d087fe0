"""Course runs: the list, one run, and what is shown before it is planned, opened, confirmed or cancelled."""

from coordination.queries.course_runs.detail import DetailPage, detail_page
from coordination.queries.course_runs.head import RunHead, run_head
from coordination.queries.course_runs.overview import OverviewPage, RunFilter, overview_page
from coordination.queries.course_runs.seats import SeatCount, pool_for, seat_counts

__all__ = [
    "DetailPage",
    "OverviewPage",
    "RunFilter",
    "RunHead",
    "SeatCount",
    "detail_page",
    "overview_page",
    "pool_for",
    "run_head",
    "seat_counts",
]
