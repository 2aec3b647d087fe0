"""Follow-ups: the worklist that coordinator and home jobcenter share, and one case with its story."""

from coordination.queries.follow_ups.detail import DetailPage, Event, detail_page
from coordination.queries.follow_ups.overview import CaseRow, FollowUpFilter, OverviewPage, overview_page

__all__ = [
    "CaseRow",
    "DetailPage",
    "Event",
    "FollowUpFilter",
    "OverviewPage",
    "detail_page",
    "overview_page",
]
