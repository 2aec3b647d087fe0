"""The list of tracks, one track, and its editions."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.queries import tracks as queries
from coordination.services import tracks as services
from coordination.web.doors import now, requires, today
from coordination.web.forms.course_runs import number
from coordination.web.forms.tracks import TrackForm
from coordination.web.labels.tracks import field_name
from coordination.web.pages import actor, show
from coordination.web.tracks.blueprint import bp


@bp.get("/tracks")
@requires(Permission.SEE_TRACK)
def overview() -> str:
    """All tracks."""
    return show("tracks/overview", queries.overview_page(actor(), today()))


@bp.get("/tracks/<int:track_id>")
@requires(Permission.SEE_TRACK)
def detail(track_id: int) -> str:
    """One track with its modules."""
    return show("tracks/detail", queries.detail_page(actor(), track_id, today()))


@bp.get("/tracks/<int:track_id>/editions")
@requires(Permission.SEE_TRACK)
def editions(track_id: int) -> str:
    """What each edition holds, and what it changed."""
    return show("tracks/editions", queries.editions_page(actor(), track_id), field_name=field_name)


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


@bp.post("/course-runs/<int:course_run_id>/edition")
@requires(Permission.PLAN_TRACK)
def adopt_edition(course_run_id: int) -> Any:
    """Let a draft follow the newest edition of its track."""
    edition = services.adopt_edition(actor(), course_run_id, now=now())
    flash(
        _("Holdet følger nu udgave %(number)s. Undervisningsgangene er ikke flyttet.", number=edition),
        "success",
    )
    return redirect(url_for("course_runs.detail", course_run_id=course_run_id))
