"""Words for the dated rules of the IGU and its rates."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from coordination.domain.igu import (
    Effect,
    ExtensionReason,
    IguRuleKind,
    MilestoneKind,
    MilestoneState,
    RateKind,
)

WORDS = (
    {
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
        ExtensionReason.SCHOOL_IMPOSSIBLE: _l("særlige forhold gjorde skoledelen umulig (skal forlænges)"),
        ExtensionReason.LEAVE: _l("barsel eller adoption (kan forlænges)"),
        ExtensionReason.LONG_ILLNESS: _l("sammenhængende sygdom over 8 uger (kan forlænges)"),
        MilestoneState.DONE: _l("gjort"),
        MilestoneState.DONE_LATE: _l("gjort for sent"),
        MilestoneState.DUE: _l("mangler"),
        MilestoneState.OVERDUE: _l("over fristen"),
        MilestoneState.AHEAD: _l("kommer"),
        MilestoneState.PASSED: _l("passeret"),
    },
    {
        MilestoneKind.AGREEMENT_IN_VITAS: _l("Aftalen indberettet i VITAS"),
        MilestoneKind.TEACHING_PLAN: _l("Undervisningsplanen klar"),
        MilestoneKind.BONUS_AFTER_6_MONTHS: _l("Bonus til virksomheden efter 6 måneder"),
        MilestoneKind.BONUS_AFTER_24_MONTHS: _l("Bonus til virksomheden efter 24 måneder"),
        MilestoneKind.LAST_DAY: _l("Sidste dag i IGU-forløbet"),
    },
)

SENTENCES: dict[str, Any] = {}
