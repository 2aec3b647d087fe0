"""What the list of candidates is narrowed to, and the order it stands in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from coordination.adapters.cpr_vault import CprVault
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.candidates import DanishExam, Scheme, exam_at_least, parse_cpr
from coordination.domain.errors import Refused
from coordination.domain.legal_bases import WARNED_BEFORE
from coordination.domain.nominations import LIVE, NominationState
from coordination.models import Candidate, Municipality, Nomination, NominationWish, User
from coordination.queries import nominations

SHORTEST_NUMBER = 4  # digits that are looked for among telephone numbers
SORTS = {
    "name": sa.collate(Candidate.name, "danish"),
    "caseworker": sa.collate(User.name, "danish"),
    "registered": Candidate.created_at,
}

People = sa.Select[Candidate, str, str]


@dataclass(frozen=True)
class CandidateFilter:
    """What the list is narrowed to, the order it stands in, and which page of it is read."""

    words: str = ""
    scheme: Scheme | None = None
    state: NominationState | None = None
    never_nominated: bool = False
    mine: bool = False
    caseworker_id: int | None = None
    municipality_id: int | None = None
    sector_id: int | None = None
    exam: DanishExam | None = None
    igu_from: date | None = None
    igu_until: date | None = None
    basis_ends_soon: bool = False
    sort: str = "name"
    number: int = 1
    cpr_hash: str = ""

    @property
    def narrowed(self) -> bool:
        """True if a way back to the whole list makes sense."""
        return replace(self, sort="name", number=1, cpr_hash="") != CandidateFilter()

    def find_number(self, vault: CprVault, today: date) -> CandidateFilter:
        """The same search, and by hash if the words are a whole CPR number."""
        try:
            number = parse_cpr(self.words, today).number
        except Refused:
            return self
        return replace(self, cpr_hash=vault.fingerprint(number))


def people(actor: Actor) -> People:
    """The people the actor may know of, with caseworker and municipality."""
    return (
        sa.select(Candidate, User.name, Municipality.name)
        .join(User, User.id == Candidate.caseworker_id)
        .join(Municipality, Municipality.id == Candidate.municipality_id)
        .where(nominations.visible_people(actor))
    )


def narrowed(actor: Actor, chosen: CandidateFilter, today: date) -> People:
    """The people of people() that the filter lets through."""
    statement = people(actor).where(*_of_the_person(actor, chosen))
    newest = sa.select(Nomination.candidate_id).where(Nomination.id.in_(newest_of_each(actor)))
    if chosen.never_nominated:
        statement = statement.where(Candidate.id.not_in(newest))
    if asked := list(_of_the_nomination(chosen, today)):
        statement = statement.where(Candidate.id.in_(newest.where(*asked)))
    return statement


def ordered(statement: People, sort: str) -> People:
    """The people in the order asked for."""
    return statement.order_by(*_order(sort))


def ids_in_order(actor: Actor, chosen: CandidateFilter, today: date) -> list[int]:
    """The keys of all people the filter lets through, in the order of the list, whatever its pages."""
    statement = ordered(narrowed(actor, chosen, today), chosen.sort)
    return list(db.session.scalars(statement.with_only_columns(Candidate.id)))


def newest_of_each(actor: Actor) -> sa.Select[int]:
    """SQL: the newest nomination of each person, as far as the actor may know of one."""
    return (
        sa.select(sa.func.max(Nomination.id))
        .where(nominations.visible(actor))
        .group_by(Nomination.candidate_id)
    )


def found(actor: Actor, words: str, cpr_hash: str = "") -> sa.ColumnElement[bool]:
    """SQL: the words are in name and employer, or are a telephone number, a pool code or a CPR number."""
    parts = words.split()
    digits = "".join(parts)
    coded = sa.select(Nomination.candidate_id).where(
        Nomination.code == digits.upper(), nominations.visible(actor)
    )
    ways = [sa.and_(*(_named(part) for part in parts)), Candidate.id.in_(coded)]
    if digits.removeprefix("+").isdigit() and len(digits) >= SHORTEST_NUMBER:
        ways.append(sa.func.replace(Candidate.phone, " ", "").contains(digits, autoescape=True))
    if cpr_hash:
        ways.append(Candidate.cpr_hash == cpr_hash)
    return sa.or_(*ways)


def _named(word: str) -> sa.ColumnElement[bool]:
    return sa.or_(nominations.contains(Candidate.name, word), nominations.contains(Candidate.employer, word))


def _of_the_person(actor: Actor, chosen: CandidateFilter) -> list[sa.ColumnElement[bool]]:
    """SQL: what is asked of the person."""
    asked: tuple[tuple[object, Callable[[], sa.ColumnElement[bool]]], ...] = (
        (chosen.words, lambda: found(actor, chosen.words, chosen.cpr_hash)),
        (chosen.scheme, lambda: Candidate.scheme == chosen.scheme),
        (chosen.mine, lambda: Candidate.caseworker_id == actor.user_id),
        (chosen.caseworker_id, lambda: Candidate.caseworker_id == chosen.caseworker_id),
        (chosen.municipality_id, lambda: Candidate.municipality_id == chosen.municipality_id),
        (chosen.exam, lambda: Candidate.danish_exam.in_(_exams_from(chosen.exam))),
        (chosen.igu_from, lambda: Candidate.igu_start >= chosen.igu_from),
        (chosen.igu_until, lambda: Candidate.igu_start <= chosen.igu_until),
    )
    return [condition() for wanted, condition in asked if wanted]


def _exams_from(needed: DanishExam | None) -> list[DanishExam]:
    return [exam for exam in DanishExam if needed is None or exam_at_least(exam, needed)]


def _of_the_nomination(chosen: CandidateFilter, today: date) -> list[sa.ColumnElement[bool]]:
    """SQL: what is asked of the newest nomination."""
    asked: list[sa.ColumnElement[bool]] = []
    if chosen.state:
        asked.append(Nomination.state == chosen.state)
    if chosen.sector_id:
        wished = sa.select(NominationWish.nomination_id).where(NominationWish.sector_id == chosen.sector_id)
        asked.append(Nomination.id.in_(wished))
    if chosen.basis_ends_soon:
        asked += [
            Nomination.state.in_(LIVE),
            Nomination.basis_withdrawn_at.is_(None),
            Nomination.basis_until >= today,
            Nomination.basis_until <= today + WARNED_BEFORE,
        ]
    return asked


def _order(sort: str) -> tuple[Any, ...]:
    column = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return (column.desc() if sort.startswith("-") else column.asc(), Candidate.id)
