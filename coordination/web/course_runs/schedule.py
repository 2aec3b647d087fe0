"""Many sessions of a run at once: planned in three ways, moved, cancelled; always shown before saved."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.domain.rescheduling import SessionDeed, Standing
from coordination.queries import course_runs as queries
from coordination.services import course_runs as services
from coordination.web.course_runs.away import away, tell_of_letter
from coordination.web.course_runs.blueprint import bp
from coordination.web.dates import clock
from coordination.web.doors import now, requires, today
from coordination.web.forms.course_runs import number
from coordination.web.forms.course_sessions import LATER, PLAN_FORMS, PlanForm, SessionChangesForm
from coordination.web.pages import actor, show

USUAL_BREAK = 30


@bp.get("/course-runs/<int:course_run_id>/schedule")
@requires(Permission.PLAN_COURSE_RUN)
def schedule(course_run_id: int) -> Any:
    """Sessions from a plan: first the days, the skipped ones and the hours, then save."""
    page = queries.schedule_page(actor(), course_run_id)
    asked = "start_time" in request.args
    form = _plan_form(page, formdata=request.args if asked else None, meta={"csrf": False})
    preview = _plan_preview(course_run_id, form) if asked else None
    return away(page.head) or show("course_runs/schedule", page, form=form, preview=preview)


@bp.post("/course-runs/<int:course_run_id>/schedule")
@requires(Permission.PLAN_COURSE_RUN)
def plan_sessions(course_run_id: int) -> Any:
    """Save the sessions that were shown."""
    page = queries.schedule_page(actor(), course_run_id)
    form = _plan_form(page)
    if form.validate_on_submit():
        with form.refusals():
            saved = services.plan_sessions(
                actor(),
                course_run_id,
                form.plan(),
                module_id=number(form.module_id.data),
                instead=bool(form.instead.data),
                room_for_both=bool(form.room_for_both.data),
                now=now(),
            )
            flash(
                ngettext("%(num)s undervisningsgang er gemt.", "%(num)s undervisningsgange er gemt.", saved),
                "success",
            )
            tell_of_letter(page.head)
            return redirect(url_for("course_runs.detail", course_run_id=course_run_id))
    return show("course_runs/schedule", page, form=form, preview=None), 422


def _plan_form(page: Any, **kwargs: Any) -> PlanForm:
    kind = request.values.get("kind", "")
    kind = kind if kind in PLAN_FORMS else "weekdays"
    values = {"break_minutes": USUAL_BREAK, "year": today().year}
    form = PLAN_FORMS[kind](page.modules, data=values, **kwargs)
    form.kind.data = kind
    return form


def _plan_preview(course_run_id: int, form: PlanForm) -> Any:
    if form.validate():
        with form.refusals():
            return queries.plan_preview(
                actor(),
                course_run_id,
                form.plan(),
                instead=bool(form.instead.data),
                room_for_both=bool(form.room_for_both.data),
            )
    return None


@bp.get("/course-runs/<int:course_run_id>/sessions/changes")
@requires(Permission.PLAN_COURSE_RUN)
def session_changes(course_run_id: int) -> Any:
    """Several sessions at once: first what becomes of each, then save."""
    page = queries.session_changes_page(actor(), course_run_id)
    asked = "change" in request.args
    form = _changes_form(page, formdata=request.args if asked else None, meta={"csrf": False})
    preview = _changes_preview(course_run_id, form) if asked else None
    return away(page.head) or show("course_runs/session_changes", page, form=form, preview=preview)


@bp.post("/course-runs/<int:course_run_id>/sessions/changes")
@requires(Permission.PLAN_COURSE_RUN)
def change_sessions(course_run_id: int) -> Any:
    """Carry out what was shown."""
    page = queries.session_changes_page(actor(), course_run_id)
    form = _changes_form(page)
    if form.validate_on_submit():
        with form.refusals():
            asked = form.asked()
            changed = services.change_sessions(actor(), course_run_id, asked, now=now())
            flash(_changed(asked.deed, changed), "success")
            tell_of_letter(page.head)
            return redirect(url_for("course_runs.detail", course_run_id=course_run_id))
    return show("course_runs/session_changes", page, form=form, preview=None), 422


def _changes_form(page: Any, **kwargs: Any) -> SessionChangesForm:
    values = {"change": SessionDeed.MOVE.value, "direction": LATER}
    return SessionChangesForm([(row.id, _in_words(row)) for row in page.sessions], data=values, **kwargs)


def _changes_preview(course_run_id: int, form: SessionChangesForm) -> Any:
    if form.validate():
        with form.refusals():
            return queries.changes_preview(actor(), course_run_id, form.asked())
    return None


def _in_words(row: Standing) -> str:
    facts = {
        "day": format_date(row.day, "full"),
        "start": clock(row.start_time),
        "end": clock(row.end_time),
    }
    if row.cancelled:
        return str(_("%(day)s kl. %(start)s–%(end)s (aflyst)", **facts))
    return str(_("%(day)s kl. %(start)s–%(end)s", **facts))


def _changed(deed: SessionDeed, count: int) -> str:
    if deed is SessionDeed.MOVE:
        return ngettext(
            "%(num)s undervisningsgang er flyttet.", "%(num)s undervisningsgange er flyttet.", count
        )
    if deed is SessionDeed.CANCEL:
        return ngettext(
            "%(num)s undervisningsgang er aflyst og tæller ikke med.",
            "%(num)s undervisningsgange er aflyst og tæller ikke med.",
            count,
        )
    return ngettext(
        "%(num)s undervisningsgang finder sted alligevel.",
        "%(num)s undervisningsgange finder sted alligevel.",
        count,
    )
