"""What many pages of a run say: that its state has no use for a deed any more, and who hears of a change."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from coordination.domain.course_runs import RunDeed, RunState, deeds
from coordination.domain.run_plans import PLANNABLE
from coordination.queries.course_runs import RunHead
from coordination.web.labels import sentence


def away(head: RunHead, deed: RunDeed | None = None) -> Response | None:
    """To the page of the run with a sentence why, unless the deed (or planning) is possible; then None."""
    possible = deed in deeds(head.state) if deed else head.state in PLANNABLE
    if possible:
        return None
    flash(sentence("run.move" if deed else "run.closed"), "info")
    return redirect(url_for("course_runs.detail", course_run_id=head.id))


def tell_of_letter(head: RunHead) -> None:
    """Say that others hear of changed sessions; nobody does of a draft's."""
    if head.state is not RunState.DRAFT:
        flash(
            _("De berørte får ét samlet brev om et kvarter. Fortryder du inden da, får ingen besked."), "info"
        )
