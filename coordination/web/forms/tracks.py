"""Forms of tracks and modules."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField

from coordination.domain.candidates import DanishExam
from coordination.domain.tracks import ModuleFacts, TeachingKind, TrackFacts
from coordination.web.forms.base import Form
from coordination.web.forms.fields import WholeNumberField, answered, needed
from coordination.web.labels import choices

HOUR = 60


class TrackForm(Form):
    """A track: what it leads to, for how many, and what Danish it takes."""

    title = StringField(_l("Titel"), [needed()])
    sector_id = SelectField(_l("Branche"), [needed()], coerce=int)
    description = TextAreaField(_l("Beskrivelse"), description=_l("Et par linjer om, hvad deltagerne lærer."))
    minimum = WholeNumberField(_l("Sædvanligt mindste antal deltagere"), [answered()])
    capacity = WholeNumberField(_l("Sædvanligt antal pladser"), [answered()])
    exam_needed = SelectField(
        _l("Danskprøve, der anbefales"),
        description=_l("Kandidater under niveauet kan stadig få en plads: det giver kun en advarsel."),
    )
    version = HiddenField()

    def __init__(self, sectors: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sector_id.choices = list(sectors)
        self.exam_needed.choices = choices(DanishExam)

    def facts(self) -> TrackFacts:
        """What was typed, in the words of the domain."""
        return TrackFacts(
            title=self.title.data or "",
            sector_id=self.sector_id.data,
            description=self.description.data or "",
            minimum=self.minimum.data or 0,
            capacity=self.capacity.data or 0,
            exam_needed=DanishExam(self.exam_needed.data),
        )


class ModuleForm(Form):
    """A module: code, kind and length."""

    title = StringField(_l("Titel"), [needed()])
    kind = SelectField(_l("Undervisningens art"))
    code = StringField(
        _l("AMU-kode"), description=_l("Fem cifre, for eksempel 42994. Skal kun udfyldes ved AMU.")
    )
    half_days = WholeNumberField(_l("Længde i halve dage"), [answered()])
    hours = WholeNumberField(_l("Undervisning, timer"), [answered()])
    minutes = WholeNumberField(_l("Undervisning, minutter"))
    exam_needed = SelectField(_l("Danskprøve, der anbefales"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = choices(TeachingKind)
        self.exam_needed.choices = choices(DanishExam)

    def facts(self) -> ModuleFacts:
        """What was typed, in the words of the domain."""
        return ModuleFacts(
            code=self.code.data or "",
            title=self.title.data or "",
            kind=TeachingKind(self.kind.data),
            half_days=self.half_days.data or 0,
            minutes=(self.hours.data or 0) * HOUR + (self.minutes.data or 0),
            exam_needed=DanishExam(self.exam_needed.data),
        )


class ModuleFileForm(Form):
    """A file with modules."""

    file = FileField(_l("Fil"), description=_l("CSV eller Excel (.xlsx)."))

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


class ModuleImportForm(Form):
    """The yes to a file that was tried: its table goes along, so that nothing lies about meanwhile."""

    table = HiddenField()
    stamp = HiddenField()
    replace = BooleanField(
        _l("Tag dem ud af forløbet"), description=_l("Uden kryds bliver de stående, og de nye kommer sidst.")
    )

    @property
    def packed(self) -> str:
        """The table as it was packed; browsers send other line ends than they were given."""
        return (self.table.data or "").replace("\r\n", "\n")
