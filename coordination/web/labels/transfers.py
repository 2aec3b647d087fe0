"""Words for moving a candidate to another municipality."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from coordination.domain.transfers import TransferState

WORDS = {
    TransferState.OFFERED: _l("venter på svar"),
    TransferState.ACCEPTED: _l("aftalt"),
    TransferState.DECLINED: _l("afvist"),
    TransferState.CANCELLED: _l("annulleret"),
    TransferState.DONE: _l("gennemført"),
}

SENTENCES: dict[str, Any] = {}
