"""One option narrows a statement to a scope; the cache of compiled statements knows it by its kind."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm.interfaces import CriteriaOption
from sqlalchemy.orm.util import LoaderCriteriaOption
from sqlalchemy.sql.visitors import InternalTraversal

from coordination.db.base import Base, OwnedByMunicipality, SharedInPartnership

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordination.db.scope import Scope


@cache
def guarded_classes() -> tuple[type[Any], ...]:
    """Every mapped class whose rows have an owner."""
    return tuple(
        mapper.class_
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, OwnedByMunicipality | SharedInPartnership)
    )


@dataclass(frozen=True)
class Reach:
    """A scope for `within`, its values as parameters: one compiled statement serves all scopes of a kind."""

    municipalities: sa.BindParameter[Any]
    partnerships: sa.BindParameter[Any]
    today: sa.BindParameter[Any]
    school_id: sa.BindParameter[Any] | None
    coordinator: bool

    @classmethod
    def of(cls, scope: Scope) -> Reach:
        """The same reach."""
        school = sa.bindparam("reach_school", scope.school_id, sa.Integer())
        return cls(
            municipalities=_ids("reach_municipalities", scope.municipalities),
            partnerships=_ids("reach_partnerships", scope.partnerships),
            today=sa.bindparam("reach_today", scope.today, sa.Date()),
            school_id=None if scope.school_id is None else school,
            coordinator=scope.coordinator,
        )


def _ids(name: str, ids: frozenset[int]) -> sa.BindParameter[Any]:
    return sa.bindparam(name, sorted(ids), sa.Integer(), expanding=True)


class _Within(LoaderCriteriaOption):
    """What `with_loader_criteria` does for a class, worked out when a statement that needs it compiles."""

    inherit_cache = True

    def __init__(self, model: type[Any], reach: Reach) -> None:
        super().__init__(model, sa.false(), include_aliases=True)
        self.model, self.reach = model, reach

    def _resolve_where_criteria(self, ext_info: Any) -> sa.ColumnElement[bool]:
        self.where_criteria = self.model.within(self.reach)
        return super()._resolve_where_criteria(ext_info)


@lru_cache(maxsize=256)
def _walls(scope: Scope) -> tuple[str, tuple[sa.BindParameter[Any], ...], tuple[_Within, ...]]:
    """The kind of a scope, its parameters and what every owned class makes of them."""
    if scope.everything:
        return "everything", (), ()
    reach = Reach.of(scope)
    binds = (reach.municipalities, reach.partnerships, reach.today)
    kind = "coordinator" if reach.coordinator else "other"
    walls = tuple(_Within(model, reach) for model in guarded_classes())
    if reach.school_id is None:
        return kind, binds, walls
    return f"{kind} at a school", (*binds, reach.school_id), walls


class Narrowing(CriteriaOption):
    """Narrows every owned class in a statement to a scope, and has a look at the statement first.

    Both happen when the statement compiles. Whatever the cache finds by the same key was looked at and is
    narrowed in the same words; only the values of the scope are new.
    """

    propagate_to_loaders = False  # the guard gives each statement its own
    _cache_key_traversal = [  # noqa: RUF012 (a list is what SQLAlchemy asks for)
        ("kind", InternalTraversal.dp_plain_obj),
        ("binds", InternalTraversal.dp_clauseelement_tuple),
        ("looks", InternalTraversal.dp_boolean),
    ]

    def __init__(self, scope: Scope, look: Callable[[], None] | None = None) -> None:
        self.kind, self.binds, self.walls = _walls(scope)
        self.look = look
        self.looks = look is not None

    def process_compile_state(self, compile_state: Any) -> None:
        """Look, then narrow."""
        if self.look is not None:
            self.look()
        self.get_global_criteria(compile_state.global_attributes)

    def process_compile_state_replaced_entities(self, compile_state: Any, _mapper_entities: Any) -> None:
        """The same where a select has changed its columns."""
        self.process_compile_state(compile_state)

    def get_global_criteria(self, attributes: dict[Any, Any]) -> None:
        """Narrow every owned class."""
        for wall in self.walls:
            wall.get_global_criteria(attributes)
