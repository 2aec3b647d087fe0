"""Forms of the sessions of a run: three ways to plan them, one session, and several at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)

from coordination.domain.course_runs import DayPlan, Plan, SessionPlan
from coordination.domain.day_plans import days_of_weeks, days_one_by_one
from coordination.domain.rescheduling import Asked, SessionDeed, Shift
from coordination.domain.run_plans import SessionFacts
from coordination.web.forms.base import DanishDateField, Form
from coordination.web.forms.course_runs import WEEKDAYS, Rows, as_choices, number
from coordination.web.forms.fields import ClockField, TickBoxes, WholeNumberField, answered, needed
from coordination.web.labels import choices

DAY_CHOICES = [SelectChoice(day, name) for day, name in WEEKDAYS]
NO_MODULE = _l("Intet bestemt modul")
LATER, EARLIER = "later", "earlier"


def room_field() -> BooleanField:
    """The tick that lets two runs meet at the same school at the same time."""
    return BooleanField(
        _l("Skolen har plads til begge hold"),
        description=_l("Sæt kun kryds, hvis et andet hold på skolen har undervisning på samme tid."),
    )


class PlanForm(Form):
    """What every plan of sessions says besides its days."""

    kind = HiddenField()
    start_time = ClockField(_l("Begynder kl."), [answered()])
    end_time = ClockField(_l("Slutter kl."), [answered()])
    break_minutes = WholeNumberField(_l("Pauser i alt, minutter"), description=_l("Trækkes fra timerne."))
    module_id = SelectField(
        _l("Modul"), description=_l("Kan vælges, hvis alle dagene hører til ét modul."), validate_choice=False
    )
    instead = BooleanField(_l("Erstat de undervisningsgange, holdet har nu"))
    room_for_both = room_field()

    def __init__(self, modules: Rows, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.module_id.choices = as_choices(modules, NO_MODULE)

    def plan(self) -> Plan:
        """What was typed, in the words of the domain; Invalid beside the field that cannot be read."""
        raise NotImplementedError

    def times(self) -> dict[str, Any]:
        """When each session begins and ends."""
        return {
            "start_time": self.start_time.data,
            "end_time": self.end_time.data,
            "break_minutes": self.break_minutes.data or 0,
        }


class WeekdayPlanForm(PlanForm):
    """Sessions made from weekdays."""

    starts_on = DanishDateField(_l("Første dag"), [answered()])
    ends_on = DanishDateField(_l("Sidste dag"), description=_l("Eller skriv et antal undervisningsgange."))
    count = WholeNumberField(_l("Antal undervisningsgange"))
    weekdays = TickBoxes(_l("Ugedage"), coerce=int, choices=DAY_CHOICES)

    def plan(self) -> Plan:
        """The weekdays from the first day on."""
        return SessionPlan(
            starts_on=self.starts_on.data,
            weekdays=frozenset(self.weekdays.data or ()),
            ends_on=self.ends_on.data,
            count=self.count.data,
            **self.times(),
        )


class WeekPlanForm(PlanForm):
    """Sessions on every day of whole weeks."""

    year = WholeNumberField(_l("År"), [answered()])
    weeks = StringField(
        _l("Uger"),
        [needed()],
        description=_l("For eksempel 2-4, 7. Efter årets sidste uge fortsættes i næste år: 51, 2-3."),
    )
    weekdays = TickBoxes(
        _l("Ugedage"),
        coerce=int,
        choices=DAY_CHOICES,
        description=_l("Uden kryds: mandag til fredag."),
    )

    def plan(self) -> Plan:
        """The days of the weeks."""
        chosen = frozenset(self.weekdays.data or ())
        return DayPlan(days_of_weeks(self.weeks.data or "", self.year.data, chosen), **self.times())


class DayPlanForm(PlanForm):
    """Sessions on single days."""

    days = TextAreaField(
        _l("Datoer"),
        [needed()],
        description=_l("Med komma eller linjeskift imellem, for eksempel 7-12-2026, 11-12-2026."),
    )

    def plan(self) -> Plan:
        """The days one by one."""
        return DayPlan(days_one_by_one(self.days.data or ""), **self.times())


PLAN_FORMS: dict[str, type[PlanForm]] = {
    "weekdays": WeekdayPlanForm,
    "weeks": WeekPlanForm,
    "days": DayPlanForm,
}


class SessionForm(Form):
    """One session."""

    day = DanishDateField(_l("Dag"), [answered()])
    start_time = ClockField(_l("Begynder kl."), [answered()])
    end_time = ClockField(_l("Slutter kl."), [answered()])
    break_minutes = WholeNumberField(_l("Pauser i alt, minutter"))
    module_id = SelectField(_l("Modul"), validate_choice=False)
    room_for_both = room_field()

    def __init__(self, modules: Rows, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.module_id.choices = as_choices(modules, NO_MODULE)

    def facts(self) -> SessionFacts:
        """What was typed, in the words of the domain."""
        return SessionFacts(
            day=self.day.data,
            start_time=self.start_time.data,
            end_time=self.end_time.data,
            break_minutes=self.break_minutes.data or 0,
            module_id=number(self.module_id.data),
        )


class SessionChangesForm(Form):
    """What is to be done to which sessions."""

    change = RadioField(_l("Hvad skal der ske?"))
    sessions = TickBoxes(_l("Enkelte undervisningsgange"), coerce=int, validate_choice=False)
    from_day = DanishDateField(_l("Alle fra og med"), description=_l("Tomt: kun dem med kryds."))
    until_day = DanishDateField(_l("Til og med"), description=_l("Tomt: til holdets sidste dag."))
    days = WholeNumberField(_l("Antal dage"), description=_l("7 er en uge. Tomt: samme dag."))
    direction = RadioField(
        _l("Retning"), choices=[SelectChoice(LATER, _l("senere")), SelectChoice(EARLIER, _l("tidligere"))]
    )
    start_time = ClockField(_l("Begynder kl."), description=_l("Tomt: samme tider."))
    end_time = ClockField(_l("Slutter kl."))
    room_for_both = room_field()

    def __init__(self, sessions: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sessions.choices = list(sessions)
        self.change.choices = [SelectChoice(value, text) for value, text in choices(SessionDeed)]

    def asked(self) -> Asked:
        """What was typed, in the words of the domain."""
        days = self.days.data or 0
        return Asked(
            deed=SessionDeed(self.change.data),
            ids=frozenset(self.sessions.data or ()),
            from_day=self.from_day.data,
            until_day=self.until_day.data,
            shift=Shift(
                -days if self.direction.data == EARLIER else days, self.start_time.data, self.end_time.data
            ),
            room_for_both=bool(self.room_for_both.data),
        )
