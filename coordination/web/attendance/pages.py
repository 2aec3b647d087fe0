"""Pages of the register, and unlocking an old one."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from coordination.domain.permissions import Permission
from coordination.queries import attendance as queries
from coordination.services import attendance as services
from coordination.web.attendance.blueprint import bp
from coordination.web.attendance.saving import show_register
from coordination.web.doors import now, requires, today
from coordination.web.forms.attendance import RollCallForm, UnlockingForm
from coordination.web.pages import actor, show


@bp.get("/course-runs/<int:course_run_id>/registers")
@requires(Permission.SEE_REGISTER)
def registers(course_run_id: int) -> str:
    """The registers of a run: which are taken, and how many were there."""
    return show("attendance/registers", queries.registers_page(actor(), course_run_id, today()))


@bp.get("/sessions/<int:session_id>/register")
@requires(Permission.SEE_REGISTER)
def roll_call(session_id: int) -> str:
    """The register of one session."""
    page = queries.roll_call_page(actor(), session_id, today())
    return show_register(page, RollCallForm(MultiDict()))


@bp.get("/sessions/<int:session_id>/unlocking")
@requires(Permission.UNLOCK_REGISTER)
def unlocking(session_id: int) -> str:
    """Ask for a reason before an old register is opened again."""
    return show("attendance/unlocking", queries.unlocking_page(actor(), session_id), form=UnlockingForm())


@bp.post("/sessions/<int:session_id>/unlocking")
@requires(Permission.UNLOCK_REGISTER)
def unlock_register(session_id: int) -> Any:
    """Open an old register again."""
    form = UnlockingForm()
    if form.validate_on_submit():
        with form.refusals():
            services.unlock_register(actor(), session_id, form.reason.data or "", now=now())
            flash(_("Fremmødet er låst op. Ret det nu: det låses igen af sig selv."), "success")
            return redirect(url_for("attendance.roll_call", session_id=session_id))
    return show("attendance/unlocking", queries.unlocking_page(actor(), session_id), form=form), 422


@bp.get("/marks/<int:mark_id>")
@requires(Permission.SEE_REGISTER)
def history(mark_id: int) -> str:
    """How one mark came to say what it says."""
    return show("attendance/history", queries.history_page(actor(), mark_id))
