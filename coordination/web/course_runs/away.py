"""The way back from a page that the state of a run has no use for any more: an old link, a second tab."""

from __future__ import annotations

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from coordination.domain.course_runs import RunDeed, deeds
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
