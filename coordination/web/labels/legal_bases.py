"""Words for why a person may be shared."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from coordination.domain.legal_bases import LegalBasis

WORDS = {
    LegalBasis.INFORMED: _l("kandidaten er informeret om delingen"),
    LegalBasis.CONSENT: _l("kandidaten har givet samtykke til delingen"),
}

SENTENCES: dict[str, Any] = {
    "basis.no_kind": _l("Vælg, hvad der gør det lovligt at dele kandidatens oplysninger."),
    "basis.no_day": _l("Skriv den dag, kandidaten blev informeret eller gav samtykke."),
    "basis.future": _l("Dagen kan ikke ligge i fremtiden. Kandidaten skal være informeret, før der deles."),
    "basis.ends_before": _l("Sidste dag kan ikke ligge før den dag, det blev givet."),
    "basis.over": _l("Sidste dag er allerede gået. Vælg en dag, der ikke er gået endnu."),
    "basis.withdrawn": _l(
        "Grundlaget er allerede trukket tilbage. Indstil kandidaten på ny, hvis der må deles igen."
    ),
    "basis.too_long": _l("Der kan højst deles i %(years)s år. Vælg en tidligere sidste dag."),
}
