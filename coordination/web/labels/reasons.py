"""Words for the lists of reasons."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from coordination.domain.reasons import ReasonKind

WORDS = {
    ReasonKind.DECLINE: _l("jobcenteret siger nej til en plads"),
    ReasonKind.REJECT: _l("skolen siger nej til en deltager"),
    ReasonKind.WITHDRAW: _l("en indstilling trækkes tilbage"),
    ReasonKind.DROP_OUT: _l("en deltager stopper"),
    ReasonKind.PARK: _l("en kandidat sættes på pause"),
}

SENTENCES: dict[str, Any] = {}
