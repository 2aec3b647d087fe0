"""One entry of teaching elsewhere, looked at before it is removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordination import access
from coordination.domain.actors import Actor
from coordination.domain.tracks import TeachingKind
from coordination.models import HoursElsewhere
from coordination.queries.candidates import PersonHead, person_head


@dataclass(frozen=True)
class RemovalPage:
    """What would be removed, and whose it is."""

    id: int
    head: PersonHead
    kind: TeachingKind
    place: str
    from_day: date
    until_day: date
    minutes: int
    person_ids: tuple[int, ...]


def removal_page(actor: Actor, hours_elsewhere_id: int) -> RemovalPage:
    """The question before an entry is removed; NotFound if the actor may not know of the person."""
    row = access.one(HoursElsewhere, hours_elsewhere_id)
    head = person_head(actor, row.candidate_id)
    return RemovalPage(
        id=row.id,
        head=head,
        kind=row.kind,
        place=row.place,
        from_day=row.from_day,
        until_day=row.until_day,
        minutes=row.minutes,
        person_ids=head.person_ids,
    )


def entry(actor: Actor, hours_elsewhere_id: int) -> HoursElsewhere:
    """The entry, locked, if the actor may know of its person; else NotFound."""
    row = access.one(HoursElsewhere, hours_elsewhere_id, lock=True)
    person_head(actor, row.candidate_id)
    return row
