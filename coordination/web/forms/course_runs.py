"""Forms of course runs; those of their sessions are beside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from coordination.domain.course_runs import RunState
from coordination.domain.decisions import Verdict
from coordination.domain.reserved import Reservation
from coordination.domain.run_plans import RunFacts
from coordination.web.forms.base import DanishDateField, Form
from coordination.web.forms.fields import EMPTY, KronerField, WholeNumberField, answered, needed
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
Kind = TypeVar("Kind", bound="RunForm")


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
    """A run besides its school and sessions; `run_form` adds two fields for each municipality."""

    title = StringField(_l("Holdets navn"), [needed()])
    minimum = WholeNumberField(_l("Mindste antal deltagere"), [answered()])
    capacity = WholeNumberField(_l("Antal pladser"), [answered()])
    decide_by = DanishDateField(
        _l("Det besluttes senest, om holdet starter"), description=_l("Holdets side tæller ned til dagen.")
    )
    decider_id = SelectField(_l("Hvem beslutter?"), validate_choice=False)
    warn_days = WholeNumberField(
        _l("Mind om beslutningen så mange dage før"), description=_l("Ét brev til den, der beslutter.")
    )
    price = KronerField(
        _l("Pris for hele holdet, kr."),
        description=_l("Hvis den kendes. Fordelingen ser på prisen, når alt andet er lige."),
    )
    substitutes_until = DanishDateField(
        _l("Skolen tager en afløser til og med"),
        description=_l("Dagen kan ligge efter holdets start. Tomt: dagen før første undervisningsgang."),
    )
    version = HiddenField()

    def __init__(self, deciders: Rows = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.decider_id.choices = as_choices(deciders, _l("Alle koordinatorer"))

    def facts(self) -> RunFacts:
        """What was typed, in the words of the domain."""
        return RunFacts(
            title=self.title.data or "",
            minimum=self.minimum.data or 0,
            capacity=self.capacity.data or 0,
            decide_by=self.decide_by.data,
            decider_id=number(self.decider_id.data),
            warn_days=7 if self.warn_days.data is None else self.warn_days.data,
            price_ore=self.price.data or 0,
            substitutes_until=self.substitutes_until.data,
            reserved=tuple(
                Reservation(home, seats.data, release.data)
                for home, seats, release in self.homes
                if seats.data
            ),
        )

    @property
    def homes(self) -> list[tuple[int, Any, Any]]:
        """Each municipality with its field of seats and its field of the day they are released."""
        keys = [name.removeprefix("reserved_") for name in self._fields if name.startswith("reserved_")]
        return [(int(key), self[f"reserved_{key}"], self[f"release_{key}"]) for key in keys]

    def refuse(self, message: str, field_name: str | None = None) -> None:
        """What is wrong with the reserved seats together stands beside the first of them."""
        if field_name == "reserved":
            field_name = next((seats.name for _home, seats, _release in self.homes if seats.data), None)
        super().refuse(message, field_name)


class NewRunForm(RunForm):
    """A new run, which also needs its school."""

    school_id = SelectField(_l("Skole"), [needed()], coerce=int)

    def __init__(self, schools: Rows, deciders: Rows = (), **kwargs: Any) -> None:
        super().__init__(deciders, **kwargs)
        self.school_id.choices = list(schools)


def run_form(kind: type[Kind], homes: Rows) -> type[Kind]:
    """The form with the seats reserved for each municipality."""
    fields: dict[str, Any] = {}
    for key, name in homes:
        fields[f"reserved_{key}"] = WholeNumberField(name)
        fields[f"release_{key}"] = DanishDateField(_l("Frigives den"))
    return type(kind.__name__, (kind,), fields)


class NextRunForm(Form):
    """The run after an earlier one."""

    title = StringField(_l("Holdets navn"), [needed()])
    school_id = SelectField(_l("Skole"), [needed()], coerce=int)
    starts_on = DanishDateField(
        _l("Tidligste første dag"), [answered()], description=_l("Første dag bliver samme ugedag som sidst.")
    )

    room_for_both = BooleanField(
        _l("Skolen har plads til begge hold"),
        description=_l("Sæt kun kryds, hvis et andet hold på skolen har undervisning på samme tid."),
    )

    def __init__(self, schools: Rows, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.school_id.choices = list(schools)


class DecisionForm(Form):
    """Whether a run starts, and why not."""

    verdict = RadioField(_l("Starter holdet?"), [needed()], validate_choice=False)
    reason = TextAreaField(
        _l("Hvorfor starter holdet ikke?"),
        description=_l(
            "Kun ved nej. Jobcentrene og skolen læser det på holdets side. Skriv ingen navne på kandidater."
        ),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.verdict.choices = choices(Verdict)

    def validate_verdict(self, field: Any) -> None:
        """One of the two answers."""
        if field.data not in set(Verdict):
            raise ValidationError(EMPTY)


class CancelRunForm(Form):
    """Why a run is cancelled."""

    reason = TextAreaField(
        _l("Hvorfor aflyses holdet?"),
        [needed()],
        description=_l("Jobcentrene og skolen læser det på holdets side. Skriv ingen navne på kandidater."),
    )
