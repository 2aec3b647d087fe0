"""Which fields of a candidate who may see, in which state: the table of the design, transcribed.

A state says where a person stands. For each field and reader there are states in which the field must be
seen somewhere; in every other state it must be nowhere. `MAY` lists what is neither: harmless remains.
"""

from __future__ import annotations

from enum import StrEnum, auto


class State(StrEnum):
    """Where a person stands: nomination and seat together."""

    NEVER = auto()  # not nominated
    DRAFT = auto()
    SUBMITTED = auto()
    PRIVATE = auto()  # submitted, notes only for the own jobcenter
    MOVING = auto()  # submitted, and offered to the other jobcenter, which has not answered
    WAITING = auto()  # on a waiting list
    PARKED = auto()
    OFFERED = auto()
    ACCEPTED = auto()
    CONFIRMED = auto()
    PROTECTED = auto()  # confirmed, under name and address protection
    DROPPED_OUT = auto()
    COMPLETED = auto()  # the run is over, the school may still look
    RUN_OVER = auto()  # N days after the run
    DECLINED = auto()
    REJECTED = auto()
    WITHDRAWN = auto()
    EXPIRED = auto()
    BASIS_ENDED = auto()  # submitted, the last day of the basis was yesterday
    BASIS_WITHDRAWN = auto()  # confirmed, and then the basis was withdrawn


ALL = frozenset(State)
NOWHERE: frozenset[State] = frozenset()
CLOSED = frozenset({State.NEVER, State.DRAFT, State.BASIS_ENDED, State.BASIS_WITHDRAWN})
SENT = ALL - CLOSED
POOL = frozenset({State.SUBMITTED, State.PRIVATE, State.MOVING, State.WAITING, State.REJECTED})
MOVING = frozenset({State.MOVING})
BEFORE = frozenset({State.OFFERED})
AFTER = frozenset({State.ACCEPTED, State.CONFIRMED, State.PROTECTED, State.DROPPED_OUT, State.COMPLETED})
NOMINATED = ALL - {State.NEVER}
TAUGHT = frozenset(
    {
        State.CONFIRMED,
        State.PROTECTED,
        State.DROPPED_OUT,
        State.COMPLETED,
        State.RUN_OVER,
        State.BASIS_WITHDRAWN,
    }
)
"""Those who have a mark."""

OWN, COORDINATOR, OTHER, SCHOOL = "caseworker", "coordinator", "other_caseworker", "teacher"
STRANGERS = ("other_teacher", "leader", "admin", "far_coordinator", "far_caseworker", "far_teacher")

_CODED = {OWN: NOMINATED, COORDINATOR: SENT, OTHER: POOL, SCHOOL: BEFORE | AFTER}
_WHO = {OWN: ALL, COORDINATOR: SENT, SCHOOL: AFTER}
_CASE = {OWN: ALL, COORDINATOR: SENT}
_TAUGHT = {OWN: TAUGHT, COORDINATOR: TAUGHT & SENT}
_MASKED = _CASE

MUST: dict[str, dict[str, frozenset[State]]] = {
    # pool code, sector wishes, language level, dates, municipality
    "code": _CODED,
    "wishes": _CODED,
    "level": _CODED | {OWN: ALL},
    "since": _CODED | {OWN: NOMINATED - {State.DRAFT}},
    "municipality": {OTHER: POOL, SCHOOL: BEFORE | AFTER},
    # name, phone, e-mail
    "name": _WHO,
    "phone": _WHO,
    "email": _WHO,
    # CPR: masked, full on a logged click only
    "cpr_masked": _MASKED,
    "cpr": {},
    # address, town
    "address": {OWN: ALL},
    "postcode": {OWN: ALL},
    "old_address": {OWN: ALL},
    "town": _WHO | {SCHOOL: AFTER - {State.PROTECTED}},
    # scheme, IGU dates, employer, VITAS reference
    "scheme": _WHO,
    "employer": _WHO,
    "igu_start": _CASE,
    "agreement_signed_on": {},
    "agreement_in_vitas_on": _CASE,
    "residence_since": _CASE,
    "vitas_reference": _CASE,
    # needs for teaching
    "needs": _WHO,
    "need_count": {SCHOOL: BEFORE},
    "practice_days": _CASE,
    "most_travel_minutes": _CASE,
    "away_from": _CASE,
    "hours_at": _CASE,
    # free text notes, thread
    "notes": _CASE | {COORDINATOR: SENT - {State.PRIVATE}},
    "thread": _CASE,
    "private_thread": {OWN: ALL},
    "contact_name": _CASE,
    "contact_phone": _CASE,
    "transfer_note": {OWN: MOVING, COORDINATOR: MOVING, OTHER: MOVING},
    "move_note": {OWN: NOMINATED, COORDINATOR: SENT},
    # marks, minutes, cause; lawful or not
    "minutes": _TAUGHT | {SCHOOL: TAUGHT & AFTER},
    "cause": _TAUGHT,
    "comment": _TAUGHT,
    "lawfulness": _TAUGHT,
    # follow-up case, contact attempts
    "contact_attempt": _TAUGHT,
}

_SEAT_WITHOUT_PERSON = frozenset(
    {
        State.RUN_OVER,
        State.REJECTED,
        State.WITHDRAWN,
        State.BASIS_WITHDRAWN,
    }
)
MAY: dict[str, dict[str, frozenset[State]]] = {
    # a seat in a run of the school, or counted by the coordinator, keeps its code when the person is gone
    "code": {SCHOOL: _SEAT_WITHOUT_PERSON, COORDINATOR: frozenset({State.BASIS_WITHDRAWN})},
    "municipality": {
        OWN: ALL,
        COORDINATOR: SENT | {State.BASIS_WITHDRAWN},
        SCHOOL: _SEAT_WITHOUT_PERSON,
    },
    # the school's own remark in its register
    "comment": {SCHOOL: TAUGHT & AFTER},
    "need_count": {OWN: ALL, COORDINATOR: SENT},
    # stands in the form that changes it
    "agreement_signed_on": _CASE,
}


def must(field: str, reader: str, state: State) -> bool:
    """Whether this reader has to find the field of a person in that state."""
    return state in MUST[field].get(reader, NOWHERE)


def may(field: str, reader: str, state: State) -> bool:
    """Whether it may be found, found or not."""
    return must(field, reader, state) or state in MAY.get(field, {}).get(reader, NOWHERE)
