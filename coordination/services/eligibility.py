"""The conditions for an IGU at work: who cannot be nominated, and who must be told before it is too late."""

from __future__ import annotations

from datetime import date

from coordination.domain.eligibility import stops
from coordination.domain.errors import Refused
from coordination.models import Candidate
from coordination.queries import eligibility as queries


def check_nomination(candidate: Candidate, today: date) -> None:
    """Refused("eligibility.cannot") with every rule that stops the nomination of a candidate on IGU."""
    if stopping := stops(queries.findings([candidate], today)[candidate.id]):
        raise Refused("eligibility.cannot", findings=stopping)
