"""A school's evaluation of a run: its questions, the answers that hold, and the findings in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from coordination.domain.errors import Refused, Stale
from coordination.domain.texts import check_fields, problem_in, tidy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coordination.domain.errors import Problem


class QuestionKind(StrEnum):
    """How a question is answered."""

    SCORE = "score"
    TEXT = "text"


class EvaluationState(StrEnum):
    """How far an evaluation has come: draft is not yet opened to the school, open may be filled in."""

    DRAFT = "draft"
    OPEN = "open"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    PUBLISHED = "published"


class EvaluationDeed(StrEnum):
    """What someone does to an evaluation."""

    OPEN = "open"
    SUBMIT = "submit"
    HAND_BACK = "hand_back"
    REVIEW = "review"
    PUBLISH = "publish"


MOVES = MappingProxyType(
    {
        (EvaluationState.DRAFT, EvaluationDeed.OPEN): EvaluationState.OPEN,
        (EvaluationState.OPEN, EvaluationDeed.SUBMIT): EvaluationState.SUBMITTED,
        (EvaluationState.SUBMITTED, EvaluationDeed.HAND_BACK): EvaluationState.OPEN,
        (EvaluationState.SUBMITTED, EvaluationDeed.REVIEW): EvaluationState.REVIEWED,
        (EvaluationState.REVIEWED, EvaluationDeed.PUBLISH): EvaluationState.PUBLISHED,
    }
)
LOWEST, HIGHEST = 1, 5
DEFAULT_THRESHOLD = 2
ANSWER_MOST = 4000
REASON_MOST = 1000
REMIND_DAYS_BEFORE = 3
MORE_DAYS = 7
READABLE = frozenset({EvaluationState.SUBMITTED, EvaluationState.REVIEWED, EvaluationState.PUBLISHED})


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a set; a score at or below its threshold (None: the default) is a finding.

    `topic` says in a word or two what it is about, and heads the change that a low score proposes.
    """

    id: int
    kind: QuestionKind
    required: bool
    text: str
    threshold: int | None = None
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: a score from 1 to 5, a text, or a score with a remark."""

    score: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A score low enough to ask something of the next run."""

    question_id: int
    score: int
    threshold: int


@dataclass(frozen=True, slots=True)
class Submission:
    """A finished evaluation: its new state, its answers, and the findings in them."""

    state: EvaluationState
    answers: dict[int, Answer]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class HandedBack:
    """An evaluation sent back to its school: why, and the new deadline."""

    state: EvaluationState
    reason: str
    due: date


def move(state: EvaluationState, deed: EvaluationDeed) -> EvaluationState:
    """The state after a deed; raises Refused for a move that the table does not have."""
    if (state, deed) not in MOVES:
        raise Refused("evaluation.move", state=state, deed=deed)
    return MOVES[state, deed]


def fillable(state: EvaluationState) -> None:
    """Refuse answers before the evaluation is open to the school and after it was submitted."""
    if state is EvaluationState.DRAFT:
        raise Refused("evaluation.not_open")
    if state is not EvaluationState.OPEN:
        raise Refused("evaluation.submitted")


def check_seen(version: int, seen_version: int) -> None:
    """Raise Stale when a colleague has saved the draft since it was shown."""
    if version != seen_version:
        raise Stale("evaluation.conflict")


def check_answers(
    questions: Sequence[Question], answers: Mapping[int, Answer], *, final: bool
) -> dict[int, Answer]:
    """Settle the answers that say something; a draft may be unfinished, a final one may not.

    Raises Refused for a question outside the set, Invalid beside `question_<id>`.
    """
    if not answers.keys() <= {question.id for question in questions}:
        raise Refused("evaluation.foreign_question")
    settled = {question.id: _tidied(answers.get(question.id, Answer())) for question in questions}
    found = {
        f"question_{question.id}": _problem(question, settled[question.id], final=final)
        for question in questions
    }
    check_fields(found)
    return {question_id: answer for question_id, answer in settled.items() if answer != Answer()}


def submit(
    state: EvaluationState, questions: Sequence[Question], answers: Mapping[int, Answer]
) -> Submission:
    """Finish an open evaluation; raises Refused unless it is open, Invalid while a required answer lacks."""
    fillable(state)
    settled = check_answers(questions, answers, final=True)
    return Submission(move(state, EvaluationDeed.SUBMIT), settled, findings(questions, settled))


def hand_back(state: EvaluationState, reason: str, due: date | None, today: date) -> HandedBack:
    """Send a submitted evaluation back to its school with a reason and a deadline from today on."""
    back = move(state, EvaluationDeed.HAND_BACK)
    why = tidy(reason)
    check_fields({"reason": problem_in(why, REASON_MOST, needed=True), "due_on": _due_problem(due, today)})
    return HandedBack(back, why, due or today)


def new_due(due: date, today: date) -> date:
    """The deadline suggested when an evaluation is sent back: the old one, or a week from today if later."""
    return max(due, today + timedelta(days=MORE_DAYS))


def findings(questions: Sequence[Question], answers: Mapping[int, Answer]) -> tuple[Finding, ...]:
    """The scores at or below their threshold, in the order of the questions."""
    scored = [
        (question.id, answer.score, _threshold(question))
        for question in questions
        if question.kind is QuestionKind.SCORE and (answer := answers.get(question.id))
    ]
    return tuple(
        Finding(question_id, score, threshold)
        for question_id, score, threshold in scored
        if score is not None and score <= threshold
    )


def is_overdue(state: EvaluationState, due: date, today: date) -> bool:
    """The deadline has passed and nothing was submitted."""
    return state in {EvaluationState.DRAFT, EvaluationState.OPEN} and due < today


def needs_reminder(state: EvaluationState, due: date, today: date, last_reminded: date | None) -> bool:
    """Whether the school is to be reminded today: once in the days before the deadline, once after it."""
    if state is not EvaluationState.OPEN or (due - today).days > REMIND_DAYS_BEFORE:
        return False
    return last_reminded is None or last_reminded <= due < today


def _due_problem(due: date | None, today: date) -> Problem | None:
    if due is None:
        return "evaluation.due_missing", {}
    return ("evaluation.due_past", {}) if due < today else None


def _threshold(question: Question) -> int:
    return DEFAULT_THRESHOLD if question.threshold is None else question.threshold


def _tidied(answer: Answer) -> Answer:
    return Answer(answer.score, tidy(answer.text))


def _problem(question: Question, answer: Answer, *, final: bool) -> Problem | None:
    needed = final and question.required
    if question.kind is QuestionKind.TEXT:
        return problem_in(answer.text, ANSWER_MOST, needed=needed)
    if answer.score is None:
        return ("answer.score_missing", {}) if needed else problem_in(answer.text, ANSWER_MOST)
    if not LOWEST <= answer.score <= HIGHEST:
        return "answer.score_range", {"lowest": LOWEST, "highest": HIGHEST}
    return problem_in(answer.text, ANSWER_MOST)
