"""How many of an employer's people may be away at a time, for whoever fills the seats."""

from __future__ import annotations

import sqlalchemy as sa

from coordination.db import db
from coordination.models import Employer


def limits(partnership_id: int) -> dict[str, int]:
    """The limits of a partnership's employers by `name_key`; an employer without one is not there."""
    limited = sa.select(Employer.name_key, Employer.most_away).where(
        Employer.partnership_id == partnership_id, Employer.most_away.is_not(None)
    )
    return {key: most for key, most in db.session.execute(limited) if most is not None}


def known_names(partnership_id: int) -> dict[str, int]:
    """Every employer of a partnership by the name it is matched with."""
    rows = db.session.execute(
        sa.select(Employer.name_key, Employer.id).where(Employer.partnership_id == partnership_id)
    )
    return {key: employer_id for key, employer_id in rows}  # noqa: C416 (rows, no pairs)
