"""Words and sentences of follow-ups."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from coordination.domain.follow_ups import (
    Channel,
    CloseReason,
    ContactOutcome,
    FollowUpState,
    Step,
    Trigger,
)

WORDS = {
    Trigger.FIRST_DAY: _l("udeblev den første dag"),
    Trigger.NO_SHOW: _l("udeblev"),
    Trigger.IN_A_ROW: _l("udeblev flere gange i træk"),
    Step.CALL_CANDIDATE: _l("ring til deltageren"),
    Step.CALL_SCHOOL: _l("ring til skolen"),
    Step.MEET_JOBCENTER: _l("hold møde med jobcenteret"),
    FollowUpState.OPEN: _l("åben"),
    FollowUpState.CLOSED: _l("lukket"),
    Channel.PHONE: _l("telefon"),
    Channel.SMS: _l("sms"),
    Channel.VISIT: _l("besøg"),
    Channel.LETTER: _l("brev"),
    Channel.MEETING: _l("møde"),
    Channel.EMAIL: _l("e-mail"),
    ContactOutcome.REACHED_RETURNS: _l("talte sammen: kommer igen"),
    ContactOutcome.REACHED_NEEDS_HELP: _l("talte sammen: har brug for hjælp"),
    ContactOutcome.REACHED_DECLINES: _l("talte sammen: vil ikke fortsætte"),
    ContactOutcome.NO_ANSWER: _l("fik ikke fat i deltageren"),
    ContactOutcome.WRONG_NUMBER: _l("forkert nummer"),
    CloseReason.BACK_IN_CLASS: _l("er tilbage på holdet"),
    CloseReason.LAWFUL_ABSENCE: _l("fraværet var lovligt"),
    CloseReason.DROPPED_OUT: _l("er stoppet på holdet"),
    CloseReason.HANDED_OVER: _l("er givet videre"),
    CloseReason.MISTAKEN_MARK: _l("registreringen var en fejl"),
    CloseReason.OTHER: _l("andet"),
}

SENTENCES = {
    "follow_up.closed": _l("Opfølgningen er lukket. Genåbn den, hvis der skal ske mere."),
    "follow_up.open": _l("Opfølgningen er allerede åben. Du kan arbejde videre på den."),
    "follow_up.conflict": _l(
        "En anden har arbejdet på opfølgningen imens. Intet er gemt. Se under forløbet, hvad der er sket, "
        "ret om nødvendigt det, du skrev, og gem igen."
    ),
    "follow_up.next_contact": _l("Vælg en dag fra i dag og højst %(days)s dage frem."),
}
