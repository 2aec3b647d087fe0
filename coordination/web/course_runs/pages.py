"""The list of course runs and the page of one."""

from __future__ import annotations

from flask import request

from coordination.domain.improvements import ChangeState
from coordination.domain.permissions import Permission, allowed
from coordination.queries import course_runs as queries
from coordination.queries import improvements, tracks
from coordination.queries.forecast import forecast
from coordination.web.course_runs.blueprint import bp
from coordination.web.doors import requires, today
from coordination.web.forms.course_runs import RunFilterForm, number
from coordination.web.labels.tracks import field_name
from coordination.web.pages import actor, show


@bp.get("/course-runs")
@requires(Permission.SEE_COURSE_RUN)
def overview() -> str:
    """The runs this person may see."""
    form = RunFilterForm(request.args)
    chosen = queries.RunFilter(
        **form.filters(),
        sort=request.args.get("sort", "starts_on"),
        number=number(request.args.get("page")) or 1,
    )
    page = queries.overview_page(actor(), chosen)
    form.offer(page.sectors, page.schools)
    return show("course_runs/overview", page, form=form)


@bp.get("/course-runs/<int:course_run_id>")
@requires(Permission.SEE_COURSE_RUN)
def detail(course_run_id: int) -> str:
    """One run: facts, seats, sessions and what can be done."""
    page = queries.detail_page(actor(), course_run_id, today())
    may_see = allowed(actor().role, Permission.SEE_PROPOSED_CHANGE)
    changes = improvements.changes_of_run(course_run_id) if may_see else ()
    undecided = sum(row.state is ChangeState.PROPOSED for row in changes)
    outlook = forecast(actor(), course_run_id, today())
    edition = tracks.edition_of_run(actor(), course_run_id)
    more = {"forecast": outlook, "edition": edition, "module_field": field_name}
    return show("course_runs/detail", page, changes=len(changes), undecided=undecided, **more)
