"""Proposed changes: the list, one beside its evidence, a new one from an answer, and the decision."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from coordination.domain.errors import Stale
from coordination.domain.permissions import Permission
from coordination.queries import improvements as queries
from coordination.queries.course_runs import run_head
from coordination.services import improvements as services
from coordination.web.asked import number
from coordination.web.doors import now, requires
from coordination.web.forms.improvements import ChangeFilterForm, DecisionForm, ProposalForm
from coordination.web.pages import actor, show

bp = Blueprint("improvements", __name__)


@bp.get("/improvements")
@requires(Permission.SEE_PROPOSED_CHANGE)
def overview() -> str:
    """The proposed changes within reach."""
    form = ChangeFilterForm(request.args)
    known = {shown.value: shown for shown in queries.Shown}
    page = queries.overview_page(
        actor(),
        shown=known.get(form.shown.data or ""),
        run_id=number(request.args.get("run")),
        number=number(request.args.get("page")) or 1,
    )
    form.offer(page.runs)
    return show("improvements/overview", page, form=form)


@bp.get("/improvements/<int:change_id>")
@requires(Permission.SEE_PROPOSED_CHANGE)
def detail(change_id: int) -> str:
    """One proposed change beside its evidence."""
    page = queries.detail_page(actor(), change_id)
    form = DecisionForm(data=page.values) if page.may_decide else None
    return show("improvements/detail", page, form=form)


@bp.post("/improvements/<int:change_id>")
@requires(Permission.DECIDE_PROPOSED_CHANGE)
def decide(change_id: int) -> Any:
    """Adopt, adapt or decline a proposed change."""
    page = queries.detail_page(actor(), change_id)
    form, status = DecisionForm(), 422
    if form.validate_on_submit():
        with form.refusals():
            try:
                left = _decide(change_id, form)
            except Stale:
                status = 409
                raise
            flash(_what_is_left(left), "success")
            return redirect(url_for("improvements.detail", change_id=change_id))
    form.seen_version.data = page.change.version
    return show("improvements/detail", page, form=form), status


@bp.get("/course-runs/<int:course_run_id>/changes")
@requires(Permission.SEE_PROPOSED_CHANGE)
def of_run(course_run_id: int) -> str:
    """The proposed changes of a run, in both directions."""
    page = queries.of_run_page(actor(), course_run_id)
    return show("improvements/of_run", page, head=run_head(actor(), course_run_id))


@bp.get("/answers/<int:answer_id>/change")
@requires(Permission.DECIDE_PROPOSED_CHANGE)
def new(answer_id: int) -> str:
    """The form of a change that comes of an answer."""
    page = queries.new_page(actor(), answer_id)
    return show("improvements/new", page, form=ProposalForm(data=page.values))


@bp.post("/answers/<int:answer_id>/change")
@requires(Permission.DECIDE_PROPOSED_CHANGE)
def propose(answer_id: int) -> Any:
    """Turn an answer into a proposed change."""
    page = queries.new_page(actor(), answer_id)
    form = ProposalForm()
    if form.validate_on_submit():
        with form.refusals():
            services.propose(
                actor(),
                answer_id,
                title=form.title.data or "",
                wording=form.wording.data or "",
                owner=form.owner.data or "",
                due_on=form.due_on.data,
                now=now(),
            )
            flash(
                _("Forbedringsforslaget er oprettet. Det skal afgøres, før det næste hold åbner."), "success"
            )
            return redirect(
                url_for("evaluations.answers", evaluation_id=page.evaluation_id, _anchor="changes")
            )
    return show("improvements/new", page, form=form), 422


def _decide(change_id: int, form: DecisionForm) -> int:
    return services.decide(
        actor(),
        change_id,
        form.chosen(),
        reason=form.reason.data or "",
        wording=form.wording.data or "",
        owner=form.owner.data or "",
        due_on=form.due_on.data,
        seen_version=form.seen_version.seen,
        now=now(),
    )


def _what_is_left(left: int) -> str:
    if not left:
        return _("Afgørelsen er gemt. Alle forslag fra holdet er nu afgjort, og skolen kan se hvordan.")
    return ngettext(
        "Afgørelsen er gemt. Der mangler at blive afgjort et forslag fra samme hold.",
        "Afgørelsen er gemt. Der mangler at blive afgjort %(num)s forslag fra samme hold.",
        left,
    )
