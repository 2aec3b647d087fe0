"""Forms of follow-ups: a contact attempt, closing, reopening, and the filters of the list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, TextAreaField

from coordination.domain.follow_ups import Channel, CloseReason, ContactInput, ContactOutcome, FollowUpState
from coordination.web.forms.base import DanishDateField, Form
from coordination.web.forms.fields import needed
from coordination.web.labels import choices, word

LONGEST_NUMBER = 9
ALL = "all"
NO_HEALTH = _l("Skriv, hvad I har aftalt. Intet om helbred.")


class _SeenForm(Form):
    """A form that tells which version of the follow-up was on the screen."""

    def seen(self) -> int:
        """That version; 0 if the page was tampered with."""
        return _number(self._fields["version"].data) or 0

    def show_version(self, version: int) -> None:
        """From now on the page shows this version."""
        self._fields["version"].data = version


class ContactForm(_SeenForm):
    """A contact attempt; the date of the next one may be left to the outcome."""

    version = HiddenField(id="contact_version")
    channel = RadioField(_l("Hvordan?"), [needed()])
    outcome = RadioField(_l("Hvad kom der ud af det?"), [needed()])
    note = TextAreaField(_l("Notat"), description=NO_HEALTH)
    next_contact_on = DanishDateField(
        _l("Næste henvendelse senest"),
        description=_l("Lad feltet stå tomt, så bruges datoen ved det udfald, du har valgt."),
    )

    def __init__(self, proposals: Mapping[ContactOutcome, date | None], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.channel.choices = [(value, label.capitalize()) for value, label in choices(Channel)]
        self.outcome.choices = [
            (outcome.value, _proposed(outcome, day)) for outcome, day in proposals.items()
        ]

    def contact(self) -> ContactInput:
        """The attempt in the words of the domain."""
        outcome = ContactOutcome(self.outcome.data)
        return ContactInput(Channel(self.channel.data), outcome, self.note.data or "")


class ClosingForm(_SeenForm):
    """Why nobody has to act any more."""

    version = HiddenField(id="closing_version")
    reason = RadioField(_l("Hvorfor lukkes opfølgningen?"), [needed()])
    note = TextAreaField(_l("Bemærkning"), description=NO_HEALTH, id="closing_note")
    others_too = BooleanField(_l("Luk også deltagerens andre åbne opfølgninger på holdet"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reason.choices = [(value, label.capitalize()) for value, label in choices(CloseReason)]


class ReopeningForm(_SeenForm):
    """Why somebody has to act again."""

    version = HiddenField(id="reopening_version")
    note = TextAreaField(_l("Hvad er der sket?"), description=NO_HEALTH, id="reopening_note")


class FollowUpFilterForm(Form):
    """Which follow-ups the list shows; what cannot be read is left out."""

    class Meta:
        csrf = False

    state = SelectField(_l("Status"), validate_choice=False)
    mine = SelectField(_l("Hvis?"), validate_choice=False)
    run = SelectField(_l("Hold"), validate_choice=False)

    def offer(self, runs: Any, *, mine_is_candidates: bool) -> None:
        """Fill the lists to choose from."""
        self.state.choices = [("", _("Åbne")), (FollowUpState.CLOSED.value, _("Lukkede")), (ALL, _("Alle"))]
        mine = _("Mine kandidater") if mine_is_candidates else _("Dem, jeg har kontaktet")
        self.mine.choices = [("", _("Alle")), ("1", mine)]
        self.run.choices = [("", _("Alle hold")), *[(str(run_id), title) for run_id, title in runs]]

    def filters(self) -> dict[str, Any]:
        """The choices in the words of the query."""
        states = {ALL: None, FollowUpState.CLOSED.value: FollowUpState.CLOSED}
        return {
            "state": states.get(self.state.data or "", FollowUpState.OPEN),
            "mine": self.mine.data == "1",
            "run_id": _number(self.run.data),
        }


def _proposed(outcome: ContactOutcome, day: date | None) -> str:
    label = word(outcome).capitalize()
    if day is None:
        return label
    return _("%(outcome)s – igen senest %(day)s", outcome=label, day=format_date(day, "d. MMMM"))


def _number(text: Any) -> int | None:
    digits = str(text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER else None
