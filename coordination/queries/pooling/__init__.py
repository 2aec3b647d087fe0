"""The pool: who waits for a seat in which sector, beside the open runs that could take them."""

from coordination.queries.pooling.page import PoolPage, pool_page
from coordination.queries.pooling.people import PoolFilter, PoolRow
from coordination.queries.pooling.runs import RunChoice, sector_of_run

__all__ = ["PoolFilter", "PoolPage", "PoolRow", "RunChoice", "pool_page", "sector_of_run"]
