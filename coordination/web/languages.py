"""The language of a request: the person's own, else the one chosen in this browser, else Danish."""

from __future__ import annotations

from flask import has_request_context, session

from coordination.domain.actors import Language
from coordination.web.doors import identify


def chosen() -> str:
    """The code of the language: da or en."""
    if not has_request_context():
        return str(Language.DANISH)
    person = identify()
    wanted = person.language if person else session.get("language", Language.DANISH)
    return str(wanted) if wanted in set(Language) else str(Language.DANISH)
