"""Forms of the register: its rows as typed, and the reason for unlocking an old one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import TextAreaField

from coordination.domain.attendance import Cause, Conflict, MarkInput, MarkStatus
from coordination.domain.errors import Invalid, Stale
from coordination.web.forms.base import Form
from coordination.web.forms.fields import needed

LONGEST_NUMBER = 9


class RollCallForm(Form):
    """The rows of one register as they were typed; a row without a mark is not there."""

    def __init__(self, typed: MultiDict[str, str]) -> None:
        super().__init__(formdata=typed)
        self.typed = typed
        self.row_errors: dict[str, str] = {}
        self.conflicts: tuple[Conflict, ...] = ()

    @property
    def errors(self) -> dict[Any, Any]:
        """Everything that is wrong, the rows too, for the title of the page and the list on top."""
        rows = {f"row_{clash.mine.enrolment_id}": [] for clash in self.conflicts}
        return {**super().errors, **{field: [text] for field, text in self.row_errors.items()}, **rows}

    def marks(self) -> list[MarkInput]:
        """The marked rows in the domain's words; Invalid beside a mark that does not exist."""
        names = [name for name in self.typed if name.startswith("status_")]
        sent = [(name.removeprefix("status_"), value) for name in names for value in self.typed.getlist(name)]
        return [self._mark(key, status) for key, status in sent]

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """As in every form; a conflict is remembered row by row."""
        with super().refusals():
            try:
                yield
            except Stale as stale:
                self.conflicts = stale.facts.get("conflicts", ())  # type: ignore[assignment]
                raise

    def refuse(self, message: str, field_name: str | None = None) -> None:
        """Put a sentence on a row of the register, or on top."""
        if field_name is None:
            super().refuse(message)
        else:
            self.row_errors[field_name] = message

    def errors_by_row(self) -> dict[int, dict[str, str]]:
        """What to correct, by enrolment: field and sentence."""
        found: dict[int, dict[str, str]] = {}
        for field, message in self.row_errors.items():
            found.setdefault(_number(field.rpartition("_")[2]) or 0, {})[field] = message
        return found

    def as_typed(self, row: Any) -> Any:
        """A row of the page with what was typed; in a conflict with the version that now stands."""
        key = str(row.enrolment_id)
        status = self.typed.get(f"status_{key}")
        if not status:
            return row
        seen = _number(self.typed.get(f"version_{key}")) or 0
        clash = any(conflict.mine.enrolment_id == row.enrolment_id for conflict in self.conflicts)
        return replace(
            row,
            status=status,
            minutes_missed=self.typed.get(f"minutes_{key}"),
            cause=self.typed.get(f"cause_{key}"),
            announced=f"announced_{key}" in self.typed,
            comment=self.typed.get(f"comment_{key}"),
            version=row.version if clash else seen,
            at=None,
        )

    def _mark(self, key: str, status: str) -> MarkInput:
        if status not in set(MarkStatus):
            raise Invalid({f"status_{key}": "mark.status"})
        cause = self.typed.get(f"cause_{key}")
        return MarkInput(
            enrolment_id=_number(key) or 0,
            status=MarkStatus(status),
            minutes_missed=_number(self.typed.get(f"minutes_{key}")),
            cause=Cause(cause) if cause in set(Cause) else None,
            announced=f"announced_{key}" in self.typed,
            comment=self.typed.get(f"comment_{key}"),
            seen_version=_number(self.typed.get(f"version_{key}")) or 0,
        )


class UnlockingForm(Form):
    """Why an old register is opened again."""

    reason = TextAreaField(
        _l("Hvorfor skal fremmødet rettes nu?"),
        [needed()],
        description=_l("Begrundelsen står ved fremmødet. Skriv ingen navne og intet om helbred."),
    )


def _number(text: str | None) -> int | None:
    """A whole number as typed, also a negative one; None for anything else."""
    tidy = (text or "").strip()
    digits = tidy.removeprefix("-")
    if not digits.isascii() or not digits.isdigit() or len(digits) > LONGEST_NUMBER:
        return None
    return int(tidy)
