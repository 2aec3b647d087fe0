"""Candidates: the list, one person's page, and what the forms need to know."""

from coordination.queries.candidates.head import PersonHead, head_of, person_head
from coordination.queries.candidates.history import HistoryPage, history_page
from coordination.queries.candidates.narrowing import CandidateFilter, found, ids_in_order, people
from coordination.queries.candidates.overview import (
    CandidateRow,
    OverviewPage,
    list_rows,
    newest_nominations,
    next_to_nominate,
    overview_page,
)
from coordination.queries.candidates.profile import ChangeRow, FieldChange, ProfilePage, profile_page
from coordination.queries.candidates.writing import (
    EditPage,
    NewPage,
    colleagues,
    edit_page,
    known_candidate,
    new_page,
    own_jobcenter,
    stored,
    with_number,
)

__all__ = [
    "CandidateFilter",
    "CandidateRow",
    "ChangeRow",
    "EditPage",
    "FieldChange",
    "HistoryPage",
    "NewPage",
    "OverviewPage",
    "PersonHead",
    "ProfilePage",
    "colleagues",
    "edit_page",
    "found",
    "head_of",
    "history_page",
    "ids_in_order",
    "known_candidate",
    "list_rows",
    "new_page",
    "newest_nominations",
    "next_to_nominate",
    "overview_page",
    "own_jobcenter",
    "people",
    "person_head",
    "profile_page",
    "stored",
    "with_number",
]
