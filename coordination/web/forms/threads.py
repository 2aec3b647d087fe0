"""The form of a thread: a message, whom it mentions, and who is asked to act by which day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, TextAreaField

from coordination.domain.actors import Role
from coordination.domain.threads import TEXT_MOST, Message
from coordination.web.forms.base import DanishDateField, Form
from coordination.web.forms.fields import TickBoxes, needed

LONGEST_NUMBER = 9


class MessageForm(Form):
    """A message; people are chosen from those who may read the thread."""

    text = TextAreaField(
        _l("Besked"),
        [needed()],
        description=_l("Højst %(most)s tegn. Intet om helbred.", most=TEXT_MOST),
    )
    private = BooleanField(_l("Kun for vores jobcenter"))
    mentioned = TickBoxes(_l("Nævn"), validate_choice=False)
    handed_to = SelectField(_l("Bed en om at gøre noget"), validate_choice=False)
    due_on = DanishDateField(_l("Senest"))

    def offer(self, people: Iterable[Any], me: int) -> None:
        """Fill the lists with those who may read the thread; nobody mentions him- or herself."""
        named = [(str(row.id), _named(row), row.id == me) for row in people]
        self.mentioned.choices = [(key, label) for key, label, is_me in named if not is_me]
        self.handed_to.choices = [
            ("", _("Ingen")),
            *((key, _("mig selv") if is_me else label) for key, label, is_me in named),
        ]

    def message(self) -> Message:
        """The message in the words of the domain; what is no number names nobody who may read it."""
        return Message(
            text=self.text.data or "",
            private=self.private.data,
            mentioned=frozenset(_number(key) for key in self.mentioned.data or ()),
            handed_to=_number(self.handed_to.data) if self.handed_to.data else None,
            due_on=self.due_on.data,
        )


def _named(row: Any) -> str:
    return _("%(name)s (koordinator)", name=row.name) if row.role is Role.COORDINATOR else str(row.name)


def _number(text: Any) -> int:
    digits = str(text).strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER else 0
