"""Imports and exports: a file is tried, imported whole or not at all, and can be taken back whole."""

from coordination.services.exchange.exporting import export_candidates
from coordination.services.exchange.importing import (
    Prepared,
    finish_import,
    import_candidates,
    import_table,
    prepare,
    prepare_import,
)
from coordination.services.exchange.queue import (
    Claim,
    claim_next_import,
    fail_import,
    report_progress,
    requeue_stale_imports,
)
from coordination.services.exchange.undoing import undo_import
from coordination.services.exchange.uploading import (
    discard_import,
    forget_old_imports,
    save_columns,
    upload_candidates,
)

__all__ = [
    "Claim",
    "Prepared",
    "claim_next_import",
    "discard_import",
    "export_candidates",
    "fail_import",
    "finish_import",
    "forget_old_imports",
    "import_candidates",
    "import_table",
    "prepare",
    "prepare_import",
    "report_progress",
    "requeue_stale_imports",
    "save_columns",
    "undo_import",
    "upload_candidates",
]
