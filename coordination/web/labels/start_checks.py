"""Words and sentences about the first day of a run, and about steps that stand still."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from coordination.domain.stalled import ChaseLevel, StepKind
from coordination.domain.start_checks import StartState

WORDS = (
    {
        StartState.NOT_ASKED: _l("ikke spurgt endnu"),
        StartState.ASKED: _l("spurgt i dag"),
        StartState.SILENT: _l("intet svar"),
        StartState.COMING: _l("kommer"),
        StartState.NOT_COMING: _l("kommer ikke"),
    },
    {
        StepKind.DRAFT: _l("kladde, der ikke er indstillet"),
        StepKind.EXPIRED_OFFER: _l("udløbet tilbud, der ikke er taget stilling til"),
        StepKind.PARTICIPANT: _l("deltager, skolen ikke har svaret på"),
        StepKind.TRANSFER: _l("flytning, der ikke er besvaret"),
        ChaseLevel.ASKED: _l("spurgt"),
        ChaseLevel.TOLD: _l("koordinatoren har fået besked"),
    },
)

SENTENCES = {
    "start_check.closed": _l("Man kan svare fra en uge før første undervisningsgang og til dagen før."),
    "start_check.unreadable": _l("Vælg Kommer eller Kommer ikke."),
    "start_check.nothing": _l("Vælg et svar for mindst én deltager, før du gemmer."),
}
