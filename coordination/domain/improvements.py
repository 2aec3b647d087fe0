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


TITLE_MOST = 160
OWNER_MOST = 120
WORDING_MOST = 1000
EVIDENCE_MOST = 1000
REASON_MOST = 1000


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change asked of the next run: what it rests on, what it is about, and the words it is put in."""

    source: ChangeSource
    title: str
    wording: str
    question_id: int | None = None
    score: int | None = None
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a proposed change, and who carries it out (nobody, if declined).

    `wording` is the new one where it was adapted, else empty.
    """

    state: ChangeState
    reason: str
    wording: str
    owner: str


def proposals_from(
    questions: Sequence[Question], findings: Sequence[Finding], already_proposed: Collection[int]
) -> tuple[Proposal, ...]:
    """One proposal per low score, in the words of its question; none twice for the same question."""
    asked = {question.id: question for question in questions}
    return tuple(
        _by_rule(asked[finding.question_id], finding.score)
        for finding in findings
        if finding.question_id not in already_proposed
    )


def propose(
    source: ChangeSource, title: str, wording: str, question_id: int | None = None, *, owner: str = ""
) -> Proposal:
    """A proposal that somebody words; raises Invalid while its title or its words are of no use."""
    proposal = Proposal(source, tidy(title), tidy(wording), question_id, owner=tidy(owner))
    check_fields(
        {
            "title": problem_in(proposal.title, TITLE_MOST, needed=True),
            "wording": problem_in(proposal.wording, WORDING_MOST, needed=True),
            "owner": problem_in(proposal.owner, OWNER_MOST),
        }
    )
    return proposal


def quoted(answer: str) -> str:
    """An answer as evidence: a long one is cut, and says so by ending in an ellipsis."""
    return answer if len(answer) <= EVIDENCE_MOST else f"{answer[: EVIDENCE_MOST - 1]}…"


def decide(
    state: ChangeState,
    decision: ChangeState,
    *,
    reason: str = "",
    wording: str = "",
    owner: str = "",
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
    settled = Decision(
        decision,
        tidy(reason),
        wording=tidy(wording) if decision is ChangeState.ADAPTED else "",
        owner="" if decision is ChangeState.DECLINED else tidy(owner),
    )
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
    return {
        "reason": problem_in(decision.reason, REASON_MOST, needed=declined),
        "wording": wording,
        "owner": problem_in(decision.owner, OWNER_MOST),
    }


def _by_rule(question: Question, score: int) -> Proposal:
    title = question.topic or question.text
    return Proposal(ChangeSource.LOW_SCORE, title[:TITLE_MOST], question.text, question.id, score)
