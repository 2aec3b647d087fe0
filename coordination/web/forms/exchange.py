"""The forms of an import: the file, what its headings hold, and the yes that names the legal basis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import Field, SelectField, StringField

from coordination.domain.candidate_columns import COLUMNS, HEADINGS, IGNORED
from coordination.web.forms.base import Form
from coordination.web.forms.nominations import BasisFields

LONGEST_SHEET = 80


class UploadForm(Form):
    """A file with candidates."""

    file = FileField(_l("Fil"), description=_l("Excel (.xlsx) eller CSV, højst 6 MB og 5.000 rækker."))
    sheet = StringField(
        _l("Ark"), description=_l("Udfyldes kun, hvis projektmappen har flere ark med kandidater.")
    )

    def content(self) -> tuple[str, bytes]:
        """The name and the bytes of the file; nothing at all if none was chosen."""
        given = self.file.data
        if not given:
            return "", b""
        with closing(given):  # a large one lies in a temporary file
            return given.filename or "", given.read()

    @property
    def sheet_name(self) -> str:
        """The sheet that was named."""
        return (self.sheet.data or "").strip()[:LONGEST_SHEET]

    def refuse(self, message: str, field_name: str | None = None) -> None:
        """Whatever is wrong is wrong with the file."""
        super().refuse(message, field_name or "file")


class ColumnsForm(Form):
    """One choice per heading of the file."""

    def __init__(self, headings: Iterable[tuple[str, str | None]], **kwargs: Any) -> None:
        self._headings = dict(headings)
        super().__init__(**kwargs)
        for number, (heading, fact) in enumerate(self._headings.items()):
            field = self[f"column_{number}"]
            field.label.text = heading
            field.choices = CHOICES
            if not self.is_submitted():
                field.data = fact or IGNORED

    def chosen(self) -> dict[str, str]:
        """The fact chosen for each heading."""
        return {heading: self[f"column_{n}"].data or IGNORED for n, heading in enumerate(self._headings)}

    def asked(self) -> Iterator[Field]:
        """The fields in the order of the headings."""
        return (self[f"column_{number}"] for number in range(len(self._headings)))

    def refuse(self, message: str, field_name: str | None = None) -> None:
        """A heading's error stands beside its choice."""
        places = {heading: f"column_{number}" for number, heading in enumerate(self._headings)}
        super().refuse(message, places.get(field_name or "", field_name))


CHOICES = [
    (IGNORED, _l("Læs ikke denne kolonne")),
    *((column.field, HEADINGS[column.field]) for column in COLUMNS),
]


def columns_form(headings: Iterable[tuple[str, str | None]]) -> ColumnsForm:
    """The form for a file's own headings."""
    listed = list(headings)
    fields = {f"column_{number}": SelectField(validate_choice=False) for number in range(len(listed))}
    form: ColumnsForm = type("ColumnsForm", (ColumnsForm,), fields)(listed)
    return form


class ImportForm(BasisFields):
    """The yes to an import; the basis is asked for where somebody is nominated."""
