"""The week before a run begins: who comes on the first day."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from coordination.domain.permissions import Permission
from coordination.queries import start_checks as queries
from coordination.services import start_checks as services
from coordination.web.doors import now, requires, today
from coordination.web.forms.start_checks import AnswersForm
from coordination.web.pages import actor, show

bp = Blueprint("start_checks", __name__)


@bp.get("/course-runs/<int:course_run_id>/start-checks")
@requires(Permission.SEE_COURSE_RUN)
def of_run(course_run_id: int) -> str:
    """Who comes, who is silent, and what that may cost."""
    return _page(course_run_id, AnswersForm(MultiDict()))


@bp.post("/course-runs/<int:course_run_id>/start-checks")
@requires(Permission.CONFIRM_START)
def answer(course_run_id: int) -> Any:
    """Say of participants whether they come."""
    form = AnswersForm(request.form)
    if form.validate_on_submit():
        with form.refusals():
            services.answer(actor(), course_run_id, form.coming(), now=now())
            flash(_("Svarene er gemt. Koordinatoren får besked om dem, der ikke kommer."), "success")
            return redirect(url_for("start_checks.of_run", course_run_id=course_run_id))
    return _page(course_run_id, form), form.status


def _page(course_run_id: int, form: AnswersForm) -> str:
    return show("start_checks/of_run", queries.of_run_page(actor(), course_run_id, today()), form=form)
