"""The municipalities and sectors of a partnership."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from coordination.queries import partnerships as queries
from coordination.services import partnerships as services
from coordination.web.doors import now
from coordination.web.forms.partnerships import MunicipalityForm, SectorForm
from coordination.web.pages import actor, show
from coordination.web.partnerships.blueprint import PARTNERSHIP, administrator, back, bp, inside, typed

MUNICIPALITY = f"{PARTNERSHIP}/municipalities/<int:municipality_id>/edit"
SECTOR = f"{PARTNERSHIP}/sectors/<int:sector_id>/edit"


@bp.get(f"{PARTNERSHIP}/municipalities/new")
@administrator
def new_municipality(partnership_id: int) -> str:
    """A municipality that joins."""
    page = queries.new_municipality_page(actor(), partnership_id)
    return show("partnerships/new_municipality", page, form=MunicipalityForm(formdata=None))


@bp.post(f"{PARTNERSHIP}/municipalities")
@administrator
def add_municipality(partnership_id: int) -> Any:
    """Store it."""
    page, form = queries.new_municipality_page(actor(), partnership_id), MunicipalityForm()
    if form.validate_on_submit():
        with form.refusals():
            services.add_municipality(actor(), partnership_id, **typed(form), now=now())
            return back(partnership_id, _("Kommunen er med. Invitér nu jobcenterets medarbejdere."))
    return show("partnerships/new_municipality", page, form=form), 422


@bp.get(MUNICIPALITY)
@administrator
def edit_municipality(partnership_id: int, municipality_id: int) -> str:
    """A municipality as it is."""
    page = queries.edit_municipality_page(actor(), partnership_id, municipality_id)
    return show(
        "partnerships/edit_municipality", page, form=MunicipalityForm(formdata=None, data=page.values)
    )


@bp.post(MUNICIPALITY)
@administrator
def save_municipality(partnership_id: int, municipality_id: int) -> Any:
    """Store the changed municipality."""
    page, form = queries.edit_municipality_page(actor(), partnership_id, municipality_id), MunicipalityForm()
    if form.validate_on_submit():
        with form.refusals():
            services.save_municipality(actor(), partnership_id, municipality_id, **typed(form), now=now())
            return back(partnership_id, _("Kommunen er gemt."))
    return show("partnerships/edit_municipality", page, form=form), 422


@bp.get(f"{PARTNERSHIP}/sectors/new")
@administrator
def new_sector(partnership_id: int) -> str:
    """A new sector."""
    page = queries.new_sector_page(actor(), partnership_id)
    return show("partnerships/new_sector", page, form=SectorForm(formdata=None, data=page.values))


@bp.post(f"{PARTNERSHIP}/sectors")
@inside
def add_sector(partnership_id: int) -> Any:
    """Store it."""
    page, form = queries.new_sector_page(actor(), partnership_id), SectorForm()
    if form.validate_on_submit():
        with form.refusals():
            services.add_sector(actor(), partnership_id, **typed(form), now=now())
            return back(
                partnership_id, _("Branchen kan nu ønskes, og koordinatoren kan lave brancheforløb til den.")
            )
    return show("partnerships/new_sector", page, form=form), 422


@bp.get(SECTOR)
@inside
def edit_sector(partnership_id: int, sector_id: int) -> str:
    """A sector as it is."""
    page = queries.edit_sector_page(actor(), partnership_id, sector_id)
    return show("partnerships/edit_sector", page, form=SectorForm(formdata=None, data=page.values))


@bp.post(SECTOR)
@inside
def save_sector(partnership_id: int, sector_id: int) -> Any:
    """Store the changed sector."""
    page, form = queries.edit_sector_page(actor(), partnership_id, sector_id), SectorForm()
    if form.validate_on_submit():
        with form.refusals():
            services.save_sector(actor(), partnership_id, sector_id, **typed(form), now=now())
            return back(partnership_id, _("Branchen er gemt."))
    return show("partnerships/edit_sector", page, form=form), 422
