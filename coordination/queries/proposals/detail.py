"""A proposal by run: seats today and in the proposal, and why a run does not open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.pooling.problem import Goal, Run
from coordination.domain.pooling.scoring import Starting
from coordination.models import Proposal
from coordination.queries.proposals.changes import changes_since
from coordination.queries.proposals.head import ProposalHead, head_of, plan_today
from coordination.queries.proposals.naming import Names, Told, ToldChange, names_of
from coordination.queries.proposals.overview import SHOWABLE
from coordination.queries.proposals.rows import Loaded, load
from coordination.queries.proposals.telling import RunName, broken, fillable, reasons, run_names

COMPARABLE = 20


@dataclass(frozen=True)
class RunRow:
    """One run with its seats today and in the proposal."""

    id: int
    title: str
    school: str
    starts_on: date | None
    minimum: int
    maximum: int
    committed: bool
    held: int
    new: int
    reserved: str
    reasons: tuple[Told, ...]

    @property
    def total(self) -> int:
        """Seats held and proposed."""
        return self.held + self.new

    @property
    def free(self) -> int:
        """Seats nobody gets."""
        return max(0, self.maximum - self.total)

    @property
    def opens(self) -> bool:
        """Whether it can be held as proposed."""
        return self.committed or self.total >= max(self.minimum, 1)

    @property
    def opens_today(self) -> bool:
        """Whether it could be held with the seats of today."""
        return self.committed or self.held >= max(self.minimum, 1)


@dataclass(frozen=True)
class Replayed:
    """What came of solving the frozen question again, or that it waits for the clock."""

    waits: bool
    at: datetime | None = None
    problem: str = ""
    differing: tuple[tuple[Goal, int | None, int | None], ...] = ()


@dataclass(frozen=True)
class DetailPage:
    """A proposal by run."""

    head: ProposalHead
    runs: tuple[RunRow, ...]
    broken: tuple[Told, ...]
    changes: tuple[ToldChange, ...]
    starting: Starting | None
    by_hand: Starting | None
    replay: Replayed | None
    others: tuple[int, ...]

    @property
    def widest(self) -> int:
        """The most seats any run has: the scale of the picture."""
        return max((max(row.maximum, row.total) for row in self.runs), default=1)

    @property
    def opening(self) -> int:
        """How many runs can be held as proposed."""
        return sum(row.opens for row in self.runs)

    @property
    def opening_today(self) -> int:
        """How many could be held today."""
        return sum(row.opens_today for row in self.runs)


def detail_page(actor: Actor, proposal_id: int, today: date) -> DetailPage | None:
    """The page of a proposal; None while it has no answer, NotFound if it is out of reach."""
    loaded = load(actor, proposal_id)
    if loaded.proposal.state not in SHOWABLE:
        return None
    names, head = names_of(actor, loaded), head_of(loaded)
    return DetailPage(
        head=head,
        runs=run_rows(loaded, names),
        broken=broken(loaded, names),
        changes=changes_since(actor, loaded, today) if head.may_change else (),
        starting=loaded.proposal.starting,
        by_hand=loaded.proposal.by_hand,
        replay=_replayed(loaded),
        others=_others(proposal_id),
    )


def run_rows(loaded: Loaded, names: Names) -> tuple[RunRow, ...]:
    """The runs of the question in the order they begin."""
    held = Counter(seat.run for seat in plan_today(loaded))
    seated = Counter(seat.run for seat in loaded.plan)
    known = run_names(loaded)
    rows = [
        _row(run, known.get(run.id), names, loaded, held[run.id], seated[run.id]) for run in fillable(loaded)
    ]
    return tuple(sorted(rows, key=lambda row: (row.starts_on or date.max, row.id)))


def _row(run: Run, found: RunName | None, names: Names, loaded: Loaded, held: int, seated: int) -> RunRow:
    return RunRow(
        id=int(run.id),
        title=found.title if found else run.id,
        school=found.school if found else "",
        starts_on=found.starts_on if found else None,
        minimum=run.minimum,
        maximum=run.maximum,
        committed=run.committed,
        held=held,
        new=seated - held,
        reserved=_reserved(run, names.jobcenters),
        reasons=() if seated else reasons(loaded.closed.get(run.id, ()), names),
    )


def _reserved(run: Run, jobcenters: Mapping[str, str]) -> str:
    return ", ".join(f"{jobcenters.get(key, key)} {seats}" for key, seats in run.reserved.items() if seats)


def _replayed(loaded: Loaded) -> Replayed | None:
    told = loaded.proposal.replay
    if loaded.proposal.replay_asked_at is not None:
        return Replayed(waits=True)
    if told is None:
        return None
    differing = tuple(
        (goal, told["then"].get(goal), told["now"].get(goal)) for goal in Goal if goal in told["differing"]
    )
    return Replayed(
        waits=False, at=datetime.fromisoformat(told["at"]), problem=told["problem"], differing=differing
    )


def _others(proposal_id: int) -> tuple[int, ...]:
    """The newest other proposals with an answer."""
    return tuple(
        db.session.scalars(
            sa.select(Proposal.id)
            .where(Proposal.state.in_(SHOWABLE), Proposal.id != proposal_id)
            .order_by(Proposal.id.desc())
            .limit(COMPARABLE)
        )
    )
