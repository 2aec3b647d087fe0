"""The lists of reasons: what can be chosen, what an old code is called, and the pages that keep them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from coordination import access
from coordination.db import db
from coordination.domain.actors import Actor, Language
from coordination.domain.reasons import TOLD_TO_SCHOOLS, ReasonKind
from coordination.models import Reason

Names = Mapping[tuple[ReasonKind, str], str]


@dataclass(frozen=True)
class ReasonRow:
    """One entry of a list."""

    id: int
    name: str
    name_en: str
    active: bool
    private: bool
    last: bool


@dataclass(frozen=True)
class ReasonList:
    """The entries for one deed, in the order people see them."""

    kind: ReasonKind
    told_to_schools: bool
    rows: tuple[ReasonRow, ...]


@dataclass(frozen=True)
class OverviewPage:
    """Every list."""

    lists: tuple[ReasonList, ...]


@dataclass(frozen=True)
class NewPage:
    """The form of a new entry needs nothing but the lists."""

    kinds: tuple[ReasonKind, ...]


@dataclass(frozen=True)
class EditPage:
    """One entry as it stands."""

    id: int
    kind: ReasonKind
    told_to_schools: bool
    values: dict[str, object]


def choices(kind: ReasonKind, language: Language) -> tuple[tuple[str, str], ...]:
    """What can be chosen for a deed, as code and name in the reader's language."""
    return tuple((row.code, _name(row, language)) for row in entries(kind) if row.active)


def names(language: Language) -> Names:
    """What every code of every list is called, also those that can no longer be chosen."""
    rows = db.session.scalars(sa.select(Reason))
    return {(row.kind, row.code): _name(row, language) for row in rows}


def private_codes(kind: ReasonKind) -> frozenset[str]:
    """The codes of a list that schools are not told."""
    return frozenset(row.code for row in entries(kind) if row.private)


def entries(kind: ReasonKind, *, lock: bool = False) -> tuple[Reason, ...]:
    """The entries of a list in their order; locked when one of them is about to change."""
    listed = sa.select(Reason).where(Reason.kind == kind).order_by(Reason.position, Reason.id)
    if lock:
        listed = listed.with_for_update().execution_options(populate_existing=True)
    return tuple(db.session.scalars(listed))


def overview_page(_actor: Actor) -> OverviewPage:
    """All lists, each in its order."""
    return OverviewPage(tuple(_list(kind) for kind in ReasonKind))


def new_page(_actor: Actor) -> NewPage:
    """The page that adds an entry to a list."""
    return NewPage(tuple(ReasonKind))


def edit_page(_actor: Actor, reason_id: int) -> EditPage:
    """The page that renames an entry; NotFound if there is none."""
    row = access.one(Reason, reason_id)
    values = {"name": row.name, "name_en": row.name_en, "private": row.private}
    return EditPage(row.id, row.kind, row.kind in TOLD_TO_SCHOOLS, values)


def _list(kind: ReasonKind) -> ReasonList:
    rows = entries(kind)
    alone = sum(row.active for row in rows) == 1
    return ReasonList(
        kind,
        kind in TOLD_TO_SCHOOLS,
        tuple(
            ReasonRow(row.id, row.name, row.name_en, row.active, row.private, last=alone and row.active)
            for row in rows
        ),
    )


def _name(row: Reason, language: Language) -> str:
    return (row.name_en if language == Language.ENGLISH else "") or row.name
