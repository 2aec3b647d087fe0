"""The questions a new partnership starts with; the school answers them after each course run."""

from __future__ import annotations

from dataclasses import dataclass

from coordination.domain.evaluations import QuestionKind

TITLE = "Skolens evaluering af et hold"


@dataclass(frozen=True)
class StandardQuestion:
    """One question with its topic, in both languages; a score must be answered, a text may."""

    kind: QuestionKind
    topic: str
    topic_en: str
    text: str
    text_en: str


STANDARD_QUESTIONS = (
    StandardQuestion(
        QuestionKind.SCORE,
        "Dansk niveau",
        "Danish level",
        "Passede deltagernes dansk til undervisningen?",
        "Did the participants' Danish fit the teaching?",
    ),
    StandardQuestion(
        QuestionKind.SCORE,
        "Forberedelse",
        "Preparation",
        "Vidste deltagerne, hvad de kom til?",
        "Did the participants know what to expect?",
    ),
    StandardQuestion(
        QuestionKind.SCORE,
        "Fremmøde",
        "Attendance",
        "Var fremmødet godt nok til at gennemføre undervisningen?",
        "Was attendance good enough to teach?",
    ),
    StandardQuestion(
        QuestionKind.SCORE,
        "Indhold",
        "Content",
        "Passede indholdet til det, virksomhederne beder om?",
        "Did the content fit what employers ask for?",
    ),
    StandardQuestion(
        QuestionKind.SCORE,
        "Samarbejde",
        "Cooperation",
        "Hvordan var samarbejdet med koordinatoren?",
        "How was the cooperation with the coordinator?",
    ),
    StandardQuestion(
        QuestionKind.TEXT,
        "Gik godt",
        "Went well",
        "Hvad gik godt på holdet?",
        "What went well on this run?",
    ),
    StandardQuestion(
        QuestionKind.TEXT,
        "Næste hold",
        "Next run",
        "Hvad skal være anderledes på næste hold?",
        "What should be different on the next run?",
    ),
)
