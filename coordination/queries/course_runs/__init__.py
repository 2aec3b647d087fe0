"""Course runs: the list, one run, and what is shown before it is planned, opened, confirmed or cancelled."""

from coordination.queries.course_runs.days_off import days_off
from coordination.queries.course_runs.decisions import (
    cancellation_page,
    confirmation_page,
    decision_page,
    given_up,
    opening_page,
)
from coordination.queries.course_runs.detail import DetailPage, detail_page
from coordination.queries.course_runs.head import RunHead, head_of, run_head, seen_by, visible_run
from coordination.queries.course_runs.overview import OverviewPage, RunFilter, overview_page, sector_choices
from coordination.queries.course_runs.planning import (
    earlier_sessions,
    edit_page,
    new_page,
    next_preview,
    next_run_page,
    run_facts,
)
from coordination.queries.course_runs.schedule import (
    edit_session_page,
    edition_modules,
    new_session_page,
    plan_preview,
    schedule_page,
    session_cancellation_page,
)
from coordination.queries.course_runs.seat_plan import SeatPlan, seat_plan
from coordination.queries.course_runs.seats import (
    SeatCount,
    held_by_municipality,
    pool_for,
    reservations,
    seat_counts,
)
from coordination.queries.course_runs.sessions import (
    asked_changes,
    changes_preview,
    school_slots,
    session_changes_page,
    slots,
    standing,
)

__all__ = [
    "DetailPage",
    "OverviewPage",
    "RunFilter",
    "RunHead",
    "SeatCount",
    "SeatPlan",
    "asked_changes",
    "cancellation_page",
    "changes_preview",
    "confirmation_page",
    "days_off",
    "decision_page",
    "detail_page",
    "earlier_sessions",
    "edit_page",
    "edit_session_page",
    "edition_modules",
    "given_up",
    "head_of",
    "held_by_municipality",
    "new_page",
    "new_session_page",
    "next_preview",
    "next_run_page",
    "opening_page",
    "overview_page",
    "plan_preview",
    "pool_for",
    "reservations",
    "run_facts",
    "run_head",
    "schedule_page",
    "school_slots",
    "seat_counts",
    "seat_plan",
    "sector_choices",
    "seen_by",
    "session_cancellation_page",
    "session_changes_page",
    "slots",
    "standing",
    "visible_run",
]
