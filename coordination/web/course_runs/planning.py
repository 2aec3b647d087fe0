"""Making a run from a track, changing it, and planning the next one from it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.queries import course_runs as queries
from coordination.queries import improvements
from coordination.services import course_runs as services
from coordination.web.course_runs.away import away
from coordination.web.course_runs.blueprint import bp
from coordination.web.doors import now, requires
from coordination.web.forms.course_runs import NewRunForm, NextRunForm, RunForm, number, run_form
from coordination.web.pages import actor, show


@bp.get("/course-runs/new")
@requires(Permission.PLAN_COURSE_RUN)
def new() -> str:
    """Choose a track, then fill in the run."""
    page = queries.new_page(actor(), number(request.args.get("track")))
    form = run_form(NewRunForm, page.homes)(page.schools, page.deciders, data=page.values)
    return show("course_runs/new", page, form=form)


@bp.post("/course-runs/new")
@requires(Permission.PLAN_COURSE_RUN)
def create() -> Any:
    """Begin a run as a draft."""
    track_id = number(request.args.get("track")) or 0
    page = queries.new_page(actor(), track_id)
    form = run_form(NewRunForm, page.homes)(page.schools, page.deciders)
    if form.validate_on_submit():
        with form.refusals():
            run_id = services.create(actor(), track_id, form.school_id.data, form.facts(), now=now())
            flash(_("Holdet er oprettet som kladde. Planlæg nu dets undervisningsgange."), "success")
            return redirect(url_for("course_runs.schedule", course_run_id=run_id))
    return show("course_runs/new", page, form=form), 422


@bp.get("/course-runs/<int:course_run_id>/edit")
@requires(Permission.PLAN_COURSE_RUN)
def edit(course_run_id: int) -> Any:
    """The form of a run."""
    page = queries.edit_page(actor(), course_run_id)
    form = run_form(RunForm, page.homes)(page.deciders, data=page.values)
    return away(page.head) or show("course_runs/edit", page, form=form)


@bp.post("/course-runs/<int:course_run_id>/edit")
@requires(Permission.PLAN_COURSE_RUN)
def save(course_run_id: int) -> Any:
    """Change a run."""
    page = queries.edit_page(actor(), course_run_id)
    form = run_form(RunForm, page.homes)(page.deciders)
    if form.validate_on_submit():
        with form.refusals():
            version = number(form.version.data) or 0
            services.save(actor(), course_run_id, form.facts(), version=version, now=now())
            flash(_("Holdet er gemt."), "success")
            return redirect(url_for("course_runs.detail", course_run_id=course_run_id))
    return show("course_runs/edit", page, form=form), 422


@bp.get("/course-runs/<int:course_run_id>/next")
@requires(Permission.PLAN_COURSE_RUN)
def next_run(course_run_id: int) -> str:
    """Plan the run after this one: first what it would look like, then save."""
    page = queries.next_run_page(actor(), course_run_id)
    asked = "starts_on" in request.args
    form = NextRunForm(
        page.schools, formdata=request.args if asked else None, data=page.values, meta={"csrf": False}
    )
    return _show_next(page, form, _next_preview(course_run_id, form) if asked else None)


@bp.post("/course-runs/<int:course_run_id>/next")
@requires(Permission.PLAN_COURSE_RUN)
def plan_next_run(course_run_id: int) -> Any:
    """Save the run after this one as a draft."""
    page = queries.next_run_page(actor(), course_run_id)
    form = NextRunForm(page.schools)
    if form.validate_on_submit():
        with form.refusals():
            run_id = services.plan_next_run(actor(), course_run_id, **_values(form), now=now())
            flash(_("Næste hold er en kladde. Åbn det, når planen og forslagene er på plads."), "success")
            return redirect(url_for("course_runs.detail", course_run_id=run_id))
    return _show_next(page, form, None), 422


def _values(form: NextRunForm) -> dict[str, Any]:
    return {name: form[name].data for name in ("title", "school_id", "starts_on", "room_for_both")}


def _next_preview(course_run_id: int, form: NextRunForm) -> Any:
    if form.validate():
        with form.refusals():
            return queries.next_preview(
                actor(),
                course_run_id,
                form.school_id.data,
                form.starts_on.data,
                room_for_both=bool(form.room_for_both.data),
            )
    return None


def _show_next(page: Any, form: NextRunForm, preview: Any) -> str:
    changes = [row for row in improvements.changes_from_run(page.head.id) if row.next_run_id is None]
    return show("course_runs/next_run", page, form=form, preview=preview, changes=changes)
