"""Proposed changes: what a finding asks of the next run, and what the coordinator decided."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from coordination.domain.errors import Invalid, Refused
from coordination.domain.texts import check_fields, problem_in, tidy

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from coordination.domain.errors import Problem
    from coordination.domain.evaluations import Finding, Question


class ChangeState(StrEnum):
    """What became of a proposed change."""

    PROPOSED = "proposed"
    ADOPTED = "adopted"
    ADAPTED = "adapted"
    DECLINED = "declined"


class ChangeSource(StrEnum):
    """What a proposed change rests on."""

    LOW_SCORE = "low_score"
    TEXT = "text"
    FIGURE = "figure"
    OWN = "own"


WORDING_MOST = 1000
REASON_MOST = 1000


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change asked of the next run: what it rests on, and the words it is put in."""

    source: ChangeSource
    wording: str
    question_id: int | None = None
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a proposed change; `wording` is the new one where it was adapted, else empty."""

    state: ChangeState
    reason: str
    wording: str


def proposals_from(
    questions: Sequence[Question], findings: Sequence[Finding], already_proposed: Collection[int]
) -> tuple[Proposal, ...]:
    """One proposal per low score, in the words of its question; none twice for the same question."""
    words = {question.id: question.text for question in questions}
    return tuple(
        Proposal(ChangeSource.LOW_SCORE, words[finding.question_id], finding.question_id, finding.score)
        for finding in findings
        if finding.question_id not in already_proposed
    )


def propose(source: ChangeSource, wording: str, question_id: int | None = None) -> Proposal:
    """A proposal that somebody words; raises Invalid while it has no usable words."""
    settled = tidy(wording)
    check_fields({"wording": problem_in(settled, WORDING_MOST, needed=True)})
    return Proposal(source, settled, question_id)


def decide(
    state: ChangeState,
    decision: ChangeState,
    *,
    reason: str = "",
    wording: str = "",
    proposed_wording: str = "",
    next_run_is_draft: bool,
) -> Decision:
    """Decide a proposed change; a decision may be changed while the next run is a draft.

    Adapted needs other words than the proposed ones, declined a reason; adopted may carry a note.
    """
    if state is not ChangeState.PROPOSED and not next_run_is_draft:
        raise Refused("change.decided")
    if decision is ChangeState.PROPOSED:
        raise Invalid({"decision": "change.decision_missing"})
    settled = Decision(decision, tidy(reason), tidy(wording) if decision is ChangeState.ADAPTED else "")
    check_fields(_problems(settled, tidy(proposed_wording)))
    return settled


def undecided(changes: Iterable[ChangeState]) -> int:
    """How many proposed changes still keep the next run from opening."""
    return sum(state is ChangeState.PROPOSED for state in changes)


def _problems(decision: Decision, proposed_wording: str) -> dict[str, Problem | None]:
    adapted, declined = decision.state is ChangeState.ADAPTED, decision.state is ChangeState.DECLINED
    wording = problem_in(decision.wording, WORDING_MOST, needed=adapted)
    if adapted and not wording and decision.wording == proposed_wording:
        wording = "change.wording_same", {}
    return {"reason": problem_in(decision.reason, REASON_MOST, needed=declined), "wording": wording}
