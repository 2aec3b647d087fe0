"""The pages of proposed allocations: the list, asking, progress, and one proposal from every side."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, request, url_for
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.domain.pooling.problem import Goal
from coordination.queries import proposals as queries
from coordination.queries.proposals import PeopleFilter, Show
from coordination.services import proposals as services
from coordination.web.asked import member, number
from coordination.web.doors import now, requires, today
from coordination.web.forms.base import Form
from coordination.web.forms.proposals import AskForm, ComparisonForm, PeopleFilterForm
from coordination.web.labels import word
from coordination.web.pages import actor, show
from coordination.web.proposals.blueprint import PROPOSAL, bp, kept

LOOK_AGAIN_SECONDS = 3
coordinator = requires(Permission.PROPOSE_ALLOCATION)


@bp.get("/proposals")
@coordinator
def overview() -> str:
    """Every proposal, the newest first."""
    return show("proposals/overview", queries.overview_page(actor(), number(request.args.get("page")) or 1))


@bp.get("/proposals/new")
@coordinator
def new() -> str:
    """What goes into a proposal, and how long it may take."""
    return _show_new(AskForm(formdata=None), number(request.args.get("made_from")))


@bp.post("/proposals")
@coordinator
def ask() -> Any:
    """Ask for a proposal; the clock solves it."""
    form = AskForm()
    made_from = number(form.made_from.data)
    if form.validate_on_submit():
        with form.refusals():
            asked = services.ask(
                actor(),
                made_from_id=made_from,
                time_limit=form.time_limit.data,
                partnership_id=form.partnership.data or None,
                now=now(),
            )
            return redirect(url_for("proposals.progress", proposal_id=asked))
    return _show_new(form, made_from), form.status


@bp.get(f"{PROPOSAL}/progress")
@coordinator
def progress(proposal_id: int) -> Any:
    """How far the search is; looks again by itself, and goes on to the proposal when it is there."""
    page = queries.progress_page(actor(), proposal_id)
    if page.solved:
        return redirect(url_for("proposals.detail", proposal_id=proposal_id))
    goals = [word(goal).capitalize() for goal in Goal]
    answer = make_response(show("proposals/progress", page, goals=goals))
    if page.moves:
        answer.headers["Refresh"] = str(LOOK_AGAIN_SECONDS)
    return answer


@bp.post(f"{PROPOSAL}/cancel")
@coordinator
def cancel(proposal_id: int) -> Any:
    """Stop the search."""
    services.cancel(actor(), proposal_id, now=now())
    flash(_("Søgningen bliver stoppet. Intet i puljen er ændret."), "success")
    return redirect(url_for("proposals.progress", proposal_id=proposal_id))


@bp.get(PROPOSAL)
@coordinator
def detail(proposal_id: int) -> Any:
    """The proposal by run; on to its progress while there is no answer."""
    page = queries.detail_page(actor(), proposal_id, today())
    if page is None:
        return redirect(url_for("proposals.progress", proposal_id=proposal_id))
    return show("proposals/detail", page)


@bp.get(f"{PROPOSAL}/municipalities")
@coordinator
def municipalities(proposal_id: int) -> str:
    """The proposal by municipality."""
    return show("proposals/municipalities", queries.municipalities_page(actor(), proposal_id))


@bp.get(f"{PROPOSAL}/people")
@coordinator
def people(proposal_id: int) -> str:
    """The people of the proposal."""
    asked = request.args
    chosen = PeopleFilter(
        show=member(Show, asked.get("show")),
        course_run_id=number(asked.get("run")),
        municipality_id=number(asked.get("municipality")),
        number=number(asked.get("page")) or 1,
    )
    page = queries.people_page(actor(), proposal_id, chosen)
    form = PeopleFilterForm(asked)
    form.offer(page.runs, page.municipalities)
    return show("proposals/people", page, form=form, kept=kept())


@bp.get("/proposals/comparison")
@coordinator
def comparison() -> str:
    """Two proposals side by side."""
    asked = request.args
    page = queries.comparison_page(actor(), number(asked.get("one")), number(asked.get("other")))
    form = ComparisonForm(asked)
    form.offer(page.choices)
    return show("proposals/comparison", page, form=form)


@bp.get(f"{PROPOSAL}/remove")
@coordinator
def removal(proposal_id: int) -> str:
    """Asks before a proposal is thrown away."""
    return show("proposals/removal", queries.removal_page(actor(), proposal_id), form=Form())


@bp.post(f"{PROPOSAL}/remove")
@coordinator
def discard(proposal_id: int) -> Any:
    """Throw a proposal away."""
    services.discard(actor(), proposal_id, now=now())
    flash(_("Forslaget er kasseret. Intet i puljen er ændret."), "success")
    return redirect(url_for("proposals.overview"))


@bp.post(f"{PROPOSAL}/replay")
@coordinator
def ask_replay(proposal_id: int) -> Any:
    """Have the frozen question solved again."""
    services.ask_replay(actor(), proposal_id, now=now())
    flash(_("Spørgsmålet bliver regnet igen. Resultatet står her på siden om lidt."), "success")
    return redirect(url_for("proposals.detail", proposal_id=proposal_id, _anchor="replay"))


def _show_new(form: AskForm, made_from: int | None) -> str:
    page = queries.new_page(actor(), made_from, today())
    form.offer((row.partnership_id, row.name) for row in page.outlooks)
    form.made_from.data = made_from or ""
    return show("proposals/new", page, form=form, goals=tuple(Goal))
