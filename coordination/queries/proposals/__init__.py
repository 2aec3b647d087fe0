"""Proposed allocations as pages show them."""

from coordination.queries.proposals.asking import new_page, progress_page
from coordination.queries.proposals.because import Because, because
from coordination.queries.proposals.comparison import comparison_page
from coordination.queries.proposals.detail import detail_page
from coordination.queries.proposals.municipalities import municipalities_page
from coordination.queries.proposals.overview import overview_page
from coordination.queries.proposals.people import PeopleFilter, Show, people_page
from coordination.queries.proposals.placing import PlacingPage, placing_page
from coordination.queries.proposals.publication import PublicationPage, publication_page, removal_page

__all__ = [
    "Because",
    "PeopleFilter",
    "PlacingPage",
    "PublicationPage",
    "Show",
    "because",
    "comparison_page",
    "detail_page",
    "municipalities_page",
    "new_page",
    "overview_page",
    "people_page",
    "placing_page",
    "progress_page",
    "publication_page",
    "removal_page",
]
