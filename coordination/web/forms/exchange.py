"""The form of an import: the file."""

from __future__ import annotations

from contextlib import closing

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField

from coordination.web.forms.base import Form


class UploadForm(Form):
    """A file with candidates."""

    file = FileField(_l("Fil"), description=_l("CSV, højst 6 MB og 5.000 rækker."))

    def content(self) -> tuple[str, bytes]:
        """The name and the bytes of the file; nothing at all if none was chosen."""
        given = self.file.data
        if not given:
            return "", b""
        with closing(given):  # a large one lies in a temporary file
            return given.filename or "", given.read()

    def refuse(self, message: str, field_name: str | None = None) -> None:
        """Whatever is wrong is wrong with the file."""
        super().refuse(message, field_name or "file")
