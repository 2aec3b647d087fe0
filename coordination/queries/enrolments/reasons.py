"""Why a seat was given up, in the reader's words."""

from __future__ import annotations

from coordination.domain.actors import Language
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.reasons import ReasonKind
from coordination.models import Enrolment
from coordination.queries import reasons
from coordination.queries.reasons import Names


def name_of_reason(seat: Enrolment, language: Language, names: Names | None = None) -> str:
    """The reason of a seat that was declined, rejected or left; empty for any other."""
    kind, code = {
        EnrolmentState.DECLINED: (ReasonKind.DECLINE, seat.decline_reason),
        EnrolmentState.REJECTED: (ReasonKind.REJECT, seat.reject_reason),
        EnrolmentState.DROPPED_OUT: (ReasonKind.DROP_OUT, seat.drop_out_reason),
    }.get(seat.state, (None, None))
    if kind is None or code is None:
        return ""
    return (names or reasons.names(language)).get((kind, code), code)
