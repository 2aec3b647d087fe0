"""Opening, confirming and cancelling a run."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from coordination.domain.course_runs import RunDeed
from coordination.domain.decisions import Verdict
from coordination.domain.improvements import ChangeState
from coordination.domain.permissions import Permission
from coordination.queries import course_runs as queries
from coordination.queries import improvements
from coordination.queries.forecast import forecast
from coordination.services import course_runs as services
from coordination.web.course_runs.away import away
from coordination.web.course_runs.blueprint import bp
from coordination.web.doors import now, requires, today
from coordination.web.forms.base import Form
from coordination.web.forms.course_runs import CancelRunForm, DecisionForm
from coordination.web.pages import actor, show


@bp.get("/course-runs/<int:course_run_id>/opening")
@requires(Permission.PLAN_COURSE_RUN)
def opening(course_run_id: int) -> Any:
    """What opening means, and what still has to be decided first."""
    page = queries.opening_page(actor(), course_run_id, today())
    return away(page.head, RunDeed.OPEN) or _show_opening(page, Form())


@bp.post("/course-runs/<int:course_run_id>/opening")
@requires(Permission.PLAN_COURSE_RUN)
def open_run(course_run_id: int) -> Any:
    """Open the run for nominations."""
    form = Form()
    with form.refusals():
        services.open_run(actor(), course_run_id, now=now())
        flash(_("Holdet er åbent for indstillinger, og jobcentrene får besked."), "success")
        return redirect(url_for("course_runs.detail", course_run_id=course_run_id))
    return _show_opening(queries.opening_page(actor(), course_run_id, today()), form), 422


def _show_opening(page: Any, form: Form) -> str:
    changes = improvements.changes_of_run(page.head.id)
    undecided = [row for row in changes if row.state is ChangeState.PROPOSED]
    return show("course_runs/opening", page, form=form, undecided=undecided)


@bp.get("/course-runs/<int:course_run_id>/confirmation")
@requires(Permission.PLAN_COURSE_RUN)
def confirmation(course_run_id: int) -> Any:
    """The run against its minimum, before its start is made sure."""
    page = queries.confirmation_page(actor(), course_run_id)
    return away(page.head, RunDeed.CONFIRM) or show("course_runs/confirmation", page, form=Form())


@bp.post("/course-runs/<int:course_run_id>/confirmation")
@requires(Permission.PLAN_COURSE_RUN)
def confirm_run(course_run_id: int) -> Any:
    """Make sure that the run starts."""
    services.confirm_run(actor(), course_run_id, now=now())
    flash(_("Starten er bekræftet. Holdet går i gang af sig selv på første dag."), "success")
    return redirect(url_for("course_runs.detail", course_run_id=course_run_id))


@bp.get("/course-runs/<int:course_run_id>/decision")
@requires(Permission.PLAN_COURSE_RUN)
def decision(course_run_id: int) -> Any:
    """An open run against its minimum, and the two answers."""
    page = queries.decision_page(actor(), course_run_id, today())
    return away(page.head, RunDeed.CONFIRM) or _show_decision(page, DecisionForm())


@bp.post("/course-runs/<int:course_run_id>/decision")
@requires(Permission.PLAN_COURSE_RUN)
def decide(course_run_id: int) -> Any:
    """Let the run start, or call it off."""
    form = DecisionForm()
    if form.validate_on_submit():
        with form.refusals():
            verdict = Verdict(form.verdict.data)
            ended = services.decide(actor(), course_run_id, verdict, form.reason.data or "", now=now())
            flash(_decided(verdict, ended), "success")
            return redirect(url_for("course_runs.detail", course_run_id=course_run_id))
    page = queries.decision_page(actor(), course_run_id, today())
    return _show_decision(page, form), 422


def _show_decision(page: Any, form: DecisionForm) -> str:
    outlook = forecast(actor(), page.head.id, today())
    return show("course_runs/decision", page, form=form, forecast=outlook)


def _decided(verdict: Verdict, ended: int) -> str:
    if verdict is Verdict.START:
        return _("Holdet starter. Det går i gang af sig selv på første dag.")
    return ngettext(
        "Holdet starter ikke. %(num)s plads eller venteplads er trukket tilbage, og de berørte får brev.",
        "Holdet starter ikke. %(num)s pladser og ventepladser er trukket tilbage, og de berørte får brev.",
        ended,
    )


@bp.get("/course-runs/<int:course_run_id>/cancellation")
@requires(Permission.PLAN_COURSE_RUN)
def cancellation(course_run_id: int) -> Any:
    """Whom the cancellation touches, and why it happens."""
    page = queries.cancellation_page(actor(), course_run_id)
    return away(page.head, RunDeed.CANCEL) or show("course_runs/cancellation", page, form=CancelRunForm())


@bp.post("/course-runs/<int:course_run_id>/cancellation")
@requires(Permission.PLAN_COURSE_RUN)
def cancel_run(course_run_id: int) -> Any:
    """Cancel the run."""
    form = CancelRunForm()
    if form.validate_on_submit():
        with form.refusals():
            seats = services.cancel_run(actor(), course_run_id, form.reason.data or "", now=now())
            flash(
                ngettext(
                    "Holdet er aflyst. %(num)s plads eller venteplads er trukket tilbage.",
                    "Holdet er aflyst. %(num)s pladser og ventepladser er trukket tilbage.",
                    seats,
                ),
                "success",
            )
            return redirect(url_for("course_runs.detail", course_run_id=course_run_id))
    page = queries.cancellation_page(actor(), course_run_id)
    return show("course_runs/cancellation", page, form=form), 422
