"""Forms of proposed changes: a new one from an answer, the decision, and the filters of the list."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField

from coordination.domain.improvements import ChangeState
from coordination.web.forms.base import DanishDateField, Form
from coordination.web.forms.evaluations import VersionField, Wanted

DECISIONS = [
    SelectChoice(ChangeState.ADOPTED.value, _l("Vedtag: det næste hold gør, som der foreslås")),
    SelectChoice(ChangeState.ADAPTED.value, _l("Tilpas: det næste hold gør det på en anden måde")),
    SelectChoice(ChangeState.DECLINED.value, _l("Afvis: der ændres ikke noget")),
]
SHOWN = [
    SelectChoice("", _l("Alle forslag")),
    SelectChoice("undecided", _l("Ikke afgjorte")),
    SelectChoice("decided", _l("Afgjorte")),
]


class ProposalForm(Form):
    """A change in the coordinator's words."""

    title = StringField(_l("Kort titel"), [Wanted()])
    wording = TextAreaField(_l("Hvad skal det næste hold gøre anderledes?"), [Wanted()])
    owner = StringField(_l("Hvem gør det?"))
    due_on = DanishDateField(_l("Senest den"))


class DecisionForm(Form):
    """What becomes of a proposed change."""

    seen_version = VersionField()
    decision = RadioField(_l("Afgørelse"), [Wanted()], choices=DECISIONS, validate_choice=False)
    wording = TextAreaField(_l("Ny ordlyd"))
    reason = TextAreaField(_l("Begrundelse"))
    owner = StringField(_l("Hvem gør det?"))
    due_on = DanishDateField(_l("Senest den"))

    def chosen(self) -> ChangeState:
        """The decision; what was never on offer counts as none."""
        known = {state.value: state for state in ChangeState}
        return known.get(self.decision.data or "", ChangeState.PROPOSED)


class ChangeFilterForm(Form):
    """Which changes the list shows; what cannot be read is left out."""

    class Meta:
        csrf = False

    shown = SelectField(_l("Vis"), choices=SHOWN, validate_choice=False)
    run = SelectField(_l("Hold"), validate_choice=False)

    def offer(self, runs: Any) -> None:
        """Fill the list of runs to choose from."""
        known = [SelectChoice(str(run_id), title) for run_id, title in runs]
        self.run.choices = [SelectChoice("", _l("Alle hold")), *known]
