"""Forms of proposed allocations: asking, moving, publishing, and which people are shown."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import Length

from coordination.domain.proposals import MAX_REASON, TIME_LIMITS
from coordination.web.forms.base import Form

LONGEST_WAITS = {
    30: _l("et halvt minut"),
    60: _l("et minut"),
    180: _l("tre minutter"),
    600: _l("ti minutter"),
}


class AskForm(Form):
    """How long the search may take, from which proposal it goes on, and for which partnership."""

    time_limit = SelectField(
        _l("Hvor længe må der regnes?"),
        coerce=int,
        choices=[SelectChoice(seconds, LONGEST_WAITS[seconds]) for seconds in TIME_LIMITS],
        default=60,
        description=_l(
            "Som regel er svaret færdigt på få sekunder. Når tiden er gået, gælder det bedste, der er fundet."
        ),
    )
    partnership = SelectField(_l("Samarbejde"), coerce=int, validate_choice=False)
    made_from = HiddenField()

    def offer(self, partnerships: Iterable[tuple[int, str]]) -> None:
        """Fill the list of partnerships."""
        self.partnership.choices = [SelectChoice(key, name) for key, name in partnerships]


class MoveForm(Form):
    """Where a person is moved to, and why."""

    course_run = RadioField(_l("Flyt til"), validate_choice=False)
    reason = TextAreaField(
        _l("Hvorfor?"),
        [Length(max=MAX_REASON)],
        description=_l("Ses kun af koordinatorer. Nævn ingen andre end kandidaten selv."),
    )
    version = HiddenField()


class VersionForm(Form):
    """The version of the proposal that was looked at."""

    version = HiddenField()


class PeopleFilterForm(Form):
    """Which people of a proposal are shown."""

    class Meta:
        csrf = False

    show = SelectField(
        _l("Hvem"),
        validate_choice=False,
        choices=[
            SelectChoice("", _l("Alle")),
            SelectChoice("new", _l("Får en ny plads")),
            SelectChoice("waiting", _l("Venter fortsat")),
            SelectChoice("moved", _l("Flyttet af koordinatoren")),
            SelectChoice("locked", _l("Låst")),
            SelectChoice("held", _l("Har plads i dag")),
        ],
    )
    run = SelectField(_l("Hold i forslaget"), validate_choice=False)
    municipality = SelectField(_l("Kommune"), validate_choice=False)

    def offer(self, runs: Iterable[tuple[int, str]], municipalities: Iterable[tuple[int, str]]) -> None:
        """Fill the lists to choose from."""
        for field, found in ((self.run, runs), (self.municipality, municipalities)):
            named = [SelectChoice(str(key), name) for key, name in found]
            field.choices = [SelectChoice("", _l("Alle")), *named]


class ComparisonForm(Form):
    """Which two proposals stand side by side."""

    class Meta:
        csrf = False

    one = SelectField(_l("Første forslag"), validate_choice=False)
    other = SelectField(_l("Andet forslag"), validate_choice=False)

    def offer(self, numbers: Iterable[int]) -> None:
        """Fill both lists."""
        named = [SelectChoice(str(key), _l("Forslag %(number)s", number=key)) for key in numbers]
        self.one.choices = self.other.choices = named
