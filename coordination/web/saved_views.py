"""Saved views of a list: the links above it, and the pages that name, rename and remove them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, flash, redirect, request, session, url_for
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.domain.saved_views import MOST_VIEWS, as_filters, as_query, kept
from coordination.queries import saved_views as queries
from coordination.queries.saved_views import ViewRow
from coordination.services import saved_views as services
from coordination.services.saved_views import Before
from coordination.web.doors import requires
from coordination.web.forms.saved_views import SavedViewForm
from coordination.web.pages import actor, show

bp = Blueprint("saved_views", __name__)
UNDO = "undo_of_view"
LONGEST = 500


@dataclass(frozen=True)
class Shelf:
    """What stands above a list: the views, which of them is shown, and a way back from the last deed."""

    page: str
    views: tuple[ViewRow, ...]
    filters: Mapping[str, str]
    undo: Mapping[str, Any] | None

    @property
    def current(self) -> ViewRow | None:
        """The view whose filters the list has now."""
        return next((view for view in self.views if view.filters == self.filters), None)

    @property
    def may_save(self) -> bool:
        """True if the list is narrowed to something that is not kept yet."""
        return bool(self.filters) and self.current is None and len(self.views) < MOST_VIEWS


def shelf(page: str) -> Shelf:
    """The shelf above the list that is shown; what can be undone is offered once."""
    return Shelf(page, queries.views_of(actor(), page), kept(page, request.args), session.pop(UNDO, None))


@bp.get("/saved-views/new")
@requires(Permission.SAVE_VIEW)
def new() -> str:
    """The form that names the filters of a list."""
    page = queries.new_page(actor(), request.args.get("of", ""), request.args)
    form = SavedViewForm(formdata=None, of=page.page, filters=as_query(page.filters))
    return show("saved_views/new", page, form=form)


@bp.post("/saved-views")
@requires(Permission.SAVE_VIEW)
def save() -> Any:
    """Keep the filters of a list under a name."""
    form = SavedViewForm()
    asked = dict(parse_qsl((form.filters.data or "")[:LONGEST]))
    page = queries.new_page(actor(), form.of.data or "", asked)
    if form.validate_on_submit():
        with form.refusals():
            services.save(actor(), page.page, asked, form.name.data)
            flash(_("Visningen er gemt og står nu over listen."), "success")
            return redirect(url_for(page.page, **page.filters))
    return show("saved_views/new", page, form=form), 422


@bp.get("/saved-views/<int:saved_view_id>")
@requires(Permission.SAVE_VIEW)
def edit(saved_view_id: int) -> str:
    """The form that renames or removes a view."""
    page = queries.edit_page(actor(), saved_view_id)
    return show("saved_views/edit", page, form=SavedViewForm(formdata=None, name=page.name))


@bp.post("/saved-views/<int:saved_view_id>/rename")
@requires(Permission.SAVE_VIEW)
def rename(saved_view_id: int) -> Any:
    """Give a view another name."""
    page = queries.edit_page(actor(), saved_view_id)
    form = SavedViewForm()
    if form.validate_on_submit():
        with form.refusals():
            before = services.rename(actor(), saved_view_id, form.name.data)
            back = url_for("saved_views.rename", saved_view_id=saved_view_id)
            return _to_list(before, _("Visningen har fået et nyt navn."), back, {"name": before.name})
    return show("saved_views/edit", page, form=form), 422


@bp.post("/saved-views/<int:saved_view_id>/remove")
@requires(Permission.SAVE_VIEW)
def remove(saved_view_id: int) -> Any:
    """Remove a view."""
    before = services.remove(actor(), saved_view_id)
    fields = {"of": before.page, "filters": before.query, "name": before.name}
    return _to_list(before, _("Visningen er fjernet."), url_for("saved_views.save"), fields)


def _to_list(before: Before, said: str, undo: str, fields: Mapping[str, str]) -> Any:
    """Back to the list, where the deed can be undone."""
    flash(said, "success")
    session[UNDO] = {"action": undo, "fields": dict(fields)}
    return redirect(url_for(before.page, **as_filters(before.query)))
