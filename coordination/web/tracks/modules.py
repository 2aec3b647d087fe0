"""The modules of a track, one at a time."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.queries import tracks as queries
from coordination.services import tracks as services
from coordination.web.doors import now, requires
from coordination.web.forms.base import Form
from coordination.web.forms.tracks import ModuleForm
from coordination.web.pages import actor, show
from coordination.web.tracks.blueprint import bp, to_track


@bp.get("/tracks/<int:track_id>/modules/new")
@requires(Permission.PLAN_TRACK)
def new_module(track_id: int) -> str:
    """The form of a new module."""
    return show("tracks/new_module", queries.new_module_page(actor(), track_id), form=ModuleForm())


@bp.post("/tracks/<int:track_id>/modules/new")
@requires(Permission.PLAN_TRACK)
def add_module(track_id: int) -> Any:
    """Put a module last in the track."""
    form = ModuleForm()
    if form.validate_on_submit():
        with form.refusals():
            _track, begun = services.add_module(actor(), track_id, form.facts(), now=now())
            return to_track(track_id, _("Modulet er tilføjet sidst i forløbet."), begun)
    return show("tracks/new_module", queries.new_module_page(actor(), track_id), form=form), 422


@bp.get("/modules/<int:module_id>/edit")
@requires(Permission.PLAN_TRACK)
def edit_module(module_id: int) -> str:
    """The form of a module."""
    page = queries.edit_module_page(actor(), module_id)
    return show("tracks/edit_module", page, form=ModuleForm(data=page.values))


@bp.post("/modules/<int:module_id>/edit")
@requires(Permission.PLAN_TRACK)
def save_module(module_id: int) -> Any:
    """Change a module."""
    form = ModuleForm()
    if form.validate_on_submit():
        with form.refusals():
            track_id, begun = services.save_module(actor(), module_id, form.facts(), now=now())
            return to_track(track_id, _("Modulet er gemt."), begun)
    return show("tracks/edit_module", queries.edit_module_page(actor(), module_id), form=form), 422


@bp.post("/modules/<int:module_id>/move")
@requires(Permission.PLAN_TRACK)
def move_module(module_id: int) -> Any:
    """Move a module one step up or down."""
    step = -1 if request.form.get("direction") == "up" else 1
    track_id = services.move_module(actor(), module_id, step, now=now())
    flash(_("Rækkefølgen er ændret."), "success")
    return redirect(url_for("tracks.detail", track_id=track_id, _anchor="modules"))


@bp.get("/modules/<int:module_id>/removal")
@requires(Permission.PLAN_TRACK)
def module_removal(module_id: int) -> str:
    """Ask before a module is taken out."""
    page = queries.module_removal_page(actor(), module_id)
    return show("tracks/module_removal", page, form=Form())


@bp.post("/modules/<int:module_id>/removal")
@requires(Permission.PLAN_TRACK)
def remove_module(module_id: int) -> Any:
    """Take a module out of its track."""
    track_id, begun = services.remove_module(actor(), module_id, now=now())
    return to_track(track_id, _("Modulet er fjernet fra forløbet."), begun)
