"""What an administrator does to the rules of the IGU; every candidate is judged by them at once."""

from __future__ import annotations

from datetime import date, datetime

from coordination import access, audit
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.igu import Rule
from coordination.domain.igu_rules import check_removal, settle_rule
from coordination.models import IguRule
from coordination.queries.rules import as_rule, igu_rules


def add(actor: Actor, given: Rule, starts_from: date | None, *, now: datetime) -> int:
    """A rule for those who begin from a day on; Invalid beside the field that cannot be used."""
    rule = settle_rule(given, starts_from, igu_rules())
    row = IguRule(**_columns(rule))
    db.session.add(row)
    db.session.flush()  # its key is needed for the record
    audit.record(actor, "rules.add", "igu_rule", row.id, now=now, **_told(rule))
    return row.id


def save(actor: Actor, rule_id: int, given: Rule, starts_from: date | None, *, now: datetime) -> None:
    """Correct a rule or end it with a last day of start; its kind stays."""
    row = access.one(IguRule, rule_id, lock=True)
    before = as_rule(row)
    rule = settle_rule(_as_kind(given, before), starts_from, igu_rules())
    changed = {name: value for name, value in _columns(rule).items() if getattr(row, name) != value}
    if not changed:
        return
    told = {name: [_told(before)[name], _told(rule)[name]] for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    audit.record(actor, "rules.save", "igu_rule", row.id, now=now, kind=rule.kind, **told)


def remove(actor: Actor, rule_id: int, *, today: date, now: datetime) -> None:
    """Take back a rule nobody can have begun under; Refused for one in force."""
    row = access.one(IguRule, rule_id, lock=True)
    check_removal(row.starts_from, today)
    audit.record(actor, "rules.remove", "igu_rule", row.id, now=now, **_told(as_rule(row)))
    db.session.delete(row)


def _as_kind(given: Rule, before: Rule) -> Rule:
    return Rule(**{**vars(given), "kind": before.kind, "id": before.id})


def _columns(rule: Rule) -> dict[str, object]:
    return {name: value for name, value in vars(rule).items() if name != "id"}


def _told(rule: Rule) -> dict[str, object]:
    """A rule as the record keeps it."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in _columns(rule).items()
    }
