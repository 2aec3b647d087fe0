"""The conditions for an IGU at work: who cannot be nominated, and who must be told before it is too late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa

from coordination import outbox
from coordination.db import db
from coordination.domain.calendar import local_day
from coordination.domain.eligibility import stops
from coordination.domain.errors import Refused
from coordination.domain.igu_warnings import REMEMBERED, Coming
from coordination.models import Candidate, EligibilityNotice, User
from coordination.queries import eligibility as queries
from coordination.queries.accounts import caseworkers

Told = tuple[Candidate, Coming]


def check_nomination(candidate: Candidate, today: date) -> None:
    """Refused("eligibility.cannot") with every rule that stops the nomination of a candidate on IGU."""
    if stopping := stops(queries.findings([candidate], today)[candidate.id]):
        raise Refused("eligibility.cannot", findings=stopping)


def warn(*, now: datetime) -> None:
    """Tell each caseworker, in one letter and once per person and day, who soon falls outside a rule."""
    today = local_day(now)
    known = _known(today)
    new = [
        (candidate, one)
        for candidate, found in queries.coming_up(today)
        for one in found
        if (candidate.id, one.what, one.day) not in known
    ]
    for candidate, one in new:
        db.session.add(
            EligibilityNotice(
                municipality_id=candidate.municipality_id,
                candidate_id=candidate.id,
                what=one.what,
                day=one.day,
                told_at=now,
            )
        )
    _write_letters(new, now=now)


def _known(today: date) -> set[tuple[int, str, date]]:
    """What was told already, as far back as anything is told."""
    notice = EligibilityNotice
    found = db.session.execute(
        sa.select(notice.candidate_id, notice.what, notice.day).where(notice.day >= today - REMEMBERED)
    )
    return {(candidate_id, what, day) for candidate_id, what, day in found}


def _write_letters(told: Iterable[Told], *, now: datetime) -> None:
    """One letter per caseworker; where the account is closed, to the jobcenter's other caseworkers."""
    by_caseworker: dict[tuple[int, int], list[Told]] = defaultdict(list)
    for candidate, one in told:
        by_caseworker[candidate.caseworker_id, candidate.municipality_id].append((candidate, one))
    named = {caseworker for caseworker, _ in by_caseworker}
    found = db.session.scalars(sa.select(User).where(User.id.in_(named), User.active))
    users = {user.id: user for user in found}
    letters: dict[User, list[Told]] = defaultdict(list)
    for (caseworker, municipality), theirs in by_caseworker.items():
        for user in [users[caseworker]] if caseworker in users else caseworkers(municipality):
            letters[user] += theirs
    for user, theirs in letters.items():
        rules = {candidate.id for candidate, one in theirs if one.finding}
        deadlines = {candidate.id for candidate, one in theirs if one.milestone}
        outbox.queue("eligibility_ends", [user], now=now, rules=len(rules), deadlines=len(deadlines))
