"""Words for the lists of reasons, and why a reason or an entry of a list is turned down."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from coordination.domain.reasons import ReasonKind

WORDS = {
    ReasonKind.DECLINE: _l("jobcenteret siger nej til en plads"),
    ReasonKind.REJECT: _l("skolen siger nej til en deltager"),
    ReasonKind.WITHDRAW: _l("en indstilling trækkes tilbage"),
    ReasonKind.DROP_OUT: _l("en deltager stopper"),
    ReasonKind.PARK: _l("en kandidat sættes på pause"),
    ReasonKind.PRIORITY: _l("en kandidat får forrang"),
}

SENTENCES = {
    "reason.none": _l("Vælg en årsag på listen."),
    "reason.twice": _l("Den årsag står allerede på listen. Skriv en anden."),
    "reason.switched_off": _l("Den årsag står på listen, men er slået fra. Slå den til igen i stedet."),
    "reason.last": _l(
        "Det er den sidste årsag, der kan vælges. Tilføj en anden, eller slå en til, før denne slås fra."
    ),
}
