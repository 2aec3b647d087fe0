"""Whether a person is already nominated, as much of it as the one who asks may know."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """What a look-up tells: nothing, the jobcenter to ask, or a candidate the reader may open."""

    jobcenter: str = ""
    candidate_id: int | None = None
    nominated: bool = False
    warnings: tuple[str, ...] = ()
