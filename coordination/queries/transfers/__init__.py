"""Transfers: the list of both sides, the form that offers one, and one transfer, disclosed step by step."""

from coordination.queries.transfers.detail import DetailPage, Preview, detail_page
from coordination.queries.transfers.new import NewPage, new_page, open_transfer, receivers
from coordination.queries.transfers.overview import (
    OverviewPage,
    TransferRow,
    overview_page,
    waiting_transfers,
)

__all__ = [
    "DetailPage",
    "NewPage",
    "OverviewPage",
    "Preview",
    "TransferRow",
    "detail_page",
    "new_page",
    "open_transfer",
    "overview_page",
    "receivers",
    "waiting_transfers",
]
