"""Words for the dated rules of the IGU and its rates."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from coordination.domain.igu import Effect, IguRuleKind, RateKind

WORDS = {
    IguRuleKind.TARGET_GROUP: _l("målgruppe"),
    IguRuleKind.AGE_FROM: _l("alder ved start mindst"),
    IguRuleKind.AGE_UNDER: _l("alder ved start under"),
    IguRuleKind.RESIDENCE_UNDER: _l("ophold i Danmark under"),
    IguRuleKind.RESIDENCE_UP_TO: _l("ophold i Danmark højst"),
    IguRuleKind.START_FROM: _l("tidligste start"),
    IguRuleKind.START_UNTIL: _l("seneste start"),
    IguRuleKind.EXAM_AT_LEAST: _l("danskprøve mindst"),
    IguRuleKind.SCHOOL_WEEKS: _l("skoleuger"),
    IguRuleKind.AMU_WEEKS_AFTER_EXAM: _l("AMU-uger efter bestået danskprøve"),
    IguRuleKind.ASK: _l("spørgsmål til sagsbehandleren"),
    Effect.CANNOT: _l("stopper en indstilling"),
    Effect.CHECK: _l("skal undersøges"),
    RateKind.BONUS_AFTER_6_MONTHS: _l("bonus til virksomheden efter 6 måneder"),
    RateKind.BONUS_AFTER_24_MONTHS: _l("bonus til virksomheden efter 24 måneder"),
}

SENTENCES: dict[str, Any] = {}
