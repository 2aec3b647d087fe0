"""What publishing a proposal would do, and what throwing it away would lose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordination.domain.actors import Actor
from coordination.queries.proposals.changes import changes_since
from coordination.queries.proposals.detail import RunRow, run_rows
from coordination.queries.proposals.head import ProposalHead, head_of
from coordination.queries.proposals.municipalities import MunicipalityRow, municipality_rows
from coordination.queries.proposals.naming import Told, ToldChange, names_of
from coordination.queries.proposals.people import PersonRow, moved, person_rows
from coordination.queries.proposals.rows import load
from coordination.queries.proposals.telling import answered, broken


@dataclass(frozen=True)
class PublicationPage:
    """What would become of a proposal."""

    head: ProposalHead
    runs: tuple[RunRow, ...]
    staying_shut: tuple[RunRow, ...]
    municipalities: tuple[MunicipalityRow, ...]
    overrides: tuple[PersonRow, ...]
    broken: tuple[Told, ...]
    changes: tuple[ToldChange, ...]
    person_ids: tuple[int, ...]


def publication_page(actor: Actor, proposal_id: int, today: date) -> PublicationPage:
    """The page before publishing; NotFound if the proposal is out of reach."""
    loaded = answered(actor, proposal_id)
    names = names_of(actor, loaded)
    runs = run_rows(loaded, names)
    overrides = person_rows([place for place in loaded.places if moved(place)], names)
    return PublicationPage(
        head=head_of(loaded),
        runs=tuple(row for row in runs if row.new),
        staying_shut=tuple(row for row in runs if not row.opens),
        municipalities=tuple(row for row in municipality_rows(loaded) if row.new),
        overrides=overrides,
        broken=broken(loaded, names),
        changes=changes_since(actor, loaded, today),
        person_ids=tuple(row.candidate_id for row in overrides),
    )


@dataclass(frozen=True)
class RemovalPage:
    """What throwing a proposal away would lose."""

    id: int
    moved: int
    locked: int


def removal_page(actor: Actor, proposal_id: int) -> RemovalPage:
    """The page before a proposal is thrown away; NotFound if it is out of reach."""
    places = load(actor, proposal_id).places
    locked = sum(place.locked and place.held_run_id is None for place in places)
    return RemovalPage(proposal_id, sum(map(moved, places)), locked)
