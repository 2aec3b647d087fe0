"""Employers: who can do without how many, and who of their people is at school when."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.queries import employers as queries
from coordination.services import employers as services
from coordination.web.asked import number
from coordination.web.doors import now, requires, today
from coordination.web.forms.base import Form
from coordination.web.forms.employers import EmployerForm
from coordination.web.pages import actor, show

bp = Blueprint("employers", __name__)


@bp.get("/employers")
@requires(Permission.SEE_EMPLOYER)
def overview() -> str:
    """All employers, and the names that match none."""
    return show("employers/overview", queries.overview_page(actor(), today()))


@bp.get("/employers/<int:employer_id>")
@requires(Permission.SEE_EMPLOYER)
def detail(employer_id: int) -> str:
    """One employer and its people."""
    return show("employers/detail", queries.detail_page(actor(), employer_id, today()))


@bp.get("/employers/new")
@requires(Permission.MANAGE_EMPLOYERS)
def new() -> str:
    """The form of a new employer."""
    page = queries.new_page(actor())
    return show("employers/new", page, form=EmployerForm(page.partnerships, formdata=None))


@bp.post("/employers/new")
@requires(Permission.MANAGE_EMPLOYERS)
def create() -> Any:
    """Enter an employer; a name that came from the list only fills in the form."""
    page = queries.new_page(actor())
    if request.form.get("begin"):
        given = {"name": request.form.get("name", ""), "partnership_id": number(request.form.get("of"))}
        form = EmployerForm(page.partnerships, formdata=None, data=given)
        return show("employers/new", page, form=form)
    form = EmployerForm(page.partnerships)
    if form.validate_on_submit():
        with form.refusals():
            made = services.create(actor(), form.partnership(), form.facts(), now=now())
            flash(_("Virksomheden er oprettet. Fordelingen holder sig til grænsen."), "success")
            return redirect(url_for("employers.detail", employer_id=made))
    return show("employers/new", page, form=form), 422


@bp.get("/employers/<int:employer_id>/edit")
@requires(Permission.MANAGE_EMPLOYERS)
def edit(employer_id: int) -> str:
    """The form of an employer."""
    page = queries.edit_page(actor(), employer_id)
    return show("employers/edit", page, form=EmployerForm(data=page.values))


@bp.post("/employers/<int:employer_id>/edit")
@requires(Permission.MANAGE_EMPLOYERS)
def save(employer_id: int) -> Any:
    """Change an employer."""
    page, form = queries.edit_page(actor(), employer_id), EmployerForm()
    if form.validate_on_submit():
        with form.refusals():
            version = number(form.version.data) or 0
            services.save(actor(), employer_id, form.facts(), version=version, now=now())
            flash(_("Virksomheden er gemt. Næste fordeling holder sig til grænsen."), "success")
            return redirect(url_for("employers.detail", employer_id=employer_id))
    return show("employers/edit", page, form=form), form.status


@bp.get("/employers/<int:employer_id>/removal")
@requires(Permission.MANAGE_EMPLOYERS)
def removal(employer_id: int) -> str:
    """Ask before an employer is removed."""
    return show("employers/removal", queries.removal_page(actor(), employer_id), form=Form())


@bp.post("/employers/<int:employer_id>/removal")
@requires(Permission.MANAGE_EMPLOYERS)
def remove(employer_id: int) -> Any:
    """Remove an employer and its limit."""
    services.remove(actor(), employer_id, now=now())
    flash(_("Virksomheden er fjernet. Kandidaterne har stadig dens navn."), "success")
    return redirect(url_for("employers.overview"))
