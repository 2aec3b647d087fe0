"""Editions of a track: runs keep the modules they were made from, and what differs between two editions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from coordination.domain.candidate_cells import squash
from coordination.domain.errors import Refused
from coordination.domain.tracks import ModuleFacts


class ModuleChange(StrEnum):
    """What became of a module from one edition to a later one."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class Difference:
    """One module that is not the same in both editions, as it was and as it is."""

    kind: ModuleChange
    before: ModuleFacts | None = None
    after: ModuleFacts | None = None

    @property
    def title(self) -> str:
        """What the module is called now, or was called last."""
        facts = self.after or self.before
        return facts.title if facts else ""

    @property
    def changed(self) -> tuple[str, ...]:
        """The fields that are otherwise."""
        if self.before is None or self.after is None:
            return ()
        names = (field.name for field in fields(ModuleFacts))
        return tuple(name for name in names if getattr(self.before, name) != getattr(self.after, name))


def belongs(from_edition: int, until_edition: int | None, edition: int) -> bool:
    """True if a module with these bounds is part of an edition of its track."""
    return from_edition <= edition and (until_edition is None or edition < until_edition)


def edition_to_write(newest: int, *, used: bool) -> int:
    """The edition a change of modules goes into: a new one once a run was made from the newest."""
    return newest + 1 if used else newest


def check_current(until_edition: int | None) -> None:
    """Refused("module.old_edition") for a module that the newest edition holds no longer."""
    if until_edition is not None:
        raise Refused("module.old_edition", edition=until_edition)


def module_key(facts: ModuleFacts) -> str:
    """By what a module is known again: its course code, or its title where it has none."""
    return facts.code.upper() or squash(facts.title)


def counterparts(
    before: Mapping[int, ModuleFacts], after: Mapping[int, ModuleFacts]
) -> dict[int, int | None]:
    """Which module of a later edition stands for each of an earlier one; None for one that is gone.

    A module in both stands for itself; of several with one code the first still free.
    """
    found: dict[int, int | None] = {key: key for key in before if key in after}
    free = {key: facts for key, facts in after.items() if key not in before}
    for key, facts in before.items():
        if key not in found:
            match = next((other for other, its in free.items() if module_key(its) == module_key(facts)), None)
            found[key] = match
            free.pop(match or 0, None)
    return found


def stand_ins(ever: Mapping[int, ModuleFacts], current: Mapping[int, ModuleFacts]) -> dict[int, int | None]:
    """For every module a track ever had the one of an edition that stands for it; None if there is none."""
    by_key = {module_key(facts): key for key, facts in reversed(list(current.items()))}
    return {key: key if key in current else by_key.get(module_key(facts)) for key, facts in ever.items()}


def differences(
    before: Mapping[int, ModuleFacts], after: Mapping[int, ModuleFacts]
) -> tuple[Difference, ...]:
    """What a later edition has otherwise: changed and added modules in order, then those gone."""
    stands_for = counterparts(before, after)
    earlier = {new: before[old] for old, new in stands_for.items() if new is not None}
    return (*_written(earlier, after), *_gone(before, stands_for))


def _written(earlier: Mapping[int, ModuleFacts], after: Mapping[int, ModuleFacts]) -> Iterable[Difference]:
    for key, facts in after.items():
        if key not in earlier:
            yield Difference(ModuleChange.ADDED, after=facts)
        elif earlier[key] != facts:
            yield Difference(ModuleChange.CHANGED, earlier[key], facts)


def _gone(before: Mapping[int, ModuleFacts], stands_for: Mapping[int, int | None]) -> Sequence[Difference]:
    return [
        Difference(ModuleChange.REMOVED, before=before[key]) for key, new in stands_for.items() if new is None
    ]
