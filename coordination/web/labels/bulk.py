"""Words and sentences of deeds done to several people at once."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from coordination.domain.bulk import BulkDeed

WORDS = {
    BulkDeed.NOMINATE: _l("indstil"),
    BulkDeed.PARK: _l("sæt på pause"),
    BulkDeed.WITHDRAW: _l("træk tilbage"),
}

SENTENCES = {
    "bulk.nobody": _l("Sæt kryds ved mindst én kandidat."),
    "bulk.too_many": _l("Vælg højst %(most)s kandidater ad gangen."),
    "bulk.none_able": _l("Ingen af de valgte kan tages med. Der er ikke ændret noget."),
    "bulk.some_unable": _l("Sæt kryds her for at fortsætte uden dem, eller gå tilbage og vælg andre."),
    "bulk.partnerships": _l(
        "De valgte hører til forskellige samarbejder, som ikke har de samme brancher. "
        "Tag ét samarbejde ad gangen."
    ),
    "bulk.no_nomination": _l("Er ikke indstillet."),
    "bulk.state": _l("Kan ikke, som indstillingen står nu: %(state)s."),
}
