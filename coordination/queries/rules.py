"""The dated rules of the IGU and its rates: as the domain reads them, and as the administrator sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from coordination import access
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.igu import IguRuleKind, Rate, Rule, in_force
from coordination.models import IguRule
from coordination.models import Rate as RateRow

KINDS = tuple(IguRuleKind)


@dataclass(frozen=True)
class OverviewPage:
    """The rules for an IGU that begins on a day, and all others."""

    start: date
    in_force: tuple[Rule, ...]
    others: tuple[Rule, ...]


@dataclass(frozen=True)
class NewPage:
    """The form for a new rule."""

    today: date


@dataclass(frozen=True)
class EditPage:
    """A rule as it stands; `begun` once somebody may have begun under it."""

    rule: Rule
    begun: bool


def overview_page(_actor: Actor, start: date) -> OverviewPage:
    """Which rules decide for a start, with their sources."""
    every = sorted(igu_rules(), key=lambda rule: KINDS.index(rule.kind))
    holding = in_force(every, start)
    return OverviewPage(start, holding, tuple(rule for rule in every if rule not in holding))


def new_page(_actor: Actor, today: date) -> NewPage:
    """The page that adds a rule."""
    return NewPage(today)


def edit_page(_actor: Actor, rule_id: int, today: date) -> EditPage:
    """The page that corrects or ends a rule."""
    rule = as_rule(access.one(IguRule, rule_id))
    return EditPage(rule, begun=rule.starts_from <= today)


def removal_page(actor: Actor, rule_id: int, today: date) -> EditPage:
    """The question before a rule that nobody began under is taken back."""
    return edit_page(actor, rule_id, today)


def igu_rules() -> tuple[Rule, ...]:
    """Every rule of the IGU, also those for starts long past, in the order they are shown."""
    order = (IguRule.starts_from, IguRule.id)
    return tuple(map(as_rule, db.session.scalars(sa.select(IguRule).order_by(*order))))


def rates() -> tuple[Rate, ...]:
    """Every rate that has held or holds, oldest first."""
    order = (RateRow.kind, RateRow.valid_from)
    found = db.session.scalars(sa.select(RateRow).order_by(*order))
    return tuple(Rate(row.kind, row.amount_ore, row.valid_from, row.source) for row in found)


def as_rule(row: IguRule) -> Rule:
    """A stored rule in the words of the domain."""
    return Rule(
        kind=row.kind,
        number=row.number,
        day=row.day,
        starts_from=row.starts_from,
        starts_until=row.starts_until,
        effect=row.effect,
        wording=row.wording,
        wording_en=row.wording_en,
        source=row.source,
        id=row.id,
    )
