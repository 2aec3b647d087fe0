"""Words and sentences of tracks and their modules."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from coordination.domain.tracks import TeachingKind

WORDS = {
    TeachingKind.AMU: _l("AMU"),
    TeachingKind.FVU: _l("FVU"),
    TeachingKind.AVU: _l("AVU"),
    TeachingKind.HF: _l("hf-enkeltfag"),
    TeachingKind.FGU: _l("FGU"),
    TeachingKind.DANISH: _l("danskuddannelse"),
    TeachingKind.OTHER: _l("andet"),
}

SENTENCES = {
    "track.sector": _l("Branchen kan ikke vælges. Vælg en branche på listen."),
    "module.code": _l("En AMU-kode har fem cifre, for eksempel 42994. Demokoder skrives som D0001."),
    "module.half_days": _l("Skriv længden i halve dage, fra 1 til %(most)s."),
    "module.length": _l("Skriv, hvor meget undervisning modulet har: mindst 1 minut."),
}
