"""The filter of the list of letters."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SearchField, SelectField

from coordination.domain.letters import LetterState
from coordination.web.forms.accounts import ANY
from coordination.web.forms.base import Form
from coordination.web.labels import choices
from coordination.web.labels.letters import LETTERS


class LetterFilterForm(Form):
    """What the list of letters is narrowed to; lives in the address."""

    class Meta:
        csrf = False

    q = SearchField(_l("Modtager"))
    letter = SelectField(_l("Brev"))
    state = SelectField(_l("Status"))
    user = HiddenField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.letter.choices = [ANY, *sorted(LETTERS.items(), key=lambda line: str(line[1]))]
        self.state.choices = [ANY, *choices(LetterState)]
