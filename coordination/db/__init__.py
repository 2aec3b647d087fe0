"""The database: session, base class, unit of work, and the guard that keeps owners apart."""

from coordination.db.base import (
    Base,
    OwnedByMunicipality,
    RunBySchool,
    SharedInPartnership,
    TaughtAtSchool,
    db,
)
from coordination.db.guard import GuardError
from coordination.db.scope import (
    Scope,
    enter_scope,
    leave_scope,
    system_session,
    unit_of_work,
    widened,
)
from coordination.db.types import UtcDateTime

__all__ = [
    "Base",
    "GuardError",
    "OwnedByMunicipality",
    "RunBySchool",
    "Scope",
    "SharedInPartnership",
    "TaughtAtSchool",
    "UtcDateTime",
    "db",
    "enter_scope",
    "leave_scope",
    "system_session",
    "unit_of_work",
    "widened",
]
