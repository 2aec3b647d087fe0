"""Forms of the administrator: a rule of the IGU, and a rate."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField

from coordination.domain.candidates import IGU_BEGAN
from coordination.domain.fees import FEE_KINDS
from coordination.domain.igu import Effect, IguRuleKind, RateKind, Rule
from coordination.domain.igu_rules import RateFacts
from coordination.web.forms.base import DanishDateField, Form
from coordination.web.forms.fields import WholeNumberField, answered, needed
from coordination.web.labels import choices


class StartForm(Form):
    """Which day of start to show the rules for."""

    start = DanishDateField(_l("IGU-start"))


class RuleForm(Form):
    """A rule; its kind is chosen once."""

    kind = SelectField(_l("Hvad reglen handler om"))
    number = WholeNumberField(
        _l("Tal"), description=_l("År eller uger. For danskprøver: 1 er PD1, 2 er PD2, 3 er PD3.")
    )
    day = DanishDateField(_l("Dato"), description=_l("Kun for tidligste og seneste start."))
    starts_from = DanishDateField(_l("Gælder for IGU, der begynder fra"), [answered()])
    starts_until = DanishDateField(
        _l("Til og med"),
        description=_l("Tomt felt: reglen gælder stadig. Skriv en dato for at afslutte den."),
    )
    effect = SelectField(
        _l("Når reglen ikke er opfyldt"),
        description=_l("Spørgsmål og regler om skoledelen stopper aldrig en indstilling."),
    )
    wording = TextAreaField(
        _l("Egne ord"), description=_l("Vises for sagsbehandleren efter den faste sætning.")
    )
    wording_en = TextAreaField(_l("Egne ord på engelsk"))
    source = StringField(
        _l("Kilde"), [needed()], description=_l("Lov eller bekendtgørelse, så andre kan slå den op.")
    )

    def __init__(self, *, fixed: IguRuleKind | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = choices(IguRuleKind)
        self.effect.choices = choices(Effect)
        self._fixed = fixed
        if fixed:
            del self["kind"]

    def rule(self) -> Rule:
        """What was typed; a start that is missing is told by the domain."""
        return Rule(
            kind=self._fixed or IguRuleKind(self.kind.data),
            number=self.number.data,
            day=self.day.data,
            starts_from=self.starts_from.data or IGU_BEGAN,
            starts_until=self.starts_until.data,
            effect=Effect(self.effect.data),
            wording=self.wording.data or "",
            wording_en=self.wording_en.data or "",
            source=self.source.data or "",
        )


class RateForm(Form):
    """A rate from a day on."""

    kind = SelectField(_l("Hvad satsen gælder"))
    kroner = StringField(_l("Beløb i kroner"), [needed()], description=_l("For eksempel 20.000."))
    valid_from = DanishDateField(_l("Gælder fra"), [answered()])
    source = StringField(_l("Kilde"), [needed()])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = choices(RateKind)

    def facts(self) -> RateFacts:
        """What was typed, in the words of the domain."""
        return RateFacts(
            kind=RateKind(self.kind.data),
            kroner=self.kroner.data or "",
            valid_from=self.valid_from.data,
            source=self.source.data or "",
        )


class FeeForm(RateForm):
    """What a school bills from a day on."""

    kind = SelectField(_l("Hvad gebyret gælder"))
    kroner = StringField(_l("Beløb i kroner"), [needed()], description=_l("For eksempel 2.500."))
    source = StringField(_l("Kilde"), [needed()], description=_l("For eksempel skolens prisliste for 2027."))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = [choice for choice in choices(RateKind) if choice[0] in FEE_KINDS]
