"""Imports: a file with candidates in steps, how a long one goes, and the way back."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, request, url_for
from flask_babel import gettext as _

from coordination.domain.candidate_imports import ImportState, RowKind
from coordination.domain.candidate_rows import RowError
from coordination.domain.permissions import Permission
from coordination.queries import exchange as queries
from coordination.queries.exchange import ColumnsPage, DryRunPage
from coordination.services import exchange as services
from coordination.web.asked import member, number
from coordination.web.candidates import value_word
from coordination.web.doors import now, requires, today, vault
from coordination.web.exchange.blueprint import bp
from coordination.web.forms.exchange import ColumnsForm, ImportForm, UploadForm, columns_form
from coordination.web.labels import sentence
from coordination.web.labels.candidates import FIELDS
from coordination.web.pages import actor, show

LOOK_AGAIN_SECONDS = 3


@bp.get("/exchange/candidates")
@requires(Permission.IMPORT_CANDIDATES)
def candidate_import() -> str:
    """What the file looks like, and where to put it."""
    return show("exchange/candidate_import", queries.candidate_import_page(actor()), form=UploadForm())


@bp.post("/exchange/candidates")
@requires(Permission.IMPORT_CANDIDATES)
def upload_candidates() -> Any:
    """Take a file and show what importing it would do."""
    form = UploadForm()
    filename, content = form.content()
    if not filename:
        form.validate()
        form.refuse(sentence("file.missing"), "file")
    elif form.validate_on_submit():
        with form.refusals():
            kept = services.upload_candidates(
                actor(), filename, content, sheet=form.sheet_name, vault=vault(), now=now()
            )
            return redirect(url_for("exchange.dry_run", import_id=kept))
    return show("exchange/candidate_import", queries.candidate_import_page(actor()), form=form), 422


@bp.get("/exchange/candidates/<int:import_id>/columns")
@requires(Permission.IMPORT_CANDIDATES)
def columns(import_id: int) -> str:
    """Which heading of the file holds what."""
    page = queries.columns_page(actor(), import_id, vault=vault())
    return show("exchange/columns", page, form=_columns_form(page))


@bp.post("/exchange/candidates/<int:import_id>/columns")
@requires(Permission.IMPORT_CANDIDATES)
def save_columns(import_id: int) -> Any:
    """Say which heading holds what, and go on to the dry run."""
    page = queries.columns_page(actor(), import_id, vault=vault())
    form = _columns_form(page)
    if form.validate_on_submit():
        with form.refusals():
            services.save_columns(actor(), import_id, form.chosen(), vault=vault(), now=now())
            return redirect(url_for("exchange.dry_run", import_id=import_id))
    return show("exchange/columns", page, form=form), form.status


@bp.get("/exchange/candidates/<int:import_id>")
@requires(Permission.IMPORT_CANDIDATES)
def dry_run(import_id: int) -> Any:
    """What importing the file would do; to its columns where they are not clear, on to what came of it."""
    page = _dry_run(import_id)
    if page is None:
        decided = queries.progress_page(actor(), import_id)
        where = (
            "exchange.progress" if decided and decided.state is not ImportState.FAILED else "exchange.columns"
        )
        return redirect(url_for(where, import_id=import_id))
    form = ImportForm()
    form.propose(today())
    return _show_dry_run(page, form)


@bp.post("/exchange/candidates/<int:import_id>")
@requires(Permission.IMPORT_CANDIDATES)
def import_candidates(import_id: int) -> Any:
    """Import the whole file, or nothing of it; a long one is left to the clock."""
    form = ImportForm()
    nominates = bool(request.form.get("nominates"))
    if form.validate_on_submit():
        with form.refusals():
            basis = form.settled_basis(today()) if nominates else None
            services.import_candidates(
                actor(), import_id, basis=basis, vault=vault(), today=today(), now=now()
            )
            return redirect(url_for("exchange.progress", import_id=import_id))
    page = _dry_run(import_id)
    if page is None:
        return redirect(url_for("exchange.progress", import_id=import_id))
    return _show_dry_run(page, form), form.status


@bp.get("/exchange/candidates/<int:import_id>/progress")
@requires(Permission.IMPORT_CANDIDATES)
def progress(import_id: int) -> Any:
    """How a long import goes, and what came of it; looks again by itself while it is under way."""
    page = queries.progress_page(actor(), import_id)
    if page is None:
        return redirect(url_for("exchange.dry_run", import_id=import_id))
    answer = make_response(show("exchange/progress", page))
    if page.moves:
        answer.headers["Refresh"] = str(LOOK_AGAIN_SECONDS)
    return answer


@bp.get("/exchange/candidates/<int:import_id>/undo")
@requires(Permission.IMPORT_CANDIDATES)
def undo(import_id: int) -> str:
    """What taking the import back would remove and restore."""
    return show("exchange/undo", queries.undo_page(actor(), import_id))


@bp.post("/exchange/candidates/<int:import_id>/undo")
@requires(Permission.IMPORT_CANDIDATES)
def undo_import(import_id: int) -> Any:
    """Take the whole import back."""
    services.undo_import(actor(), import_id, now=now())
    flash(_("Importen er fortrudt. Alt er, som det var før."), "success")
    return redirect(url_for("exchange.progress", import_id=import_id))


@bp.post("/exchange/candidates/<int:import_id>/discard")
@requires(Permission.IMPORT_CANDIDATES)
def discard_import(import_id: int) -> Any:
    """Forget the file."""
    services.discard_import(actor(), import_id, now=now())
    flash(_("Filen er slettet. Der er ikke importeret noget."), "success")
    return redirect(url_for("exchange.candidate_import"))


def told(error: RowError) -> str:
    """What is wrong in a row, in words."""
    return sentence(error.code, error.facts)


def _dry_run(import_id: int) -> DryRunPage | None:
    return queries.dry_run_page(
        actor(),
        import_id,
        kind=member(RowKind, request.args.get("kind")),
        errors_first="kind" not in request.args,
        number=number(request.args.get("page")) or 1,
        vault=vault(),
        today=today(),
    )


def _show_dry_run(page: DryRunPage, form: ImportForm) -> str:
    words = {"told": told, "kinds": RowKind, "field_word": FIELDS.__getitem__, "value_word": value_word}
    return show("exchange/dry_run", page, form=form, **words)


def _columns_form(page: ColumnsPage) -> ColumnsForm:
    return columns_form((row.heading, row.fact) for row in page.headings)
