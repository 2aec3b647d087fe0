"""The audit log: who did what, when."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from flask import Blueprint, request

from coordination.domain.permissions import Permission
from coordination.queries import audit_log as queries
from coordination.web.asked import number, words
from coordination.web.doors import COPENHAGEN, requires
from coordination.web.forms.audit_log import LogFilterForm
from coordination.web.labels.audit_log import deed_name, subject_name
from coordination.web.pages import actor, show

bp = Blueprint("audit_log", __name__)
bp.add_app_template_global(deed_name)
bp.add_app_template_global(subject_name)


@bp.get("/audit-log")
@requires(Permission.SEE_AUDIT_LOG)
def overview() -> str:
    """Every deed, newest first."""
    asked = request.args
    form = LogFilterForm(formdata=asked)
    form.validate()
    chosen = queries.LogFilter(
        who=words(asked.get("who")),
        user_id=number(asked.get("user")),
        subject=words(asked.get("subject")),
        subject_id=number(asked.get("id")),
        since=_midnight(form.since.data),
        until=_midnight(form.until.data + timedelta(days=1)) if form.until.data else None,
        number=number(asked.get("page")) or 1,
    )
    return show("audit_log/overview", queries.overview_page(actor(), chosen), form=form)


def _midnight(day: date | None) -> datetime | None:
    """The day's first moment in Copenhagen."""
    return datetime.combine(day, time.min, COPENHAGEN).astimezone(UTC) if day else None
