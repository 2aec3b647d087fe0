"""Forms of course runs and their sessions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField

from coordination.domain.course_runs import RunState, SessionPlan
from coordination.domain.run_plans import RunFacts, SessionFacts
from coordination.web.forms.base import DanishDateField, Form
from coordination.web.forms.fields import ClockField, TickBoxes, WholeNumberField, answered, needed
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


class SessionPlanForm(Form):
    """Sessions made from weekdays."""

    starts_on = DanishDateField(_l("Første dag"), [answered()])
    ends_on = DanishDateField(_l("Sidste dag"), description=_l("Eller skriv et antal undervisningsgange."))
    count = WholeNumberField(_l("Antal undervisningsgange"))
    weekdays = TickBoxes(_l("Ugedage"), coerce=int)
    start_time = ClockField(_l("Begynder kl."), [answered()])
    end_time = ClockField(_l("Slutter kl."), [answered()])
    break_minutes = WholeNumberField(_l("Pauser i alt, minutter"), description=_l("Trækkes fra timerne."))
    module_id = SelectField(
        _l("Modul"), description=_l("Kan vælges, hvis alle dagene hører til ét modul."), validate_choice=False
    )
    instead = BooleanField(_l("Erstat de undervisningsgange, holdet har nu"))

    def __init__(self, modules: Rows, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.weekdays.choices = list(WEEKDAYS)
        self.module_id.choices = as_choices(modules, _l("Intet bestemt modul"))

    def plan(self) -> SessionPlan:
        """What was typed, in the words of the domain."""
        return SessionPlan(
            starts_on=self.starts_on.data,
            weekdays=frozenset(self.weekdays.data or ()),
            start_time=self.start_time.data,
            end_time=self.end_time.data,
            break_minutes=self.break_minutes.data or 0,
            ends_on=self.ends_on.data,
            count=self.count.data,
        )


class SessionForm(Form):
    """One session."""

    day = DanishDateField(_l("Dag"), [answered()])
    start_time = ClockField(_l("Begynder kl."), [answered()])
    end_time = ClockField(_l("Slutter kl."), [answered()])
    break_minutes = WholeNumberField(_l("Pauser i alt, minutter"))
    module_id = SelectField(_l("Modul"), validate_choice=False)

    def __init__(self, modules: Rows, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.module_id.choices = as_choices(modules, _l("Intet bestemt modul"))

    def facts(self) -> SessionFacts:
        """What was typed, in the words of the domain."""
        return SessionFacts(
            day=self.day.data,
            start_time=self.start_time.data,
            end_time=self.end_time.data,
            break_minutes=self.break_minutes.data or 0,
            module_id=number(self.module_id.data),
        )


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
