"""A draft that was made from an earlier edition of its track follows the newest one."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from coordination import audit
from coordination.access import one
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.course_runs import RunState
from coordination.domain.errors import Refused
from coordination.models import CourseRun, CourseSession, Track
from coordination.queries.tracks import stand_ins


def adopt_edition(actor: Actor, course_run_id: int, *, now: datetime) -> int:
    """Let a draft follow the newest edition, whose number is returned; sessions keep their days.

    A session whose module is gone stays without one. Refused("run.edition_fixed") once the run is open.
    """
    run = one(CourseRun, course_run_id, lock=True)
    if run.state is not RunState.DRAFT:
        raise Refused("run.edition_fixed")
    track = one(Track, run.track_id)
    stands_for = stand_ins(track.id, track.edition)
    for session in db.session.scalars(sa.select(CourseSession).where(CourseSession.course_run_id == run.id)):
        session.module_id = stands_for.get(session.module_id or 0)
    before, run.track_edition = run.track_edition, track.edition
    audit.record(
        actor, "tracks.adopt_edition", "course_run", run.id, now=now, before=before, after=track.edition
    )
    return track.edition
