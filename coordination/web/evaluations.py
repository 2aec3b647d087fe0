"""Evaluations: filled in by the school, read and judged by the coordinator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from coordination.domain.errors import Stale
from coordination.domain.permissions import Permission
from coordination.queries import evaluations as queries
from coordination.queries.course_runs import run_head
from coordination.services import evaluations as services
from coordination.web.asked import number
from coordination.web.dates import clock
from coordination.web.doors import COPENHAGEN, now, requires, today
from coordination.web.forms.evaluations import AnswerForm, HandBackForm, form_for, stored_values
from coordination.web.pages import actor, show

bp = Blueprint("evaluations", __name__)


@bp.get("/evaluations")
@requires(Permission.SEE_EVALUATION)
def overview() -> str:
    """All evaluations within reach, the most urgent first."""
    page = queries.overview_page(actor(), today(), number(request.args.get("page")) or 1)
    return show("evaluations/overview", page)


@bp.get("/course-runs/<int:course_run_id>/evaluation")
@requires(Permission.SEE_EVALUATION)
def of_run(course_run_id: int) -> str:
    """Where the evaluation of a run stands."""
    page = queries.of_run_page(actor(), course_run_id, today())
    return show("evaluations/of_run", page, head=run_head(actor(), course_run_id))


@bp.get("/question-sets/<int:question_set_id>")
@requires(Permission.SEE_EVALUATION)
def question_set(question_set_id: int) -> str:
    """The questions of a set."""
    page = queries.question_set_page(actor(), question_set_id)
    return show("evaluations/question_set", page)


@bp.get("/evaluations/<int:evaluation_id>")
@requires(Permission.SEE_EVALUATION)
def answers(evaluation_id: int) -> str:
    """One evaluation: to fill in, or to read."""
    page = queries.answers_page(actor(), evaluation_id, today())
    form = _form(page)(data=stored_values(page.questions, page.version)) if page.may_fill else None
    return show("evaluations/answers", page, form=form, differing={})


@bp.post("/evaluations/<int:evaluation_id>")
@requires(Permission.FILE_EVALUATION)
def save_answers(evaluation_id: int) -> Any:
    """Keep a draft; a script that saves by itself is told when."""
    return _fill(evaluation_id, services.save_answers, _saved)


@bp.post("/evaluations/<int:evaluation_id>/submit")
@requires(Permission.FILE_EVALUATION)
def submit(evaluation_id: int) -> Any:
    """Finish an evaluation."""
    return _fill(evaluation_id, services.submit, _submitted)


@bp.get("/evaluations/<int:evaluation_id>/hand-back")
@requires(Permission.REVIEW_EVALUATION)
def handing_back(evaluation_id: int) -> str:
    """Ask why an evaluation goes back to its school."""
    page = queries.handing_back_page(actor(), evaluation_id, today())
    return show("evaluations/handing_back", page, form=HandBackForm(data=page.values))


@bp.post("/evaluations/<int:evaluation_id>/hand-back")
@requires(Permission.REVIEW_EVALUATION)
def hand_back(evaluation_id: int) -> Any:
    """Send an evaluation back to its school."""
    page = queries.handing_back_page(actor(), evaluation_id, today())
    form = HandBackForm()
    if form.validate_on_submit():
        with form.refusals():
            services.hand_back(actor(), evaluation_id, form.reason.data or "", form.due_on.data, now=now())
            flash(_("Evalueringen er sendt tilbage, og skolen har fået besked."), "success")
            return redirect(url_for("evaluations.answers", evaluation_id=evaluation_id))
    return show("evaluations/handing_back", page, form=form), 422


@bp.post("/evaluations/<int:evaluation_id>/review")
@requires(Permission.REVIEW_EVALUATION)
def review(evaluation_id: int) -> Any:
    """Note that an evaluation has been read."""
    services.review(actor(), evaluation_id, now=now())
    flash(_("Evalueringen er gennemgået. Afgør nu forbedringsforslagene."), "success")
    return redirect(url_for("evaluations.answers", evaluation_id=evaluation_id, _anchor="changes"))


def _form(page: queries.AnswersPage) -> type[AnswerForm]:
    return form_for(page.questions, {row.id: row.text for row in page.questions})


def _fill(evaluation_id: int, deed: Callable[..., int], done: Callable[[int, int], Any]) -> Any:
    """Run a deed on the answers sent; what is refused comes back with everything that was typed."""
    page = queries.answers_page(actor(), evaluation_id, today())
    form = _form(page)()
    status = 422
    if form.validate_on_submit():
        with form.refusals():
            try:
                seen = form.seen_version.seen
                return done(
                    evaluation_id,
                    deed(actor(), evaluation_id, form.answers(), seen_version=seen, now=now()),
                )
            except Stale:
                status = 409
                raise
    if _by_script():
        return jsonify(errors=form.errors), status
    differing = _differing(page, form) if status == 409 else {}  # noqa: PLR2004 (Stale)
    form.seen_version.data = page.version
    return show("evaluations/answers", page, form=form, differing=differing), status


def _saved(evaluation_id: int, version: int) -> Any:
    at = clock(now().astimezone(COPENHAGEN).time())
    if _by_script():
        return jsonify(version=version, saved_at=at)
    flash(_("Kladden er gemt kl. %(time)s. I kan skrive videre, indtil den er indsendt.", time=at), "success")
    return redirect(url_for("evaluations.answers", evaluation_id=evaluation_id))


def _submitted(evaluation_id: int, proposed: int) -> Any:
    text = _("Evalueringen er indsendt, og koordinatoren har fået besked.")
    if proposed:
        found = ngettext(
            "En lav score er blevet til et forbedringsforslag.",
            "%(num)s lave scorer er blevet til forbedringsforslag.",
            proposed,
        )
        text = f"{text} {found}"
    flash(text, "success")
    return redirect(url_for("evaluations.answers", evaluation_id=evaluation_id))


def _differing(page: queries.AnswersPage, form: AnswerForm) -> dict[int, queries.QuestionRow]:
    """Where a colleague saved something else than what was typed here."""
    typed = form.answers()
    return {
        row.id: row
        for row in page.questions
        if (row.score, row.answer) != (typed[row.id].score, typed[row.id].text.replace("\r\n", "\n").strip())
    }


def _by_script() -> bool:
    kinds = ["text/html", "application/json"]
    return request.accept_mimetypes.best_match(kinds) == "application/json"
