"""The filters of the pool."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField

from coordination.domain.candidates import DanishExam, Scheme
from coordination.web.forms.base import Form
from coordination.web.forms.course_runs import number
from coordination.web.labels import choices, word


class PoolFilterForm(Form):
    """Which people of a sector are shown; what cannot be read is left out."""

    class Meta:
        csrf = False

    sector = HiddenField()
    run = HiddenField()
    municipality = SelectField(_l("Kommune"), validate_choice=False)
    exam = SelectField(_l("Danskprøve"), validate_choice=False)
    scheme = SelectField(_l("Ordning"), validate_choice=False)

    def filters(self) -> dict[str, Any]:
        """The filters in the words of the query."""
        exams = {exam.value: exam for exam in DanishExam if exam is not DanishExam.NONE}
        return {
            "sector_id": number(self.sector.data),
            "course_run_id": number(self.run.data),
            "municipality_id": number(self.municipality.data),
            "exam": exams.get(self.exam.data),
            "scheme": {scheme.value: scheme for scheme in Scheme}.get(self.scheme.data),
        }

    def offer(self, municipalities: Any) -> None:
        """Fill the lists to choose from."""
        self.municipality.choices = [("", _l("Alle")), *((str(key), name) for key, name in municipalities)]
        self.exam.choices = [
            ("", _l("Alle")),
            *((exam.value, _l("Mindst %(exam)s", exam=word(exam))) for exam in list(DanishExam)[1:]),
        ]
        self.scheme.choices = [("", _l("Alle")), *choices(Scheme)]
