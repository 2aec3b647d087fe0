"""Saving a register: one deed, answered with a page to people and with JSON to the script of the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from coordination.domain.attendance import Cause, MarkInput, MarkStatus
from coordination.domain.permissions import Permission
from coordination.queries import attendance as queries
from coordination.services import attendance as services
from coordination.web.attendance.blueprint import bp
from coordination.web.attendance.words import mark_words, saved_at
from coordination.web.doors import now, requires, today
from coordination.web.forms.attendance import RollCallForm
from coordination.web.labels import choices
from coordination.web.pages import actor, show


@bp.post("/sessions/<int:session_id>/register")
@requires(Permission.TAKE_REGISTER)
def save_roll_call(session_id: int) -> Any:
    """Save the marks that were sent: the whole register, or one row of it from a script."""
    return _save(session_id, services.save_roll_call)


@bp.post("/sessions/<int:session_id>/register/rest")
@requires(Permission.TAKE_REGISTER)
def mark_remaining_present(session_id: int) -> Any:
    """Save what was typed and set everybody else without a mark to present."""
    return _save(session_id, services.mark_remaining_present)


def show_register(page: queries.RollCallPage, form: RollCallForm) -> str:
    """The register as it stands, or with what was typed and could not be saved."""
    clashes = {key: _both(clash) for key, clash in _clashes(page, form).items()}
    errors = form.errors_by_row()
    names = {row.enrolment_id: row.name for row in page.rows}
    summary = {f"row_{key}": f"{names[key]}: {text}" for key, text in clashes.items()}
    for key, found in errors.items():
        summary |= {field: f"{names.get(key, '')}: {text}" for field, text in found.items()}
    return show(
        "attendance/roll_call",
        page,
        form=form,
        rows=[form.as_typed(row) for row in page.rows],
        clashes=clashes,
        errors=errors,
        summary=summary,
        statuses=[(status, label.capitalize()) for status, label in choices(MarkStatus)],
        causes=_causes() if page.sees_causes else [],
    )


def _causes() -> list[tuple[str, str]]:
    known = [(value, label.capitalize()) for value, label in choices(Cause) if value != Cause.UNKNOWN]
    return [(Cause.UNKNOWN.value, _("Ikke oplyst")), *known]


def _save(session_id: int, deed: Callable[..., services.Saved]) -> Any:
    form = RollCallForm(request.form)
    with form.refusals():
        saved = deed(actor(), session_id, form.marks(), now=now())
        return _saved_rows(saved) if _by_script() else _saved_page(session_id, saved)
    page = queries.roll_call_page(actor(), session_id, today())
    answer = _unsaved_rows(page, form) if _by_script() else show_register(page, form)
    return answer, form.status


def _by_script() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def _saved_rows(saved: services.Saved) -> Any:
    rows = [
        {"enrolment_id": row.enrolment_id, "version": row.version, "saved_at": saved_at(row.at)}
        for row in saved.rows
    ]
    return jsonify(rows=rows)


def _saved_page(session_id: int, saved: services.Saved) -> Any:
    flash(_told(saved), "success")
    return redirect(url_for("attendance.roll_call", session_id=session_id))


def _told(saved: services.Saved) -> str:
    """What happened, and what comes of it."""
    count = saved.new + saved.changed
    if not count:
        return _("Fremmødet var allerede gemt. Der er ikke ændret noget.")
    told = [ngettext("Fremmødet er gemt for %(num)s.", "Fremmødet er gemt for %(num)s.", count)]
    if saved.opened:
        told.append(
            ngettext(
                "%(num)s udeblivelse bliver fulgt op, og jobcenteret får besked.",
                "%(num)s udeblivelser bliver fulgt op, og jobcentrene får besked.",
                saved.opened,
            )
        )
    if saved.closed:
        told.append(
            ngettext(
                "%(num)s opfølgning er lukket igen.", "%(num)s opfølgninger er lukket igen.", saved.closed
            )
        )
    return " ".join(told)


def _unsaved_rows(page: queries.RollCallPage, form: RollCallForm) -> Any:
    if form.conflicts:
        return jsonify(conflicts=list(_clashes(page, form).values()))
    whole = {f"register_{number}": str(error) for number, error in enumerate(form.form_errors)}
    return jsonify(errors={**form.row_errors, **whole})


def _clashes(page: queries.RollCallPage, form: RollCallForm) -> dict[int, dict[str, Any]]:
    """Both values of each row that somebody else changed: as the page shows it, and as it was typed.

    The conflict itself is not shown: it knows causes and comments that are not for a school.
    """
    standing = {row.enrolment_id: row for row in page.rows}
    clashing = {conflict.mine.enrolment_id for conflict in form.conflicts}
    mine = [row for row in form.marks() if row.enrolment_id in clashing]
    return {row.enrolment_id: _clash(standing[row.enrolment_id], row) for row in mine}


def _clash(theirs: queries.RollCallRow, mine: MarkInput) -> dict[str, Any]:
    values = {
        "status": theirs.status,
        "minutes": theirs.minutes_missed,
        "announced": theirs.announced,
        "cause": theirs.cause,
        "comment": theirs.comment,
    }
    return {
        "enrolment_id": theirs.enrolment_id,
        "version": theirs.version,
        "by": theirs.by,
        "theirs": mark_words(theirs),
        "yours": mark_words(mine),
        "values": values,
    }


def _both(clash: dict[str, Any]) -> str:
    return _(
        "%(by)s har imens registreret: %(theirs)s. Du valgte: %(yours)s. Vælg det rigtige, og gem igen.",
        by=clash["by"],
        theirs=clash["theirs"],
        yours=clash["yours"],
    )
