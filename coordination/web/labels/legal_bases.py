"""Words for why a person may be shared."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from coordination.domain.legal_bases import LegalBasis

WORDS = {
    LegalBasis.INFORMED: _l("informeret om delingen"),
    LegalBasis.CONSENT: _l("samtykke til delingen"),
}

SENTENCES: dict[str, Any] = {}
