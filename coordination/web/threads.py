"""Threads: what jobcenter and coordinator write to each other about a candidate; never a school."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _

from coordination.domain.permissions import Permission
from coordination.queries import threads as queries
from coordination.services import threads as services
from coordination.web.candidate_tabs import tabs
from coordination.web.doors import now, requires, today
from coordination.web.forms.threads import MessageForm
from coordination.web.pages import actor, show

bp = Blueprint("threads", __name__)


@bp.get("/candidates/<int:candidate_id>/thread")
@requires(Permission.USE_THREAD)
def thread(candidate_id: int) -> str:
    """What was written about a candidate, newest last, and the form to write more."""
    return _page(candidate_id, MessageForm(formdata=None))


@bp.post("/candidates/<int:candidate_id>/thread")
@requires(Permission.USE_THREAD)
def write(candidate_id: int) -> Any:
    """Write a message, perhaps one that asks somebody to act."""
    form = MessageForm()
    if form.validate_on_submit():
        with form.refusals():
            message = form.message()
            services.write(actor(), candidate_id, message, now=now())
            named = message.mentioned or message.handed_to
            flash(
                _("Beskeden er gemt. De nævnte får et brev med et link hertil.")
                if named
                else _("Beskeden er gemt."),
                "success",
            )
            return _back(candidate_id)
    return _page(candidate_id, form), form.status


@bp.post("/candidates/<int:candidate_id>/thread/seen")
@requires(Permission.USE_THREAD)
def see(candidate_id: int) -> Any:
    """Note that one has read what one is mentioned in."""
    services.see(actor(), candidate_id, now=now())
    flash(_("Noteret. Tråden venter ikke længere på dig."), "success")
    return _back(candidate_id)


@bp.post("/thread-messages/<int:message_id>/done")
@requires(Permission.USE_THREAD)
def settle(message_id: int) -> Any:
    """Mark what a message asks for as done."""
    candidate_id = services.settle(actor(), message_id, now=now())
    flash(_("Markeret som gjort."), "success")
    return _back(candidate_id)


@bp.post("/thread-messages/<int:message_id>/reopen")
@requires(Permission.USE_THREAD)
def reopen(message_id: int) -> Any:
    """It is not done after all."""
    candidate_id = services.reopen(actor(), message_id, now=now())
    flash(_("Opgaven er åben igen."), "success")
    return _back(candidate_id)


def _page(candidate_id: int, form: MessageForm) -> str:
    page = queries.thread_page(actor(), candidate_id, today())
    form.offer(page.people, actor().user_id)
    return show("threads/thread", page, form=form, tabs=tabs(actor().role))


def _back(candidate_id: int) -> Any:
    return redirect(url_for("threads.thread", candidate_id=candidate_id, _anchor="messages"))
