"""Words for the dated rules of the IGU and its rates."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from coordination.domain.candidates import DanishExam
from coordination.domain.eligibility import EXAMS
from coordination.domain.igu import (
    Effect,
    ExtensionReason,
    IguRuleKind,
    MilestoneKind,
    MilestoneState,
    RateKind,
    Rule,
)
from coordination.web import labels

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
        RateKind.NO_SHOW_SHORT: _l("udeblivelse fra første dag, kursus på højst 37 timer"),
        RateKind.NO_SHOW_LONG: _l("udeblivelse fra første dag, kursus på over 37 timer"),
        RateKind.LATE_WITHDRAWAL_SHORT: _l("afmelding mindre end en uge før, kursus på højst 37 timer"),
        RateKind.LATE_WITHDRAWAL_LONG: _l("afmelding mindre end en uge før, kursus på over 37 timer"),
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
        MilestoneKind.AGREEMENT_IN_VITAS: _l("Aftalen i VITAS"),
        MilestoneKind.TEACHING_PLAN: _l("Undervisningsplanen"),
        MilestoneKind.BONUS_AFTER_6_MONTHS: _l("Bonus til virksomheden efter 6 måneder"),
        MilestoneKind.BONUS_AFTER_24_MONTHS: _l("Bonus til virksomheden efter 24 måneder"),
        MilestoneKind.LAST_DAY: _l("Sidste dag i IGU-forløbet"),
    },
)

RULES = {
    IguRuleKind.TARGET_GROUP: _l("flygtning, familiesammenført eller omfattet af en særlov"),
    IguRuleKind.AGE_FROM: _l("mindst %(number)s år ved start"),
    IguRuleKind.AGE_UNDER: _l("under %(number)s år ved start"),
    IguRuleKind.RESIDENCE_UNDER: _l("under %(number)s års ophold i Danmark ved start"),
    IguRuleKind.RESIDENCE_UP_TO: _l("højst %(number)s års ophold i Danmark ved start"),
    IguRuleKind.START_FROM: _l("start tidligst den %(day)s"),
    IguRuleKind.START_UNTIL: _l("start senest den %(day)s"),
    IguRuleKind.EXAM_AT_LEAST: _l("%(exam)s skal være bestået"),
    IguRuleKind.SCHOOL_WEEKS: _l("%(number)s uger i skole"),
    IguRuleKind.AMU_WEEKS_AFTER_EXAM: _l("mindst %(number)s uger AMU, når en prøve i dansk er bestået"),
    IguRuleKind.ASK: _l("sagsbehandleren skal undersøge det"),
}
"""What a rule of each kind says, in a line."""

SENTENCES: dict[str, Any] = {
    "rule.no_number": _l("Skriv tallet: år, uger eller prøvens nummer."),
    "rule.number": _l("Tallet skal være fra %(least)s til %(most)s."),
    "rule.no_day": _l("Skriv den dato, reglen nævner."),
    "rule.no_start": _l("Skriv, fra hvilken IGU-start reglen gælder."),
    "rule.too_early": _l("IGU-ordningen begyndte den %(day)s. Vælg den dag eller en senere."),
    "rule.turned_round": _l("Den sidste startdag ligger før den første. Byt dem om."),
    "rule.overlap": _l(
        "Der er allerede en regel af samme slags for nogle af de startdage, fra den %(day)s. "
        "Afslut den først, eller vælg andre dage."
    ),
    "rule.in_force": _l(
        "Reglen gælder fra den %(day)s og kan ikke fjernes. Afslut den med en sidste startdag."
    ),
    "rate.unreadable": _l("Beløbet kan ikke læses. Skriv det som 20.000 eller 20.000,50."),
    "rate.no_day": _l("Skriv, fra hvilken dag satsen gælder."),
    "rate.taken": _l("Der er allerede en sats af samme slags fra den %(day)s."),
    "rate.in_force": _l("Satsen gælder fra den %(day)s og kan ikke fjernes. Tilføj en ny fra en senere dag."),
}


def rule_words(rule: Rule) -> str:
    """What a rule says, in a line."""
    number = rule.number if rule.number is not None else "?"
    exam = EXAMS[rule.number] if rule.number in range(len(EXAMS)) else DanishExam.NONE
    facts = {"number": number, "day": labels.told_fact(rule.day) or "?", "exam": labels.word(exam)}
    return str(RULES[rule.kind]) % facts
