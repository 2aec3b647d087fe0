"""The schools of a partnership and the days they are closed."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from coordination.queries import partnerships as queries
from coordination.services import partnerships as services
from coordination.web.doors import now
from coordination.web.forms.base import Form
from coordination.web.forms.partnerships import ClosingDayForm, ExistingSchoolForm, SchoolForm
from coordination.web.pages import actor, show
from coordination.web.partnerships.blueprint import PARTNERSHIP, administrator, back, bp, inside, typed

SCHOOL = f"{PARTNERSHIP}/schools/<int:school_id>"


def _to_school(partnership_id: int, school_id: int, message: str) -> Response:
    flash(message, "success")
    return redirect(url_for("partnerships.school", partnership_id=partnership_id, school_id=school_id))


@bp.get(f"{PARTNERSHIP}/schools/new")
@administrator
def new_school(partnership_id: int) -> str:
    """A school that joins: a new one, or one that serves another partnership."""
    page = queries.new_school_page(actor(), partnership_id)
    existing = ExistingSchoolForm(page.elsewhere, formdata=None)
    return show("partnerships/new_school", page, form=SchoolForm(formdata=None), existing=existing)


@bp.post(f"{PARTNERSHIP}/schools")
@administrator
def add_school(partnership_id: int) -> Any:
    """Store a new school."""
    page, form = queries.new_school_page(actor(), partnership_id), SchoolForm()
    if form.validate_on_submit():
        with form.refusals():
            made = services.add_school(actor(), partnership_id, **typed(form), now=now())
            return _to_school(
                partnership_id, made, _("Skolen er med. Tilføj dens lukkedage, og invitér underviserne.")
            )
    existing = ExistingSchoolForm(page.elsewhere, formdata=None)
    return show("partnerships/new_school", page, form=form, existing=existing), 422


@bp.post(f"{PARTNERSHIP}/schools/existing")
@administrator
def join_school(partnership_id: int) -> Any:
    """Store the agreement with a school that is here already."""
    page = queries.new_school_page(actor(), partnership_id)
    existing = ExistingSchoolForm(page.elsewhere)
    if existing.validate_on_submit():
        with existing.refusals():
            services.join_school(actor(), partnership_id, existing.school_id.data, now=now())
            return back(partnership_id, _("Skolen er med i samarbejdet."))
    return show("partnerships/new_school", page, form=SchoolForm(formdata=None), existing=existing), 422


@bp.get(SCHOOL)
@administrator
def school(partnership_id: int, school_id: int) -> str:
    """A school with its closing days."""
    page = queries.school_page(actor(), partnership_id, school_id)
    form = SchoolForm(formdata=None, data=page.values)
    return show(
        "partnerships/school", page, form=form, closing=ClosingDayForm(formdata=None, prefix="closing-")
    )


@bp.post(SCHOOL)
@administrator
def save_school(partnership_id: int, school_id: int) -> Any:
    """Store the changed school."""
    page, form = queries.school_page(actor(), partnership_id, school_id), SchoolForm()
    if form.validate_on_submit():
        with form.refusals():
            services.save_school(actor(), partnership_id, school_id, **typed(form), now=now())
            return _to_school(partnership_id, school_id, _("Skolen er gemt."))
    closing = ClosingDayForm(formdata=None, prefix="closing-")
    return show("partnerships/school", page, form=form, closing=closing), 422


@bp.post(f"{SCHOOL}/closing-days")
@administrator
def add_closing_day(partnership_id: int, school_id: int) -> Any:
    """A day without teaching."""
    page, closing = queries.school_page(actor(), partnership_id, school_id), ClosingDayForm(prefix="closing-")
    if closing.validate_on_submit():
        with closing.refusals():
            services.add_closing_day(actor(), partnership_id, school_id, **typed(closing), now=now())
            return _to_school(
                partnership_id, school_id, _("Lukkedagen er gemt. Nye planer springer den over.")
            )
    form = SchoolForm(formdata=None, data=page.values)
    return show("partnerships/school", page, form=form, closing=closing), 422


@bp.post(f"{SCHOOL}/closing-days/<int:closing_day_id>/remove")
@administrator
def remove_closing_day(partnership_id: int, school_id: int, closing_day_id: int) -> Response:
    """The school teaches on that day after all."""
    services.remove_closing_day(actor(), partnership_id, school_id, closing_day_id, now=now())
    return _to_school(partnership_id, school_id, _("Lukkedagen er slettet."))


@bp.get(f"{SCHOOL}/end")
@administrator
def ending_agreement(partnership_id: int, school_id: int) -> str:
    """Ask before a school leaves."""
    page = queries.ending_agreement_page(actor(), partnership_id, school_id)
    return show("partnerships/ending_agreement", page, form=Form())


@bp.post(f"{SCHOOL}/end")
@inside
def end_agreement(partnership_id: int, school_id: int) -> Response:
    """The school leaves the partnership."""
    services.end_agreement(actor(), partnership_id, school_id, now=now())
    return back(partnership_id, _("Skolen er ikke længere med i samarbejdet."))
