"""The question the pooling answers, built from what is stored: runs, people, wishes, seats held."""

from coordination.queries.pooling_question.building import check_something, question

__all__ = ["check_something", "question"]
