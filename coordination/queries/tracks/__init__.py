"""Tracks and their modules: the list, one track, its editions, and what its forms offer."""

from coordination.queries.tracks.editions import (
    RunEdition,
    edition_of_run,
    editions_page,
    stand_ins,
)
from coordination.queries.tracks.forms import (
    edit_module_page,
    edit_page,
    is_used,
    module_removal_page,
    new_module_page,
    new_page,
)
from coordination.queries.tracks.importing import ModuleDryRun, module_dry_run, module_import_page, rows_of
from coordination.queries.tracks.pages import detail_page, overview_page
from coordination.queries.tracks.rows import edition_modules, facts_by_id, stamp_of

__all__ = [
    "ModuleDryRun",
    "RunEdition",
    "detail_page",
    "edit_module_page",
    "edit_page",
    "edition_modules",
    "edition_of_run",
    "editions_page",
    "facts_by_id",
    "is_used",
    "module_dry_run",
    "module_import_page",
    "module_removal_page",
    "new_module_page",
    "new_page",
    "overview_page",
    "rows_of",
    "stamp_of",
    "stand_ins",
]
