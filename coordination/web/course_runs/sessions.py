"""The sessions of a run: a plan by weekdays shown before it is saved, and one session at a time."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from coordination.domain.permissions import Permission
from coordination.queries import course_runs as queries
from coordination.services import course_runs as services
from coordination.web.course_runs.away import away
from coordination.web.course_runs.blueprint import bp
from coordination.web.doors import now, requires
from coordination.web.forms.base import Form
from coordination.web.forms.course_runs import SessionForm, SessionPlanForm, number
from coordination.web.pages import actor, show


@bp.get("/course-runs/<int:course_run_id>/schedule")
@requires(Permission.PLAN_COURSE_RUN)
def schedule(course_run_id: int) -> Any:
    """Sessions made from weekdays: first the days, the skipped ones and the hours, then save."""
    page = queries.schedule_page(actor(), course_run_id)
    asked = "starts_on" in request.args
    form = SessionPlanForm(
        page.modules,
        formdata=request.args if asked else None,
        data={"break_minutes": 30},
        meta={"csrf": False},
    )
    preview = _preview(course_run_id, form) if asked else None
    return away(page.head) or show("course_runs/schedule", page, form=form, preview=preview)


@bp.post("/course-runs/<int:course_run_id>/schedule")
@requires(Permission.PLAN_COURSE_RUN)
def plan_sessions(course_run_id: int) -> Any:
    """Save the sessions that were shown."""
    page = queries.schedule_page(actor(), course_run_id)
    form = SessionPlanForm(page.modules)
    if form.validate_on_submit():
        with form.refusals():
            module_id, instead = number(form.module_id.data), bool(form.instead.data)
            saved = services.plan_sessions(
                actor(), course_run_id, form.plan(), module_id=module_id, instead=instead, now=now()
            )
            flash(
                ngettext("%(num)s undervisningsgang er gemt.", "%(num)s undervisningsgange er gemt.", saved),
                "success",
            )
            return redirect(url_for("course_runs.detail", course_run_id=course_run_id))
    return show("course_runs/schedule", page, form=form, preview=None), 422


def _preview(course_run_id: int, form: SessionPlanForm) -> Any:
    if form.validate():
        with form.refusals():
            return queries.plan_preview(actor(), course_run_id, form.plan(), instead=bool(form.instead.data))
    return None


@bp.get("/course-runs/<int:course_run_id>/sessions/new")
@requires(Permission.PLAN_COURSE_RUN)
def new_session(course_run_id: int) -> Any:
    """The form of one more session."""
    page = queries.new_session_page(actor(), course_run_id)
    form = SessionForm(page.modules, data=page.values)
    return away(page.head) or show("course_runs/new_session", page, form=form)


@bp.post("/course-runs/<int:course_run_id>/sessions/new")
@requires(Permission.PLAN_COURSE_RUN)
def add_session(course_run_id: int) -> Any:
    """Add one session."""
    page = queries.new_session_page(actor(), course_run_id)
    form = SessionForm(page.modules)
    if form.validate_on_submit():
        with form.refusals():
            services.add_session(actor(), course_run_id, form.facts(), now=now())
            flash(_("Undervisningsgangen er tilføjet."), "success")
            return redirect(url_for("course_runs.detail", course_run_id=course_run_id))
    return show("course_runs/new_session", page, form=form), 422


@bp.get("/sessions/<int:session_id>/edit")
@requires(Permission.PLAN_COURSE_RUN)
def edit_session(session_id: int) -> Any:
    """The form of one session."""
    page = queries.edit_session_page(actor(), session_id)
    form = SessionForm(page.modules, data=page.values)
    return away(page.head) or show("course_runs/edit_session", page, form=form)


@bp.post("/sessions/<int:session_id>/edit")
@requires(Permission.PLAN_COURSE_RUN)
def save_session(session_id: int) -> Any:
    """Move or change one session."""
    page = queries.edit_session_page(actor(), session_id)
    form = SessionForm(page.modules)
    if form.validate_on_submit():
        with form.refusals():
            run_id = services.save_session(actor(), session_id, form.facts(), now=now())
            flash(_("Undervisningsgangen er gemt."), "success")
            return redirect(url_for("course_runs.detail", course_run_id=run_id))
    return show("course_runs/edit_session", page, form=form), 422


@bp.get("/sessions/<int:session_id>/cancellation")
@requires(Permission.PLAN_COURSE_RUN)
def session_cancellation(session_id: int) -> Any:
    """Ask before one session is cancelled."""
    page = queries.session_cancellation_page(actor(), session_id)
    return away(page.head) or show("course_runs/session_cancellation", page, form=Form())


@bp.post("/sessions/<int:session_id>/cancellation")
@requires(Permission.PLAN_COURSE_RUN)
def cancel_session(session_id: int) -> Any:
    """Cancel one session."""
    run_id = services.cancel_session(actor(), session_id, now=now())
    flash(_("Undervisningsgangen er aflyst og tæller ikke med."), "success")
    return redirect(url_for("course_runs.detail", course_run_id=run_id))


@bp.post("/sessions/<int:session_id>/restoration")
@requires(Permission.PLAN_COURSE_RUN)
def restore_session(session_id: int) -> Any:
    """Let a cancelled session take place after all."""
    run_id = services.restore_session(actor(), session_id, now=now())
    flash(_("Undervisningsgangen finder sted alligevel."), "success")
    return redirect(url_for("course_runs.detail", course_run_id=run_id))
