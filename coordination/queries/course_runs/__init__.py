"""Course runs: the list, one run, and what is shown before it is planned, opened, confirmed or cancelled."""

from coordination.queries.course_runs.head import RunHead, run_head

__all__ = ["RunHead", "run_head"]
