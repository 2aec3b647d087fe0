"""Words of the audit log: what a deed is called, and what kind of row it touched."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

WORDS: dict[Any, Any] = {}
SENTENCES: dict[str, Any] = {}

SUBJECTS: dict[str, Any] = {
    "user": _l("bruger"),
    "letter": _l("brev"),
    "partnership": _l("samarbejde"),
    "municipality": _l("kommune"),
    "school": _l("skole"),
    "sector": _l("branche"),
    "candidate": _l("kandidat"),
    "candidate_import": _l("indlæsning af kandidater"),
    "nomination": _l("indstilling"),
    "track": _l("brancheforløb"),
    "course_run": _l("hold"),
    "session": _l("undervisningsgang"),
    "enrolment": _l("plads"),
    "mark": _l("fremmøde"),
    "follow_up": _l("opfølgning"),
    "evaluation": _l("evaluering"),
    "proposed_change": _l("forbedringsforslag"),
}

DEEDS: dict[str, Any] = {
    "accounts.log_in": _l("loggede ind"),
    "accounts.log_in_failed": _l("skrev en forkert adgangskode"),
    "accounts.new_password": _l("valgte en ny adgangskode"),
    "accounts.invite": _l("inviterede"),
    "accounts.accept_invitation": _l("tog imod invitationen"),
    "accounts.resend_invitation": _l("sendte en ny invitation"),
    "accounts.save": _l("rettede"),
    "accounts.close": _l("lukkede"),
    "accounts.reopen": _l("genåbnede"),
    "letters.send_again": _l("sendte igen"),
}


def deed_name(deed: str) -> str:
    """The deed in words, or its code while it has none."""
    return str(DEEDS.get(deed, deed))


def subject_name(subject: str) -> str:
    """The kind of row in words, or its code while it has none."""
    return str(SUBJECTS.get(subject, subject))
