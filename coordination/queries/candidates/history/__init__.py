"""A candidate's history: everything that happened in one line of time, and the marks of each run."""

from coordination.queries.candidates.history.page import HistoryPage, history_page

__all__ = ["HistoryPage", "history_page"]
