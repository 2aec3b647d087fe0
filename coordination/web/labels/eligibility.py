"""Sentences about the conditions for an IGU: what does not hold, and what soon will not."""

from __future__ import annotations

from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l

from coordination.domain.eligibility import Finding
from coordination.web import labels

WORDS: dict[Any, Any] = {}

SENTENCES = {
    "eligibility.target_group": _l(
        "Kandidaten hører ikke til målgruppen: flygtning, familiesammenført eller omfattet af en særlov."
    ),
    "eligibility.target_group_unknown": _l(
        "Det er ikke oplyst, om kandidaten hører til målgruppen. Undersøg det, og ret kandidaten."
    ),
    "eligibility.age_from": _l(
        "Kandidaten er %(years)s år %(when)s; reglen er mindst %(number)s år. "
        "Kandidaten fylder %(number)s år den %(border)s."
    ),
    "eligibility.age_under": _l(
        "Kandidaten er %(years)s år %(when)s; reglen er under %(number)s år. "
        "Kandidaten fylder %(number)s år den %(border)s."
    ),
    "eligibility.residence_unknown": _l(
        "Det er ikke oplyst, hvornår kandidaten fik ophold i Danmark. "
        "Reglen har en grænse på %(number)s år: undersøg det, og ret kandidaten."
    ),
    "eligibility.residence_under": _l(
        "Kandidaten har haft ophold i Danmark i %(years)s år %(when)s; reglen er under %(number)s år. "
        "De %(number)s år er gået den %(border)s."
    ),
    "eligibility.residence_up_to": _l(
        "Kandidaten har haft ophold i Danmark i mere end %(number)s år %(when)s; "
        "reglen er højst %(number)s år. De %(number)s år er gået den %(border)s."
    ),
    "eligibility.start_from": _l("En IGU kan tidligst begynde den %(day)s; den %(start)s er for tidligt."),
    "eligibility.start_until": _l("En IGU kan senest begynde den %(day)s; den %(start)s er for sent."),
    "eligibility.exam_at_least": _l(
        "Reglen kræver, at %(exam)s er bestået. Højeste beståede prøve: %(passed)s."
    ),
    "eligibility.ask": _l("Undersøg dette:"),
    "eligibility.unclear": _l(
        "En regel mangler sit tal eller sin dato og kan ikke bedømmes. Bed en administrator om at rette den."
    ),
    "eligibility.no_rules": _l(
        "Der er ingen regler for en start den %(start)s. Bed en administrator om at tilføje dem."
    ),
    "eligibility.cannot": _l("Kandidaten kan ikke indstilles: %(findings)s"),
}
AT_START = _l("ved start den %(day)s")
AT_START_TODAY = _l("ved start i dag")
AT_START_FROM = _l("ved start fra den %(day)s")


def told(finding: Finding) -> str:
    """What a finding says, in whole sentences; the rule's own words come last."""
    facts = finding.facts | {"when": _when(finding)}
    return " ".join(filter(None, (labels.sentence(finding.code, facts), _own_words(finding))))


def told_with_source(finding: Finding) -> str:
    """The same, with where the rule stands: for messages that have no room beside them."""
    return f"{told(finding)} ({finding.source})" if finding.source else told(finding)


def _own_words(finding: Finding) -> str:
    danish, english = str(finding.facts.get("wording", "")), str(finding.facts.get("wording_en", ""))
    return english or danish if str(get_locale() or "da").startswith("en") else danish


def _when(finding: Finding) -> str:
    day = labels.told_fact(finding.until or finding.facts["start"])
    if finding.until:
        return str(AT_START_FROM) % {"day": day}
    return str(AT_START) % {"day": day} if finding.facts["planned"] else str(AT_START_TODAY)


TELLERS = {Finding: told_with_source}
