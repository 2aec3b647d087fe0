"""Employers: the list with those at school now, the names nobody has entered yet, and their limits."""

from __future__ import annotations

import sqlalchemy as sa

from coordination.db import db
from coordination.models import Employer


def limits(partnership_id: int) -> dict[str, int]:
    """How many of an employer's people may be away at a time, by `name_key`; none without a limit."""
    limited = sa.select(Employer.name_key, Employer.most_away).where(
        Employer.partnership_id == partnership_id, Employer.most_away.is_not(None)
    )
    return {key: most for key, most in db.session.execute(limited) if most is not None}
