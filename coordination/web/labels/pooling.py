"""Words and sentences of the pool and of proposed allocations."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from coordination.domain.priorities import Priority
from coordination.domain.proposals import ProposalState

WORDS = {
    Priority.NORMAL: _l("almindelig"),
    Priority.HIGH: _l("forrang"),
    ProposalState.WAITING: _l("venter på at blive regnet"),
    ProposalState.SOLVING: _l("regnes"),
    ProposalState.READY: _l("klar"),
    ProposalState.FAILED: _l("mislykket"),
    ProposalState.CANCELLED: _l("stoppet"),
    ProposalState.PUBLISHED: _l("offentliggjort"),
}

SENTENCES: dict[str, Any] = {}
