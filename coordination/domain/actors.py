"""Who acts: the person behind a request, or the clock, with the reach it brings along."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """The five kinds of account; candidates and employers have none."""

    COORDINATOR = "coordinator"
    JOBCENTER = "jobcenter"
    SCHOOL = "school"
    LEADER = "leader"
    ADMIN = "admin"


class Language(StrEnum):
    """Languages of the interface and of letters."""

    DANISH = "da"
    ENGLISH = "en"


@dataclass(frozen=True)
class Actor:
    """A logged-in person: role, place of work, and the rows its work reaches (ids)."""

    user_id: int
    name: str
    role: Role
    municipalities: frozenset[int] = field(default_factory=frozenset)
    partnerships: frozenset[int] = field(default_factory=frozenset)
    school_id: int | None = None
    jobcenter_id: int | None = None
    language: Language = Language.DANISH
