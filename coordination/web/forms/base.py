"""The base of every form: Danish and English messages, and refusals shown beside the field they concern."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from flask import request
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto as POSTED
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import DateField, FileField

from coordination.domain.errors import Invalid, Refused, Stale
from coordination.web.forms.messages import Translations
from coordination.web.labels import sentence


class Form(FlaskForm):
    """A form that speaks the language of the request and can show what the domain refuses.

    `status` is the code to answer with when the form is shown again: 409 when somebody else was faster.
    """

    status = 422

    class Meta:
        def get_translations(self, _form: Any) -> Translations:
            """WTForms' own sentences in our words."""
            return Translations()

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What was posted as a form; a file only where one is asked for, never in a field of text."""
            if formdata is not POSTED:
                return formdata
            asked = {field.name for field in form if isinstance(field, FileField)}
            sent = request.files.items(multi=True)
            files = MultiDict((name, file) for name, file in sent if name in asked)
            if files:
                return CombinedMultiDict((files, request.form))
            return request.form or None

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Run a deed; what it refuses becomes errors of this form, and the code after the block shows it."""
        try:
            yield
        except Invalid as invalid:
            for name, (code, facts) in invalid.errors.items():
                self.refuse(sentence(code, facts), name)
        except Refused as refused:
            self.status = 409 if isinstance(refused, Stale) else 422
            self.refuse(sentence(refused.code, refused.facts))

    def refuse(self, message: str, field_name: str | None = None) -> None:
        """Put a sentence beside a field, or on top of the form when it concerns no single field."""
        field = self._fields.get(field_name) if field_name else None
        if field is None:
            self.form_errors.append(message)
        else:
            field.errors = [*field.errors, message]


class DanishDateField(DateField):
    """A date: the browser's own picker, or typed as 24-12-2026, 24/12-2026, 24.12.2026 or 2026-12-24."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        formats = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m-%Y", "%d/%m/%Y", "%d.%m.%Y"]
        super().__init__(*args, **{"format": formats, **kwargs})

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the date; a year of two digits or an impossible day is refused in words."""
        self.data: date | None = None
        text = (valuelist[0] if valuelist else "").strip()
        if not text:
            return
        for form in self.strptime_format:
            try:
                self.data = datetime.strptime(text, form).date()  # noqa: DTZ007 (a date has no zone)
            except ValueError:
                continue
            if 1900 <= self.data.year <= 2100:  # noqa: PLR2004 (people alive and plans ahead)
                return
            self.data = None
        raise ValueError(self.gettext(str(_l("Skriv en dato, der findes, for eksempel 24-12-2026."))))


def current_language() -> str:
    """The language of this request: da or en."""
    return str(get_locale() or "da")[:2]
