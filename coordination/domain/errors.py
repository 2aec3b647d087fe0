"""The ways a deed can be turned down, as codes; the web turns them into sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Facts = dict[str, object]
Problem = tuple[str, Facts]


class Refused(Exception):
    """A rule says no: a code such as `seat.run_full` and the facts its sentence needs."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Facts = facts


class Stale(Refused):
    """Someone else changed the row since the page was opened."""


class Invalid(Exception):
    """What was typed cannot be used: per field a code with its facts."""

    def __init__(self, errors: Mapping[str, str | Problem]) -> None:
        super().__init__(", ".join(errors))
        self.errors: dict[str, Problem] = {
            field: (problem, {}) if isinstance(problem, str) else problem for field, problem in errors.items()
        }


class NotFound(Exception):
    """No such thing within reach of the actor; never tells whether it exists elsewhere."""
