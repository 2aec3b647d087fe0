"""What the coordinator and the clock do to course runs and their sessions."""

from coordination.services.course_runs.bulk import change_sessions
from coordination.services.course_runs.decisions import advance_runs, cancel_run, confirm_run, open_run
from coordination.services.course_runs.go_no_go import decide, warn_of_decisions
from coordination.services.course_runs.planning import create, plan_next_run, save
from coordination.services.course_runs.sessions import (
    add_session,
    cancel_session,
    plan_sessions,
    restore_session,
    save_session,
)

__all__ = [
    "add_session",
    "advance_runs",
    "cancel_run",
    "cancel_session",
    "change_sessions",
    "confirm_run",
    "create",
    "decide",
    "open_run",
    "plan_next_run",
    "plan_sessions",
    "restore_session",
    "save",
    "save_session",
    "warn_of_decisions",
]
