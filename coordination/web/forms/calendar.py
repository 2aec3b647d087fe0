"""The filters of the calendar, and the name of a new feed."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField

from coordination.domain.calendar_feeds import MAX_NAME
from coordination.domain.candidates import DanishExam
from coordination.domain.course_runs import RunState
from coordination.web.asked import member, number
from coordination.web.forms.base import Form
from coordination.web.forms.fields import needed
from coordination.web.labels import choices

EVERY = "all"
FILTERS = ("state", "sector", "school", "exam", "free")
"""The filters by the names they have in an address."""


class CalendarFilterForm(Form):
    """Which runs the calendar shows; what cannot be read is left out."""

    class Meta:
        csrf = False

    month = HiddenField()
    sector = SelectField(_l("Branche"), validate_choice=False)
    school = SelectField(_l("Skole"), validate_choice=False)
    exam = SelectField(_l("Passer til dansk på niveau"), validate_choice=False)
    state = SelectField(_l("Tilstand"), validate_choice=False)
    free = BooleanField(_l("Kun hold med ledige pladser"))

    def filters(self) -> dict[str, Any]:
        """The filters in the words of the query."""
        return {
            "state": member(RunState, self.state.data),
            "every_state": self.state.data == EVERY,
            "sector_id": number(self.sector.data),
            "school_id": number(self.school.data),
            "free_seats": bool(self.free.data),
            "exam": member(DanishExam, self.exam.data),
        }

    def offer(self, page: Any) -> CalendarFilterForm:
        """Fill the lists to choose from; one with nothing to choose is left out."""
        everything = ("", _l("Alle"))
        states = [pair for pair in choices(RunState) if page.sees_drafts or pair[0] != RunState.DRAFT.value]
        self.state.choices = [("", _l("Alle undtagen aflyste")), (EVERY, _l("Alle")), *states]
        self.sector.choices = [everything, *((str(key), name) for key, name in page.sectors)]
        self.exam.choices = [everything, *choices(DanishExam)]
        self.school.choices = [everything, *((str(key), name) for key, name in page.schools)]
        if not page.sees_schools:
            del self.school
        return self

    def asked(self) -> dict[str, str]:
        """The filters as they stand in an address, for the way to another month or to the list."""
        data = {name: self[name].data for name in FILTERS if name in self}
        plain = {name: "1" if value is True else str(value or "") for name, value in data.items()}
        return {name: text for name, text in plain.items() if text}


class FeedForm(Form):
    """What a new feed is called."""

    name = StringField(
        _l("Hvor skal den bruges?"),
        [needed()],
        description=_l("Et navn til dig selv, for eksempel »Outlook på arbejdet«."),
        render_kw={"maxlength": MAX_NAME},
    )
