"""Words and sentences of nominations: where one stands, whose turn it is, what was done, and why not."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from coordination.domain.nominations import NominationDeed, NominationState, Party

WORDS = {
    NominationState.DRAFT: _l("kladde"),
    NominationState.SUBMITTED: _l("i puljen"),
    NominationState.PARKED: _l("sat på pause"),
    NominationState.OFFERED: _l("plads tilbudt"),
    NominationState.ACCEPTED: _l("plads taget imod"),
    NominationState.DECLINED: _l("afslået"),
    NominationState.WITHDRAWN: _l("trukket tilbage"),
    NominationState.EXPIRED: _l("udløbet"),
    NominationState.COMPLETED: _l("afsluttet"),
    NominationDeed.BEGIN: _l("kladde oprettet"),
    NominationDeed.CHANGE_WISHES: _l("ønsker ændret"),
    NominationDeed.SUBMIT: _l("indstillet til puljen"),
    NominationDeed.PARK: _l("sat på pause"),
    NominationDeed.UNPARK: _l("tilbage fra pause"),
    NominationDeed.OFFER: _l("plads tilbudt"),
    NominationDeed.ACCEPT: _l("plads taget imod"),
    NominationDeed.DECLINE: _l("plads afslået"),
    NominationDeed.RETURN_TO_POOL: _l("tilbage i puljen"),
    NominationDeed.WITHDRAW: _l("indstilling trukket tilbage"),
    NominationDeed.EXPIRE: _l("udløbet"),
    NominationDeed.COMPLETE: _l("indstilling afsluttet"),
    NominationDeed.RENEW_BASIS: _l("grundlag for deling fornyet"),
    NominationDeed.PRIORITY: _l("har fået forrang"),
    NominationDeed.END_PRIORITY: _l("forrang fjernet"),
    NominationDeed.TRANSFER: _l("flyttet til en anden kommune"),
    NominationDeed.WITHDRAW_BASIS: _l("grundlag for deling trukket tilbage"),
    Party.JOBCENTER: _l("jobcenteret"),
    Party.COORDINATOR: _l("koordinatoren"),
    Party.SCHOOL: _l("skolen"),
    Party.NOBODY: _l("ingen"),
}

SENTENCES = {
    "nomination.sharing_closed": _l(
        "Grundlaget for at dele kandidatens oplysninger er udløbet eller trukket tilbage. Forny det først."
    ),
    "nomination.no_priority": _l("Kandidaten har ingen forrang. Måske har en anden lige fjernet den."),
    "nomination.move": _l(
        "Det kan ikke gøres med indstillingen, som den står nu. Genindlæs siden, og se, hvis tur det er."
    ),
    "nomination.live": _l(
        "Kandidaten har allerede en indstilling i gang. Ret ønskerne i den, eller træk den tilbage først."
    ),
    "nomination.draft_on_behalf": _l(
        "En kladde hører til hos jobcenteret. Send indstillingen direkte i puljen."
    ),
    "nomination.run_begun": _l(
        "Holdet er begyndt, så indstillingen kan ikke trækkes tilbage. "
        "Registrér i stedet på holdet, at deltageren er stoppet."
    ),
    "parking.no_day": _l("Skriv den dag, kandidaten skal tilbage i puljen."),
    "parking.past": _l("Dagen skal ligge efter i dag, for den dag kommer kandidaten tilbage i puljen."),
    "parking.too_far": _l(
        "En pause varer højst tolv måneder. Skriv en dag senest %(latest)s, eller træk indstillingen tilbage."
    ),
    "wishes.none": _l("Vælg mindst én branche."),
    "wishes.twice": _l("Den samme branche er valgt to gange. Vælg hver branche én gang."),
    "wishes.too_many": _l("Vælg højst %(most)s brancher."),
    "wishes.unknown": _l("Branchen kan ikke længere vælges. Vælg en anden på listen."),
}
