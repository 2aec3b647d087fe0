"""The demonstration's allocation: two more runs to fill, and a proposal the clock solves when it starts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from coordination.domain.course_runs import RunState
from coordination.models import CourseRun
from coordination.queries.accounts import actor_of
from coordination.services import proposals
from coordination.services.demo.places import Places
from coordination.services.demo.running import make_run, planned_days

SEARCH_SECONDS = 60


def runs_to_fill(places: Places, *, today: date) -> tuple[CourseRun, CourseRun]:
    """A small evening run that fills, and one too large for those who wish for it."""
    evenings = planned_days(today + timedelta(days=42), frozenset({0, 2}), 12)
    small = make_run(
        places,
        "koekken",
        f"Køkken og rengøring, aftenhold {evenings[0].year}",
        RunState.OPEN,
        evenings,
        price_ore=9_800_000,
    )
    small.minimum, small.capacity = 6, 8
    weeks = planned_days(today + timedelta(days=56), frozenset({1, 2, 3}), 18)
    title = f"Lager og industri, hold {weeks[0].year}-3"
    large = make_run(places, "lager", title, RunState.OPEN, weeks, price_ore=14_200_000)
    large.minimum, large.capacity = 16, 20
    return small, large


def ask_for_a_proposal(places: Places, *, now: datetime) -> None:
    """The coordinator has asked for a proposal; the answer is there a moment after the clock starts."""
    if coordinator := actor_of(places.coordinator.id):
        proposals.ask(coordinator, made_from_id=None, time_limit=SEARCH_SECONDS, now=now)
