"""Words and sentences of moving a candidate to another municipality."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from coordination.domain.transfers import Side, TransferDeed, TransferEnd, TransferState

WORDS: tuple[dict[Any, Any], ...] = (
    {
        TransferState.OFFERED: _l("venter på svar"),
        TransferState.ACCEPTED: _l("aftalt"),
        TransferState.DECLINED: _l("afvist"),
        TransferState.CANCELLED: _l("annulleret"),
        TransferState.DONE: _l("gennemført"),
        TransferDeed.ACCEPT: _l("sig ja"),
        TransferDeed.DECLINE: _l("sig nej"),
        TransferDeed.CANCEL: _l("annullér"),
        TransferDeed.CARRY_OUT: _l("gennemfør"),
    },
    {
        TransferEnd.DECLINED: _l("jobcenteret sagde nej"),
        TransferEnd.CANCELLED: _l("flytningen blev annulleret"),
        TransferEnd.DUPLICATE: _l("kandidaten er allerede registreret i den anden kommune"),
        Side.GIVER: _l("fra jobcenteret"),
        Side.RECEIVER: _l("til jobcenteret"),
    },
)

SENTENCES: dict[str, Any] = {
    "transfer.move": _l(
        "Det kan ikke gøres med flytningen, som den står nu. Genindlæs siden, og se, hvor den er."
    ),
    "transfer.open": _l("Kandidaten har allerede en flytning i gang. Annullér den først."),
    "transfer.no_municipality": _l("Vælg en kommune i samarbejdet."),
    "transfer.no_day": _l("Skriv den første dag i den nye kommune."),
    "transfer.past": _l("Dagen er allerede gået. Vælg i dag eller en senere dag."),
    "transfer.too_far": _l("Dagen kan højst ligge et halvt år frem."),
    "transfer.no_caseworker": _l("Vælg den sagsbehandler hos jer, der overtager kandidaten."),
    "transfer.no_reason": _l("Skriv kort hvorfor, så det andet jobcenter ved, hvad der skal ske."),
    "transfer.duplicate": _l(
        "En person med det samme CPR-nummer er allerede registreret hos jer. "
        "Se på jeres egen kandidat, og aftal med det andet jobcenter, hvem der beholder indstillingen."
    ),
}
