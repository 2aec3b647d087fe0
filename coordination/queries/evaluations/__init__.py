"""Evaluations: the list, one evaluation with the facts of its run beside it, and the questions asked."""

from coordination.queries.evaluations.answers import (
    AnswersPage,
    QuestionRow,
    answers_page,
    handing_back_page,
)
from coordination.queries.evaluations.facts import RunFacts, facts_of
from coordination.queries.evaluations.lists import (
    OfRunPage,
    OverviewPage,
    QuestionSetPage,
    of_run_page,
    overview_page,
    question_set_page,
)

__all__ = [
    "AnswersPage",
    "OfRunPage",
    "OverviewPage",
    "QuestionRow",
    "QuestionSetPage",
    "RunFacts",
    "answers_page",
    "facts_of",
    "handing_back_page",
    "of_run_page",
    "overview_page",
    "question_set_page",
]
