"""Imports and exports: what an uploaded file holds, would do or did, and the own candidates as a list."""

from coordination.queries.exchange.checking import Table, checked_rows, table_errors, table_of
from coordination.queries.exchange.dry_run import DryRunPage, DryRunRow, dry_run_page
from coordination.queries.exchange.exports import CandidateList, ListedCandidate, candidate_list
from coordination.queries.exchange.outcome import (
    Obstacle,
    ProgressPage,
    RecentImport,
    UndoPage,
    obstacles,
    progress_page,
    recent_imports,
    undo_page,
)
from coordination.queries.exchange.uploads import (
    CandidateImportPage,
    ColumnsPage,
    EarlierImport,
    candidate_import_page,
    columns_page,
    jobcenter_by_code,
    own_file,
    remembered,
    sectors_of,
)

__all__ = [
    "CandidateImportPage",
    "CandidateList",
    "ColumnsPage",
    "DryRunPage",
    "DryRunRow",
    "EarlierImport",
    "ListedCandidate",
    "Obstacle",
    "ProgressPage",
    "RecentImport",
    "Table",
    "UndoPage",
    "candidate_import_page",
    "candidate_list",
    "checked_rows",
    "columns_page",
    "dry_run_page",
    "jobcenter_by_code",
    "obstacles",
    "own_file",
    "progress_page",
    "recent_imports",
    "remembered",
    "sectors_of",
    "table_errors",
    "table_of",
    "undo_page",
]
