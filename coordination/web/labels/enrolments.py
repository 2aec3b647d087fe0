"""Words and sentences of seats: where one stands, what was done, and why a deed was turned down."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from coordination.domain.enrolments import EnrolmentDeed, EnrolmentState

WORDS = (
    {
        EnrolmentState.WAITING: _l("på venteliste"),
        EnrolmentState.OFFERED: _l("tilbudt"),
        EnrolmentState.ACCEPTED: _l("venter på skolen"),
        EnrolmentState.CONFIRMED: _l("deltager"),
        EnrolmentState.DECLINED: _l("afslået af jobcenteret"),
        EnrolmentState.REJECTED: _l("afvist af skolen"),
        EnrolmentState.WITHDRAWN: _l("trukket tilbage"),
        EnrolmentState.EXPIRED: _l("udløbet"),
        EnrolmentState.DROPPED_OUT: _l("stoppet"),
    },
    {
        EnrolmentDeed.OFFER: _l("plads tilbudt"),
        EnrolmentDeed.WAIT: _l("sat på venteliste"),
        EnrolmentDeed.ACCEPT: _l("plads taget imod"),
        EnrolmentDeed.DECLINE: _l("plads afslået"),
        EnrolmentDeed.CONFIRM: _l("deltager godkendt af skolen"),
        EnrolmentDeed.REJECT: _l("deltager afvist af skolen"),
        EnrolmentDeed.WITHDRAW: _l("plads trukket tilbage"),
        EnrolmentDeed.EXPIRE: _l("plads udløbet"),
        EnrolmentDeed.DROP_OUT: _l("deltager stoppet"),
        EnrolmentDeed.RESUME: _l("deltager igen på holdet"),
    },
)

SENTENCES = {
    "seat.move": _l(
        "Det kan ikke gøres med pladsen, som den står nu. Måske har en anden lige nået det. "
        "Se herunder, hvor pladsen står, og hvis tur det er."
    ),
    "seat.run_full": _l(
        "Alle %(capacity)s pladser på holdet er tilbudt eller besat. Intet er gemt. "
        "Sæt kandidaterne på ventelisten, eller vælg et andet hold."
    ),
    "seat.too_few_free": _l(
        "Du har valgt %(wanted)s, men holdet har kun %(free)s ledige. Intet er gemt. "
        "Vælg færre, eller sæt nogle på ventelisten."
    ),
    "seat.kept_for_others": _l(
        "Du har valgt %(wanted)s, men kun %(free)s af dem kan få en plads: resten af de ledige er reserveret "
        "til andre kommuner. Intet er gemt. Vælg færre, eller sæt nogle på ventelisten."
    ),
    "seat.run_not_open": _l(
        "Holdet tager ikke imod kandidater nu. Åbn holdet for indstillinger først, eller vælg et andet hold."
    ),
    "seat.no_substitutes": _l(
        "Holdet er i gang, og skolen tog afløsere til og med %(day)s. Intet er gemt. Vælg et andet hold, "
        "eller aftal en senere dag med skolen, og skriv den på holdet."
    ),
    "seat.already_on_run": _l(
        "En af de valgte har eller har haft en plads på dette hold. Intet er gemt. "
        "Se pladsen på holdets side."
    ),
    "seat.already_waiting": _l("En af de valgte står allerede på holdets venteliste. Intet er gemt."),
    "seat.nobody_chosen": _l("Sæt kryds ved mindst én kandidat."),
    "seat.not_in_pool": _l(
        "%(codes)s er ikke længere i puljen, måske fordi en anden lige har tilbudt en plads. "
        "Intet er gemt. Se listen igen, og vælg om."
    ),
    "seat.run_over": _l("Holdet er afsluttet eller aflyst, så pladsen kan ikke længere besvares."),
    "seat.answer_late": _l("Svarfristen er overskredet. Tal med koordinatoren om en ny plads."),
    "seat.begun": _l(
        "Holdet er begyndt, så pladsen kan ikke trækkes tilbage. "
        "Registrér i stedet, at deltageren er stoppet."
    ),
    "seat.not_begun": _l("Holdet er ikke begyndt, så ingen kan stoppe endnu. Træk i stedet pladsen tilbage."),
    "seat.no_day": _l("Skriv deltagerens sidste dag på holdet."),
    "seat.left_outside": _l(
        "Den sidste dag skal ligge fra %(first)s til %(last)s, hvor holdet har undervisning."
    ),
    "seat.nomination_over": _l(
        "Kandidatens indstilling er afsluttet i mellemtiden, så pladsen kan ikke gives tilbage. "
        "Bed jobcenteret om en ny indstilling."
    ),
}
