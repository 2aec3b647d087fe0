"""The question the pooling answers, built from what is stored: runs, people, wishes, seats held."""

from coordination.queries.pooling_question.away import NOBODYS_SECTOR
from coordination.queries.pooling_question.building import check_something, question, refusals
from coordination.queries.pooling_question.people import Beside, candidates
from coordination.queries.pooling_question.runs import runs

__all__ = ["NOBODYS_SECTOR", "Beside", "candidates", "check_something", "question", "refusals", "runs"]
