"""Reading untrusted JSON values field by field; every complaint names the path it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

MOST = 10**9
"""No number of an instance is larger, so that sums stay exact in the solver."""
MOST_COMPLAINTS = 100
LONGEST_NAME = 200


class InstanceError(Exception):
    """An instance that cannot be used: sentences, each naming the path and what clashes."""

    def __init__(self, complaints: list[str]) -> None:
        super().__init__("\n".join(complaints))
        self.complaints = tuple(complaints)


class Complaints:
    """What has been found wrong so far."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, path: str, sentence: str) -> None:
        """Note one complaint; too many end the reading."""
        self.found.append(f"{path}: {sentence}")
        if len(self.found) >= MOST_COMPLAINTS:
            raise InstanceError([*self.found, "… and perhaps more: the reading stopped here."])

    def stop(self) -> None:
        """Raise InstanceError if anything was wrong."""
        if self.found:
            raise InstanceError(self.found)


def shown(value: object) -> str:
    """A value short enough for a sentence."""
    text = str(value) if isinstance(value, int) and -MOST <= value <= MOST else type(value).__name__
    return f"{value[:40]!r}" if isinstance(value, str) else text


class Fields:
    """One JSON object: its fields by type. A wrong one is complained about and read as its default."""

    def __init__(self, value: object, path: str, complaints: Complaints) -> None:
        self.path = path
        self.complaints = complaints
        self._values: Mapping[object, object] = {}
        if isinstance(value, Mapping):
            self._values = value
        else:
            complaints.add(path, f"must be an object, not {shown(value)}.")

    def at(self, name: str) -> str:
        """The path of a field."""
        return f"{self.path}.{name}" if self.path else name

    def has(self, name: str) -> bool:
        """Whether the field is there; null is the same as absent."""
        return self._values.get(name) is not None

    def items(self) -> Iterator[tuple[object, object]]:
        """Every field as it stands."""
        return iter(self._values.items())

    def text(self, name: str, default: str | None = None) -> str:
        """A name; without a default it must be there."""
        value = self._values.get(name)
        if value is None and default is not None:
            return default
        return self.name(value, self.at(name))

    def name(self, value: object, path: str) -> str:
        """A value that must be a name: text that can be written down again."""
        if not isinstance(value, str) or not 0 < len(value) <= LONGEST_NAME:
            wrong = "is missing" if value is None else f"must be a text of 1–{LONGEST_NAME} characters"
            self.complaints.add(path, f"{wrong}.")
            return ""
        if not value.isprintable():
            self.complaints.add(path, f"{value!a} holds characters that cannot be shown.")
        return value

    def whole(self, name: str, default: int | None = None, least: int = 0) -> int:
        """A whole number; without a default it must be there."""
        value = self._values.get(name)
        if value is None and default is not None:
            return default
        return self.number(value, self.at(name), least)

    def maybe_whole(self, name: str, least: int = 0) -> int | None:
        """A whole number, or None where the field is absent."""
        return self.whole(name, least=least) if self.has(name) else None

    def number(self, value: object, path: str, least: int) -> int:
        """A value that must be a whole number from `least` up."""
        if isinstance(value, bool) or not isinstance(value, int):
            wrong = "is missing" if value is None else f"must be a whole number, not {shown(value)}"
            self.complaints.add(path, f"{wrong}.")
        elif value < least:
            self.complaints.add(path, f"{shown(value)} is below {least}.")
        elif value > MOST:
            self.complaints.add(path, f"is above {MOST}.")
        else:
            return value
        return max(least, 0)

    def flag(self, name: str, *, default: bool) -> bool:
        """True or false."""
        value = self._values.get(name)
        if value is not None and not isinstance(value, bool):
            self.complaints.add(self.at(name), f"must be true or false, not {shown(value)}.")
        return value if isinstance(value, bool) else default

    def many(self, name: str) -> Iterator[tuple[str, object]]:
        """The members of a list with their paths; absent is empty."""
        value = self._values.get(name)
        if value is not None and not isinstance(value, list | tuple):
            self.complaints.add(self.at(name), f"must be a list, not {shown(value)}.")
            return
        for position, member in enumerate(value or ()):
            yield f"{self.at(name)}[{position}]", member

    def objects(self, name: str) -> Iterator[Fields]:
        """The members of a list of objects."""
        return (Fields(member, path, self.complaints) for path, member in self.many(name))

    def inside(self, name: str) -> Fields:
        """The fields of an object within this one; absent is empty."""
        return Fields(self._values.get(name, {}) if self.has(name) else {}, self.at(name), self.complaints)

    def names(self, name: str) -> tuple[str, ...]:
        """A list of names."""
        return tuple(self.name(member, path) for path, member in self.many(name))

    def table(self, name: str) -> dict[str, int]:
        """Names with a whole number each."""
        inner = self.inside(name)
        return {
            inner.name(key, inner.at("(name)")): inner.number(value, inner.at(str(key)[:40]), 0)
            for key, value in inner.items()
        }

    def intervals(self, name: str, *, least: int) -> tuple[tuple[int, int], ...]:
        """A list of half-open intervals of at least so many days."""
        return tuple(self._interval(member, path, least) for path, member in self.many(name))

    def _interval(self, value: object, path: str, least: int) -> tuple[int, int]:
        if not isinstance(value, list | tuple) or len(value) != 2:  # noqa: PLR2004 (start and end)
            self.complaints.add(path, "must be [start, end].")
            return (0, 1)
        start = self.number(value[0], f"{path}[0]", -MOST)
        end = self.number(value[1], f"{path}[1]", -MOST)
        if end - start < least:
            self.complaints.add(path, f"the interval [{start}, {end}) is {'empty' if least else 'reversed'}.")
        return (start, end)
