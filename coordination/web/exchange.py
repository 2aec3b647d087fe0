"""Imports and exports: a file with candidates in two steps, its template, and the candidates as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Blueprint, Response, flash, g, make_response, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from coordination.adapters.spreadsheets import write_table
from coordination.domain.candidate_rows import COLUMNS, RowError
from coordination.domain.permissions import Permission
from coordination.queries import exchange as queries
from coordination.queries.exchange import ListedCandidate
from coordination.services import exchange as services
from coordination.web.dates import short_day
from coordination.web.doors import now, requires, today, vault
from coordination.web.forms.base import Form
from coordination.web.forms.exchange import UploadForm
from coordination.web.labels import sentence, word
from coordination.web.labels.candidates import FIELDS
from coordination.web.pages import actor, show

bp = Blueprint("exchange", __name__)
SECOND_EXAMPLE = {
    "cpr": "010195-0002",
    "name": "Prøve Person",
    "scheme": "virksomhedspraktik",
    "town": "Tønder",
    "postcode": "6270",
    "track": "DU1",
    "module": "2",
    "exam": "ingen",
}


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
            kept = services.upload_candidates(actor(), filename, content, vault=vault(), now=now())
            return redirect(url_for("exchange.dry_run", import_id=kept))
    return show("exchange/candidate_import", queries.candidate_import_page(actor()), form=form), 422


@bp.get("/exchange/candidates/<int:import_id>")
@requires(Permission.IMPORT_CANDIDATES)
def dry_run(import_id: int) -> str:
    """What importing the file would do."""
    page = queries.dry_run_page(actor(), import_id, vault=vault(), today=today())
    return show("exchange/dry_run", page, form=Form(), told=told)


@bp.post("/exchange/candidates/<int:import_id>")
@requires(Permission.IMPORT_CANDIDATES)
def import_candidates(import_id: int) -> Any:
    """Import the whole file, or nothing of it."""
    done = services.import_candidates(actor(), import_id, vault=vault(), today=today(), now=now())
    new, nominated = len(done.new), done.nominated
    flash(ngettext("%(num)s kandidat er importeret.", "%(num)s kandidater er importeret.", new), "success")
    if nominated:
        flash(ngettext("%(num)s er nu i puljen.", "%(num)s er nu i puljen.", nominated), "info")
    return redirect(url_for("candidates.overview", sort="-registered"))


@bp.post("/exchange/candidates/<int:import_id>/discard")
@requires(Permission.IMPORT_CANDIDATES)
def discard_import(import_id: int) -> Any:
    """Forget the file."""
    services.discard_import(actor(), import_id, now=now())
    flash(_("Filen er slettet. Der er ikke importeret noget."), "success")
    return redirect(url_for("exchange.candidate_import"))


@bp.get("/exchange/candidates/template")
@requires(Permission.IMPORT_CANDIDATES)
def candidate_template() -> Response:
    """The headings and two made-up people."""
    headings = [column.heading for column in COLUMNS]
    page = queries.candidate_import_page(actor())
    names = [name for _code, name in page.sectors]
    first = {column.field: column.example for column in COLUMNS} | {"wishes": " | ".join(names[:2])}
    second = SECOND_EXAMPLE | {"wishes": " | ".join(names[:1])}
    rows = [[example.get(column.field, "") for column in COLUMNS] for example in (first, second)]
    return _file("skabelon-kandidater.csv", headings, rows)


@bp.get("/exchange/candidates/list")
@requires(Permission.EXPORT_CANDIDATES)
def candidate_list() -> Response:
    """The candidates the reader may know of, as a file."""
    found = queries.candidate_list(actor(), today())
    g.seen = found.person_ids
    headings = [*(str(FIELDS[field]) for field in LISTED), _("Kommune"), *_headings_of_nominations()]
    return _file("kandidater.csv", headings, map(_cells, found.rows))


LISTED = (
    *("name", "cpr", "phone", "email", "address", "postcode", "town", "scheme", "igu_start", "employer"),
    *("danish_track", "danish_module", "danish_exam", "caseworker_id"),
)


def _headings_of_nominations() -> list[str]:
    return [_("Puljekode"), _("Indstilling"), _("Ønsker")]


def _cells(row: ListedCandidate) -> list[str]:
    return [
        row.name,
        row.cpr,
        row.phone,
        row.email,
        row.address,
        row.postcode,
        row.town,
        word(row.scheme),
        short_day(row.igu_start),
        row.employer,
        word(row.danish_track),
        str(row.danish_module or ""),
        word(row.danish_exam),
        row.caseworker,
        row.municipality,
        row.code,
        word(row.state),
        " | ".join(row.wishes),
    ]


def _file(name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    response = make_response(write_table(headings, rows))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def told(error: RowError) -> str:
    """What is wrong in a row, in words."""
    return sentence(error.code, error.facts)
