"""Who is in session at the same time: one row for each moment that matters."""

from __future__ import annotations

import numpy as np

from coordination.adapters.pooling_solver.pairs import Spans, Whole, spread
from coordination.adapters.pooling_solver.rows import INFINITY, Real, Rows


def together(rows: Rows, sessions: Spans, columns: Whole, run: Whole, owner: Whole, most: Real) -> None:
    """At most `most[owner]` of an owner's seats at any moment; columns, run and owner belong to the seats.

    Only moments when one of the owner's own seats begins can be the fullest, and those with the same seats
    are one row.
    """
    starts = np.unique(sessions.start)
    first = np.searchsorted(starts, sessions.start)
    count = np.searchsorted(starts, sessions.end) - first
    seat = np.repeat(np.arange(len(columns)), sessions.count[run])
    session = spread(sessions.first[run], sessions.count[run])
    moment = spread(first[session], count[session])
    which = np.repeat(seat, count[session])
    begins = moment == np.repeat(first[session], count[session])
    key, place = np.unique(owner[which] * len(starts) + moment, return_inverse=True)
    size = np.bincount(place, minlength=len(key))
    own = np.bincount(place[begins], minlength=len(key)) > 0
    group_owner = key // max(1, len(starts))
    kept = np.flatnonzero(own & (size > most[group_owner]))
    kept = kept[_distinct(_marks(len(columns)), which, place, len(key), kept)]
    number = np.full(len(key), -1)
    number[kept] = rows.add(len(kept), -INFINITY, most[group_owner[kept]])
    inside = number[place] >= 0
    rows.put(number[place[inside]], columns[which[inside]], 1)


def _marks(count: int) -> Whole:
    """A number for each seat whose sums tell sets of seats apart (splitmix64)."""
    mark = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mark = (mark ^ (mark >> np.uint64(shift))) * np.uint64(factor)
    return (mark ^ (mark >> np.uint64(31))).view(np.int64)


def _distinct(marks: Whole, which: Whole, place: Whole, groups: int, kept: Whole) -> Whole:
    """The positions in `kept` of the first of each set of equal groups."""
    total = np.zeros(groups, dtype=np.int64)
    np.add.at(total, place, marks[which])  # wraps around, which is as good a mark
    _sums, first = np.unique(total[kept], return_index=True)
    return np.sort(first)
