"""Modules from a file: where it is chosen, what it would do, the template, and the yes to it."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response
from flask_babel import gettext as _
from flask_babel import ngettext

from coordination.adapters.spreadsheets import write_table
from coordination.domain.candidate_rows import RowError
from coordination.domain.module_rows import COLUMNS
from coordination.domain.permissions import Permission
from coordination.queries import tracks as queries
from coordination.services import tracks as services
from coordination.services.tracks import Imported
from coordination.web.doors import now, requires
from coordination.web.forms.tracks import ModuleFileForm, ModuleImportForm
from coordination.web.labels import sentence
from coordination.web.labels.tracks import EXPLAINED, field_name
from coordination.web.pages import actor, show
from coordination.web.tracks.blueprint import bp, to_track


@bp.get("/tracks/<int:track_id>/modules/import")
@requires(Permission.PLAN_TRACK)
def module_import(track_id: int) -> str:
    """What the file looks like, and where to put it."""
    page = queries.module_import_page(actor(), track_id)
    return show("tracks/module_import", page, form=ModuleFileForm(), explained=EXPLAINED)


@bp.get("/tracks/modules/template")
@requires(Permission.PLAN_TRACK)
def module_template() -> Response:
    """The headings and an example, as CSV."""
    body = write_table([column.heading for column in COLUMNS], [[column.example for column in COLUMNS]])
    response = make_response(body)
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="skabelon-moduler.csv"'
    return response


@bp.post("/tracks/<int:track_id>/modules/import")
@requires(Permission.PLAN_TRACK)
def try_modules(track_id: int) -> Any:
    """Read a file and show what importing it would do; nothing is stored."""
    page = queries.module_import_page(actor(), track_id)
    form = ModuleFileForm()
    filename, content = form.content()
    if not filename:
        form.validate()
        form.refuse(sentence("file.missing"), "file")
    elif form.validate_on_submit():
        with form.refusals():
            tried = services.try_modules(actor(), track_id, content)
            return _dry_run(track_id, tried.table, unread=tried.unread)
    return show("tracks/module_import", page, form=form, explained=EXPLAINED), 422


@bp.post("/tracks/<int:track_id>/modules/import/yes")
@requires(Permission.PLAN_TRACK)
def import_modules(track_id: int) -> Any:
    """Import the whole file, or nothing of it."""
    form = ModuleImportForm()
    page = queries.module_import_page(actor(), track_id)
    chosen = ModuleFileForm(formdata=None)
    if form.validate_on_submit():
        with chosen.refusals():
            done = services.import_modules(
                actor(),
                track_id,
                form.packed,
                replace=bool(form.replace.data),
                stamp=form.stamp.data or "",
                now=now(),
            )
            return to_track(track_id, _told(done), done.begun)
    return show("tracks/module_import", page, form=chosen, explained=EXPLAINED), chosen.status


def _dry_run(track_id: int, table: str, *, unread: tuple[str, ...]) -> str:
    page = queries.module_dry_run(actor(), track_id, table)
    form = ModuleImportForm(formdata=None, data={"table": table, "stamp": page.stamp})
    words = {"told": _error, "field_name": field_name, "unread": unread}
    return show("tracks/module_dry_run", page, form=form, **words)


def _error(error: RowError) -> str:
    return sentence(error.code, error.facts)


def _told(done: Imported) -> str:
    parts = (
        ngettext("%(num)s modul er tilføjet", "%(num)s moduler er tilføjet", done.new),
        ngettext("%(num)s er ændret", "%(num)s er ændret", done.changed),
        ngettext("%(num)s er taget ud", "%(num)s er taget ud", done.removed),
    )
    return _("Filen er importeret: %(what)s.", what=", ".join(parts))
