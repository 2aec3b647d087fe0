"""Words for when a candidate cannot come to school."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from coordination.domain.availability import UnavailabilityKind

WORDS = {
    UnavailabilityKind.HOLIDAY: _l("ferie"),
    UnavailabilityKind.LEAVE: _l("orlov"),
    UnavailabilityKind.PRACTICE: _l("ekstra praktikdage"),
    UnavailabilityKind.OTHER_COURSE: _l("andet kursus"),
    UnavailabilityKind.APPOINTMENT: _l("aftale hos en myndighed"),
    UnavailabilityKind.OTHER: _l("anden grund"),
}

SENTENCES: dict[str, Any] = {}
