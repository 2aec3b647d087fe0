"""The pool: who waits for a seat in which sector, beside the open runs that could take them."""

from coordination.queries.pooling.coded import CodedPoolPage, CodedRow, coded_pool_page
from coordination.queries.pooling.page import PoolPage, pool_page
from coordination.queries.pooling.people import PoolFilter, PoolRow
from coordination.queries.pooling.runs import RunChoice, sector_of_run

__all__ = [
    "CodedPoolPage",
    "CodedRow",
    "PoolFilter",
    "PoolPage",
    "PoolRow",
    "RunChoice",
    "coded_pool_page",
    "pool_page",
    "sector_of_run",
]
