"""What a jobcenter writes about a candidate's IGU, and what cannot be right about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from coordination.domain.candidates import IGU_BEGAN, Scheme, TargetGroup
from coordination.domain.errors import Problem
from coordination.domain.igu import IGU_MONTHS, ExtensionReason, after_months

MAX_REFERENCE = 40
LONGEST_EXTENSION = timedelta(days=3 * 366)  # a later day is a slip of the pen


@dataclass(frozen=True)
class IguFacts:
    """The conditions and dated facts of an IGU besides its start; None is what nobody has written."""

    target_group: TargetGroup | None = None
    residence_since: date | None = None
    employer_private: bool | None = None
    agreement_signed_on: date | None = None
    agreement_in_vitas_on: date | None = None
    plan_ready_on: date | None = None
    vitas_reference: str = ""
    igu_extended_until: date | None = None
    igu_extension_reason: ExtensionReason | None = None


ONLY_ON_IGU = (
    "agreement_signed_on",
    "agreement_in_vitas_on",
    "plan_ready_on",
    "vitas_reference",
    "igu_extended_until",
    "igu_extension_reason",
)
HAPPENED = ("residence_since", "agreement_signed_on", "agreement_in_vitas_on", "plan_ready_on")


def igu_problems(
    facts: IguFacts, scheme: Scheme, start: date | None, today: date, born: date | None = None
) -> Iterator[tuple[str, Problem]]:
    """Each field that cannot be right, with its code; the first one told of a field is what matters most."""
    if scheme is not Scheme.IGU:
        yield from ((field, ("igu.not_on_igu", {})) for field in ONLY_ON_IGU if getattr(facts, field))
        yield from _ahead(facts, today)
        return
    yield from _ahead(facts, today)
    yield from _too_early(facts, born)
    yield from _out_of_order(facts)
    yield from _extension(facts, start)


def _ahead(facts: IguFacts, today: date) -> Iterator[tuple[str, Problem]]:
    for field in HAPPENED:
        day = getattr(facts, field)
        if day and day > today:
            yield field, ("igu.ahead", {})


def _too_early(facts: IguFacts, born: date | None) -> Iterator[tuple[str, Problem]]:
    if facts.residence_since and born and facts.residence_since < born:
        yield "residence_since", ("igu.residence_before_birth", {"day": born})
    for field in ("agreement_signed_on", "agreement_in_vitas_on", "plan_ready_on"):
        day = getattr(facts, field)
        if day and day < IGU_BEGAN:
            yield field, ("igu.too_early", {"day": IGU_BEGAN})


def _out_of_order(facts: IguFacts) -> Iterator[tuple[str, Problem]]:
    signed, reported = facts.agreement_signed_on, facts.agreement_in_vitas_on
    if signed and reported and reported < signed:
        yield "agreement_in_vitas_on", ("igu.reported_before_signed", {"day": signed})


def _extension(facts: IguFacts, start: date | None) -> Iterator[tuple[str, Problem]]:
    until, reason = facts.igu_extended_until, facts.igu_extension_reason
    if reason and not until:
        yield "igu_extended_until", ("igu.extension_day_missing", {})
    if not until:
        return
    if not reason:
        yield "igu_extension_reason", ("igu.extension_reason_missing", {})
    if start is None:
        yield "igu_extended_until", ("igu.extension_without_start", {})
        return
    ordinary = after_months(start, IGU_MONTHS) - timedelta(days=1)
    if until <= ordinary:
        yield "igu_extended_until", ("igu.extension_too_short", {"day": ordinary})
    elif until - ordinary > LONGEST_EXTENSION:
        yield "igu_extended_until", ("igu.extension_too_long", {"day": ordinary})
