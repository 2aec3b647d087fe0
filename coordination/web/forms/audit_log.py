"""The filter of the audit log."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SearchField, SelectField

from coordination.web.forms.accounts import ANY
from coordination.web.forms.base import DanishDateField, Form
from coordination.web.labels.audit_log import SUBJECTS


class LogFilterForm(Form):
    """What the log is narrowed to; lives in the address."""

    class Meta:
        csrf = False

    who = SearchField(_l("Hvem"))
    subject = SelectField(_l("Hvad det gælder"), validate_choice=False)
    since = DanishDateField(_l("Fra og med"))
    until = DanishDateField(_l("Til og med"))
    user = HiddenField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.subject.choices = [ANY, *sorted(SUBJECTS.items(), key=lambda line: str(line[1]))]
