"""The language of a request: the person's own, else the one chosen in this browser, else Danish."""

from __future__ import annotations

from flask import g, session

from coordination.domain.actors import Language


def chosen() -> str:
    """da or en."""
    person = g.get("actor")
    wanted = person.language if person else session.get("language", Language.DANISH)
    return str(wanted) if wanted in set(Language) else str(Language.DANISH)
