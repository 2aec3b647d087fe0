"""Partnerships: the administrator's pages about them and their places."""

from coordination.queries.partnerships.forms import (
    edit_municipality_page,
    edit_page,
    edit_sector_page,
    ending_agreement_page,
    new_municipality_page,
    new_page,
    new_school_page,
    new_sector_page,
    school_page,
)
from coordination.queries.partnerships.pages import DetailPage, OverviewPage, detail_page, overview_page

__all__ = [
    "DetailPage",
    "OverviewPage",
    "detail_page",
    "edit_municipality_page",
    "edit_page",
    "edit_sector_page",
    "ending_agreement_page",
    "new_municipality_page",
    "new_page",
    "new_school_page",
    "new_sector_page",
    "overview_page",
    "school_page",
]
