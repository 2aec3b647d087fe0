"""Tracks and their modules: pages and deeds of the coordinator."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.queries import tracks as queries
from coordination.services import tracks as services
from coordination.web.doors import now, requires
from coordination.web.forms.base import Form
from coordination.web.forms.course_runs import number
from coordination.web.forms.tracks import ModuleForm, TrackForm
from coordination.web.pages import actor, show

bp = Blueprint("tracks", __name__)


@bp.get("/tracks")
@requires(Permission.SEE_TRACK)
def overview() -> str:
    """All tracks."""
    return show("tracks/overview", queries.overview_page(actor()))


@bp.get("/tracks/<int:track_id>")
@requires(Permission.SEE_TRACK)
def detail(track_id: int) -> str:
    """One track with its modules."""
    return show("tracks/detail", queries.detail_page(actor(), track_id))


@bp.get("/tracks/new")
@requires(Permission.PLAN_TRACK)
def new() -> str:
    """The form of a new track."""
    page = queries.new_page(actor())
    return show("tracks/new", page, form=TrackForm(page.sectors, data={"minimum": 12, "capacity": 16}))


@bp.post("/tracks/new")
@requires(Permission.PLAN_TRACK)
def create() -> Any:
    """Begin a track."""
    page = queries.new_page(actor())
    form = TrackForm(page.sectors)
    if form.validate_on_submit():
        with form.refusals():
            track_id = services.create(actor(), form.facts(), now=now())
            flash(_("Brancheforløbet er oprettet. Tilføj nu dets moduler."), "success")
            return redirect(url_for("tracks.detail", track_id=track_id))
    return show("tracks/new", page, form=form), 422


@bp.get("/tracks/<int:track_id>/edit")
@requires(Permission.PLAN_TRACK)
def edit(track_id: int) -> str:
    """The form of a track."""
    page = queries.edit_page(actor(), track_id)
    return show("tracks/edit", page, form=TrackForm(page.sectors, data=page.values))


@bp.post("/tracks/<int:track_id>/edit")
@requires(Permission.PLAN_TRACK)
def save(track_id: int) -> Any:
    """Change a track."""
    page = queries.edit_page(actor(), track_id)
    form = TrackForm(page.sectors)
    if form.validate_on_submit():
        with form.refusals():
            version = number(form.version.data) or 0
            services.save(actor(), track_id, form.facts(), version=version, now=now())
            flash(_("Brancheforløbet er gemt. Hold, der allerede er oprettet, er ikke ændret."), "success")
            return redirect(url_for("tracks.detail", track_id=track_id))
    return show("tracks/edit", page, form=form), 422


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
            services.add_module(actor(), track_id, form.facts(), now=now())
            flash(_("Modulet er tilføjet sidst i forløbet."), "success")
            return redirect(url_for("tracks.detail", track_id=track_id))
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
            track_id = services.save_module(actor(), module_id, form.facts(), now=now())
            flash(_("Modulet er gemt."), "success")
            return redirect(url_for("tracks.detail", track_id=track_id))
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
    track_id = services.remove_module(actor(), module_id, now=now())
    flash(_("Modulet er fjernet fra forløbet."), "success")
    return redirect(url_for("tracks.detail", track_id=track_id))
