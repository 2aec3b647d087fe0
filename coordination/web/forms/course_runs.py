"""Forms of course runs: the filters of the list."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField

from coordination.domain.course_runs import RunState
from coordination.web.forms.base import Form
from coordination.web.labels import choices

EVERY = "all"


class RunFilterForm(Form):
    """Which runs the list shows; what cannot be read is left out."""

    class Meta:
        csrf = False

    state = SelectField(_l("Tilstand"), validate_choice=False)
    sector = SelectField(_l("Branche"), validate_choice=False)
    school = SelectField(_l("Skole"), validate_choice=False)
    free = BooleanField(_l("Kun hold med ledige pladser"))
    sort = HiddenField()

    def filters(self) -> dict[str, Any]:
        """The filters in the words of the query."""
        states = {state.value: state for state in RunState}
        return {
            "state": states.get(self.state.data),
            "every_state": self.state.data == EVERY,
            "sector_id": number(self.sector.data),
            "school_id": number(self.school.data),
            "free_seats": bool(self.free.data),
        }

    def offer(self, sectors: Any, schools: Any) -> None:
        """Fill the lists to choose from."""
        self.state.choices = [("", _l("Ikke afsluttede")), (EVERY, _l("Alle")), *choices(RunState)]
        self.sector.choices = [("", _l("Alle")), *_as_choices(sectors)]
        self.school.choices = [("", _l("Alle")), *_as_choices(schools)]


def number(text: str | None) -> int | None:
    """A key from an address, or None if it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 9 else None  # noqa: PLR2004


def _as_choices(rows: Any) -> list[tuple[str, str]]:
    return [(str(key), name) for key, name in rows]
