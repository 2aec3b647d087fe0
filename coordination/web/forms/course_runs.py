"""Forms of course runs; those of their sessions are beside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField

from coordination.domain.course_runs import RunState
from coordination.domain.run_plans import RunFacts
from coordination.web.forms.base import DanishDateField, Form
from coordination.web.forms.fields import WholeNumberField, answered, needed
from coordination.web.labels import choices

EVERY = "all"
DIGITS = 9
WEEKDAYS = (
    (0, _l("mandag")),
    (1, _l("tirsdag")),
    (2, _l("onsdag")),
    (3, _l("torsdag")),
    (4, _l("fredag")),
    (5, _l("lørdag")),
    (6, _l("søndag")),
)
Rows = Iterable[tuple[int, str]]


def number(text: str | None) -> int | None:
    """A key from an address, or None if it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= DIGITS else None


def as_choices(rows: Rows, first: Any) -> list[tuple[str, Any]]:
    """Rows as choices of a list, after a first one that means none."""
    return [("", first), *((str(key), name) for key, name in rows)]


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

    def offer(self, sectors: Rows, schools: Rows) -> None:
        """Fill the lists to choose from."""
        self.state.choices = [("", _l("Ikke afsluttede")), (EVERY, _l("Alle")), *choices(RunState)]
        self.sector.choices = as_choices(sectors, _l("Alle"))
        self.school.choices = as_choices(schools, _l("Alle"))


class RunForm(Form):
    """A run besides its school and sessions."""

    title = StringField(_l("Holdets navn"), [needed()])
    minimum = WholeNumberField(_l("Mindste antal deltagere"), [answered()])
    capacity = WholeNumberField(_l("Antal pladser"), [answered()])
    decide_by = DanishDateField(
        _l("Det besluttes senest, om holdet starter"), description=_l("Holdets side tæller ned til dagen.")
    )
    version = HiddenField()

    def facts(self) -> RunFacts:
        """What was typed, in the words of the domain."""
        return RunFacts(
            title=self.title.data or "",
            minimum=self.minimum.data or 0,
            capacity=self.capacity.data or 0,
            decide_by=self.decide_by.data,
        )


class NewRunForm(RunForm):
    """A new run, which also needs its school."""

    school_id = SelectField(_l("Skole"), [needed()], coerce=int)

    def __init__(self, schools: Rows, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.school_id.choices = list(schools)


class NextRunForm(Form):
    """The run after an earlier one."""

    title = StringField(_l("Holdets navn"), [needed()])
    school_id = SelectField(_l("Skole"), [needed()], coerce=int)
    starts_on = DanishDateField(
        _l("Tidligste første dag"), [answered()], description=_l("Første dag bliver samme ugedag som sidst.")
    )

    def __init__(self, schools: Rows, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.school_id.choices = list(schools)


class CancelRunForm(Form):
    """Why a run is cancelled."""

    reason = TextAreaField(
        _l("Hvorfor aflyses holdet?"),
        [needed()],
        description=_l("Jobcentrene og skolen læser det på holdets side. Skriv ingen navne på kandidater."),
    )
