"""Why a person may be shared with the partnership and the schools, and until when."""

from __future__ import annotations

from enum import StrEnum


class LegalBasis(StrEnum):
    """What allows the sharing of a nomination."""

    INFORMED = "informed"
    CONSENT = "consent"
