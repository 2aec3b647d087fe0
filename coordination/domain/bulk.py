"""One deed for several people at once: how many, and who is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coordination.domain.eligibility import Finding
from coordination.domain.errors import Invalid, Problem, Refused

MOST_PEOPLE = 200


class BulkDeed(StrEnum):
    """What can be done to several people at once."""

    NOMINATE = "nominate"
    PARK = "park"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Chosen:
    """A chosen person, the nomination the deed is about (0 before there is one), and all in its way."""

    candidate_id: int
    name: str
    nomination_id: int = 0
    problem: Problem | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def able(self) -> bool:
        """True if nothing stands in the way."""
        return self.problem is None and not self.findings


@dataclass(frozen=True)
class Done:
    """How many people the deed was done to, and how many were left out."""

    people: int
    left_out: int


def settle_people(candidate_ids: Iterable[int]) -> tuple[int, ...]:
    """Each chosen person once; Refused("bulk.nobody") and Refused("bulk.too_many")."""
    settled = tuple(dict.fromkeys(candidate_ids))
    if not settled:
        raise Refused("bulk.nobody")
    if len(settled) > MOST_PEOPLE:
        raise Refused("bulk.too_many", most=MOST_PEOPLE)
    return settled


def settle_chosen(chosen: Sequence[Chosen], *, leave_out: bool) -> tuple[Chosen, ...]:
    """Those the deed is done to: all, or with `leave_out` all who are able.

    Refused("bulk.none_able") if nobody is; Invalid beside `leave_out` if somebody is not and nobody said so.
    """
    able = tuple(person for person in chosen if person.able)
    if not able:
        raise Refused("bulk.none_able")
    if len(able) < len(chosen) and not leave_out:
        raise Invalid({"leave_out": "bulk.some_unable"})
    return able
