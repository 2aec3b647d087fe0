"""The sessions of a run one at a time."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.domain.rescheduling import SessionDeed
from coordination.queries import course_runs as queries
from coordination.services import course_runs as services
from coordination.web.course_runs.away import away, tell_of_letter
from coordination.web.course_runs.blueprint import bp
from coordination.web.doors import now, requires
from coordination.web.forms.base import Form
from coordination.web.forms.course_sessions import SessionForm
from coordination.web.pages import actor, show


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
            services.add_session(
                actor(),
                course_run_id,
                form.facts(),
                room_for_both=bool(form.room_for_both.data),
                now=now(),
            )
            flash(_("Undervisningsgangen er tilføjet."), "success")
            tell_of_letter(page.head)
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
            run_id = services.save_session(
                actor(), session_id, form.facts(), room_for_both=bool(form.room_for_both.data), now=now()
            )
            flash(_("Undervisningsgangen er gemt."), "success")
            tell_of_letter(page.head)
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
    head = queries.session_cancellation_page(actor(), session_id).head
    run_id = services.cancel_session(actor(), session_id, now=now())
    flash(_("Undervisningsgangen er aflyst og tæller ikke med."), "success")
    tell_of_letter(head)
    return redirect(url_for("course_runs.detail", course_run_id=run_id))


@bp.post("/sessions/<int:session_id>/restoration")
@requires(Permission.PLAN_COURSE_RUN)
def restore_session(session_id: int) -> Any:
    """Let a cancelled session take place after all; where its time is taken, another page tells why."""
    head = queries.session_cancellation_page(actor(), session_id).head
    with Form().refusals():
        services.restore_session(actor(), session_id, now=now())
        flash(_("Undervisningsgangen finder sted alligevel."), "success")
        tell_of_letter(head)
        return redirect(url_for("course_runs.detail", course_run_id=head.id))
    asked = {"change": str(SessionDeed.RESTORE), "sessions": session_id}
    return redirect(url_for("course_runs.session_changes", course_run_id=head.id, **asked))
