"""The rules of the IGU: which ones decide for a start, and the administrator's changes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.queries import rules as queries
from coordination.services import rules as services
from coordination.web.doors import now, requires, today
from coordination.web.forms.base import Form
from coordination.web.forms.rules import RuleForm, StartForm
from coordination.web.labels.rules import rule_words
from coordination.web.pages import actor, show

bp = Blueprint("rules", __name__)


@bp.get("/rules")
@requires(Permission.MANAGE_RULES)
def overview() -> str:
    """The rules for a start, today's unless another is asked for."""
    form = StartForm(formdata=request.args if "start" in request.args else None)
    start = form.start.data if form.validate() and form.start.data else today()
    return show("rules/overview", queries.overview_page(actor(), start), form=form, rule_words=rule_words)


@bp.get("/rules/new")
@requires(Permission.MANAGE_RULES)
def new() -> str:
    """The form for a new rule."""
    page = queries.new_page(actor(), today())
    return show("rules/new", page, form=RuleForm(data={"starts_from": page.today}))


@bp.post("/rules")
@requires(Permission.MANAGE_RULES)
def add() -> Any:
    """A new rule."""
    form = RuleForm()
    if form.validate_on_submit():
        with form.refusals():
            services.add(actor(), form.rule(), form.starts_from.data, now=now())
            flash(_("Reglen er tilføjet. Alle kandidater bedømmes efter den fra nu af."), "success")
            return redirect(url_for("rules.overview", start=form.starts_from.data))
    return show("rules/new", queries.new_page(actor(), today()), form=form), 422


@bp.get("/rules/<int:rule_id>/edit")
@requires(Permission.MANAGE_RULES)
def edit(rule_id: int) -> str:
    """The form that corrects or ends a rule."""
    page = queries.edit_page(actor(), rule_id, today())
    form = RuleForm(fixed=page.rule.kind, data=vars(page.rule))
    return show("rules/edit", page, form=form, rule_words=rule_words)


@bp.post("/rules/<int:rule_id>/edit")
@requires(Permission.MANAGE_RULES)
def save(rule_id: int) -> Any:
    """Correct or end a rule."""
    page = queries.edit_page(actor(), rule_id, today())
    form = RuleForm(fixed=page.rule.kind)
    if form.validate_on_submit():
        with form.refusals():
            services.save(actor(), rule_id, form.rule(), form.starts_from.data, now=now())
            flash(_("Reglen er gemt. Alle kandidater bedømmes efter den fra nu af."), "success")
            return redirect(url_for("rules.overview"))
    return show("rules/edit", page, form=form, rule_words=rule_words), form.status


@bp.get("/rules/<int:rule_id>/remove")
@requires(Permission.MANAGE_RULES)
def removal(rule_id: int) -> str:
    """Ask before a rule nobody began under is taken back."""
    page = queries.removal_page(actor(), rule_id, today())
    return show("rules/removal", page, form=Form(), rule_words=rule_words)


@bp.post("/rules/<int:rule_id>/remove")
@requires(Permission.MANAGE_RULES)
def remove(rule_id: int) -> Any:
    """Take back a rule nobody began under."""
    services.remove(actor(), rule_id, today=today(), now=now())
    flash(_("Reglen er fjernet."), "success")
    return redirect(url_for("rules.overview"))
