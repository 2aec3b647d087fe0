"""Words of letters: their names and states."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from coordination.domain.letters import LetterState

WORDS = {
    LetterState.QUEUED: _l("venter"),
    LetterState.SENT: _l("sendt"),
    LetterState.WRITTEN: _l("gemt som fil"),
    LetterState.FAILED: _l("ikke sendt"),
}

SENTENCES = {
    "letter.not_failed": _l("Brevet er sendt eller på vej, så det sendes ikke igen."),
}

LETTERS: dict[str, Any] = {
    "invitation": _l("Invitation"),
    "reset_password": _l("Ny adgangskode"),
    "password_changed": _l("Adgangskoden er ændret"),
    "evaluation_open": _l("Evaluering åben"),
    "evaluation_due": _l("Evaluering skal indsendes"),
    "evaluation_overdue": _l("Evaluering mangler"),
    "evaluation_submitted": _l("Evaluering indsendt"),
    "evaluation_handed_back": _l("Evaluering sendt tilbage"),
    "changes_decided": _l("Forbedringsforslag afgjort"),
    "seat_offered": _l("Plads tilbudt"),
    "seat_declined": _l("Plads afslået"),
    "offer_expired": _l("Tilbud udløbet"),
    "offer_withdrawn": _l("Tilbud trukket tilbage"),
    "participant_waiting": _l("Deltager venter på svar"),
    "participant_rejected": _l("Deltager afvist"),
    "nomination_withdrawn": _l("Indstilling trukket tilbage"),
    "no_show": _l("Udeblivelse"),
    "register_missing": _l("Fremmøde mangler"),
    "run_opened": _l("Hold åbnet"),
    "run_cancelled": _l("Hold aflyst"),
    "decision_due": _l("Beslutning om start"),
    "run_not_starting": _l("Hold starter ikke"),
    "start_check": _l("Kommer deltagerne?"),
    "start_refused": _l("Deltager kommer ikke"),
    "steps_stalled": _l("Trin står stille"),
    "sessions_changed": _l("Undervisning ændret"),
    "eligibility_ends": _l("Snart uden for reglerne for IGU"),
    "basis_ends": _l("Grundlag for deling udløber"),
    "parking_ended": _l("Tilbage fra pause"),
    "thread_mention": _l("Nævnt i en tråd"),
    "thread_handed_over": _l("Bedt om noget i en tråd"),
    "thread_overdue": _l("Opgave i en tråd over tiden"),
    "transfer_offered": _l("Flytning tilbudt"),
    "transfer_accepted": _l("Flytning aftalt"),
    "transfer_declined": _l("Flytning afvist"),
    "transfer_done": _l("Flytning gennemført"),
}
"""What an administrator calls a letter; the key is the name of its template."""


def letter_name(letter: str) -> str:
    """The letter in words, or its own name while it has none."""
    return str(LETTERS.get(letter, letter))
