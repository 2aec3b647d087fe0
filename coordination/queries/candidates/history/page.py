"""The page of a candidate's history, for the own jobcenter and the coordinator."""

from __future__ import annotations

from dataclasses import dataclass

from coordination.domain.actors import Actor
from coordination.queries import nominations
from coordination.queries.candidates.head import PersonHead, head_of
from coordination.queries.candidates.history.events import Event, events_of
from coordination.queries.candidates.history.runs import RunRecord, absences, runs_of


@dataclass(frozen=True)
class HistoryPage:
    """What happened, newest first, and how each run went."""

    head: PersonHead
    events: tuple[Event, ...]
    runs: tuple[RunRecord, ...]
    person_ids: tuple[int, ...]


def history_page(actor: Actor, candidate_id: int) -> HistoryPage:
    """The history of a candidate; NotFound if the actor may not know of the person."""
    candidate = nominations.person(actor, candidate_id)
    runs = runs_of(candidate.id)
    return HistoryPage(
        head=head_of(candidate),
        events=tuple(
            sorted(
                [*events_of(actor, candidate), *absences(runs)],
                key=lambda event: event.at,
                reverse=True,
            )
        ),
        runs=runs,
        person_ids=(candidate.id,),
    )
