"""The list of partnerships, one of them, its settings, coordinators and first questions."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from coordination.queries import partnerships as queries
from coordination.services import partnerships as services
from coordination.web.doors import now
from coordination.web.forms.partnerships import AppointmentForm, NameForm, SettingsForm
from coordination.web.pages import actor, show
from coordination.web.partnerships.blueprint import PARTNERSHIP, administrator, back, bp, inside


@bp.get("/partnerships")
@administrator
def overview() -> str:
    """Every partnership."""
    return show("partnerships/overview", queries.overview_page(actor()))


@bp.get("/partnerships/new")
@administrator
def new() -> str:
    """A new partnership begins with its name."""
    return show("partnerships/new", queries.new_page(actor()), form=NameForm(formdata=None))


@bp.post("/partnerships")
@administrator
def create() -> Any:
    """Store it and go on with its places."""
    form = NameForm()
    if form.validate_on_submit():
        with form.refusals():
            made = services.create(actor(), form.name.data, now=now())
            return back(made, _("Samarbejdet er oprettet. Tilføj nu kommuner, skoler og brancher."))
    return show("partnerships/new", queries.new_page(actor()), form=form), 422


@bp.get(PARTNERSHIP)
@inside
def detail(partnership_id: int) -> str:
    """One partnership with everything that belongs to it."""
    page = queries.detail_page(actor(), partnership_id)
    return show(
        "partnerships/detail", page, form=AppointmentForm(page.candidates_for_appointment, formdata=None)
    )


@bp.get(f"{PARTNERSHIP}/edit")
@administrator
def edit(partnership_id: int) -> str:
    """Name and settings."""
    page = queries.edit_page(actor(), partnership_id)
    return show("partnerships/edit", page, form=SettingsForm(formdata=None, data=page.values))


@bp.post(f"{PARTNERSHIP}/edit")
@administrator
def save(partnership_id: int) -> Any:
    """Store name and settings."""
    page, form = queries.edit_page(actor(), partnership_id), SettingsForm()
    if form.validate_on_submit():
        with form.refusals():
            services.save(actor(), partnership_id, form.name.data, form.settings(), now=now())
            return back(partnership_id, _("Samarbejdet er gemt."))
    return show("partnerships/edit", page, form=form), 422


@bp.post(f"{PARTNERSHIP}/questions")
@inside
def add_standard_questions(partnership_id: int) -> Response:
    """Give the partnership its first questions."""
    services.add_standard_questions(actor(), partnership_id, now=now())
    return back(partnership_id, _("Standardspørgsmålene er klar til holdenes evaluering."))


@bp.post(f"{PARTNERSHIP}/coordinators")
@inside
def appoint(partnership_id: int) -> Any:
    """Appoint a coordinator."""
    page = queries.detail_page(actor(), partnership_id)
    form = AppointmentForm(page.candidates_for_appointment)
    if form.validate_on_submit():
        with form.refusals():
            services.appoint(actor(), partnership_id, form.user_id.data, now=now())
            return back(
                partnership_id, _("Koordinatoren er udpeget og ser nu samarbejdets jobcentre og hold.")
            )
    return show("partnerships/detail", page, form=form), 422


@bp.post(f"{PARTNERSHIP}/coordinators/<int:user_id>/end")
@administrator
def end_appointment(partnership_id: int, user_id: int) -> Response:
    """End an appointment."""
    services.end_appointment(actor(), partnership_id, user_id, now=now())
    return back(partnership_id, _("Personen er ikke længere koordinator for samarbejdet."))
