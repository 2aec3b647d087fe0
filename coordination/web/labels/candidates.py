"""Words and sentences of candidates: schemes, Danish, needs, fields, and what cannot be written down."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from coordination.domain.candidates import (
    ContactRole,
    DanishExam,
    DanishTrack,
    Scheme,
    Sex,
    TargetGroup,
    TeachingNeed,
)

WORDS = (
    {
        Scheme.IGU: _l("IGU"),
        Scheme.INTERNSHIP: _l("virksomhedspraktik"),
        Scheme.WAGE_SUBSIDY: _l("løntilskud"),
        Scheme.ORDINARY: _l("ordinært job"),
        Scheme.OTHER: _l("anden ordning"),
        DanishTrack.DU1: _l("Danskuddannelse 1"),
        DanishTrack.DU2: _l("Danskuddannelse 2"),
        DanishTrack.DU3: _l("Danskuddannelse 3"),
        DanishExam.NONE: _l("ingen"),
        DanishExam.PD1: _l("Prøve i Dansk 1"),
        DanishExam.PD2: _l("Prøve i Dansk 2"),
        DanishExam.PD3: _l("Prøve i Dansk 3"),
        DanishExam.SP: _l("Studieprøven"),
        TeachingNeed.TRANSPORT: _l("hjælp til transport"),
        TeachingNeed.CHILDCARE_HOURS: _l("hensyn til børnepasning"),
        TeachingNeed.INTERPRETER: _l("tolk"),
        TeachingNeed.ACCESSIBILITY: _l("tilgængelighed i lokaler"),
        TargetGroup.REFUGEE: _l("flygtning"),
        TargetGroup.FAMILY_REUNIFIED: _l("familiesammenført"),
        TargetGroup.AFGHANISTAN_ACT: _l("omfattet af særloven for Afghanistan"),
        TargetGroup.UKRAINE_ACT: _l("omfattet af særloven for Ukraine"),
        TargetGroup.NONE_OF_THESE: _l("ingen af dem"),
        Sex.FEMALE: _l("kvinde"),
        Sex.MALE: _l("mand"),
    },
    {
        ContactRole.MENTOR: _l("mentor"),
        ContactRole.VOLUNTEER: _l("frivillig"),
        ContactRole.RELATIVE: _l("pårørende"),
        ContactRole.OTHER: _l("anden kontaktperson"),
    },
)

FIELDS = {
    "name": _l("Navn"),
    "cpr": _l("CPR-nummer"),
    "phone": _l("Telefon"),
    "email": _l("E-mail"),
    "address": _l("Adresse"),
    "postcode": _l("Postnummer"),
    "town": _l("By"),
    "protected_until": _l("Navne- og adressebeskyttelse til og med"),
    "scheme": _l("Ordning"),
    "igu_start": _l("IGU-start"),
    "employer": _l("Arbejdsgiver"),
    "danish_track": _l("Danskuddannelse"),
    "danish_module": _l("Modul"),
    "danish_exam": _l("Højeste beståede prøve"),
    "danish_exam_on": _l("Prøven er bestået den"),
    "needs": _l("Behov i undervisningen"),
    "notes": _l("Notater"),
    "notes_private": _l("Notater kun for eget jobcenter"),
    "caseworker_id": _l("Sagsbehandler"),
}
"""What each field of a candidate is called, on forms, in the history and in files."""

SENTENCES = {
    "cpr.length": _l("CPR-nummeret skal have ti cifre. Skriv det som DDMMÅÅ-NNNN."),
    "cpr.leading_zero": _l(
        "CPR-nummeret har kun ni cifre. Excel har nok fjernet nullet forrest: skriv det på igen."
    ),
    "cpr.date": _l("De første seks cifre i CPR-nummeret er ikke en dato. Kontrollér nummeret."),
    "cpr.future": _l("Fødselsdatoen i CPR-nummeret ligger i fremtiden. Kontrollér nummeret."),
    "cpr.modulus11": _l(
        "CPR-nummeret består ikke kontrolcifferet. Det kan være rigtigt, for eksempel ved fødselsdag "
        "1. januar. Kontrollér det for en sikkerheds skyld."
    ),
    "candidate.known": _l("Personen er allerede registreret hos jer. Åbn kandidatens side i stedet."),
    "candidate.caseworker": _l("Vælg en kollega, der har en åben konto ved jobcenteret."),
    "candidate.no_name": _l("Skriv kandidatens navn."),
    "candidate.phone": _l(
        "Telefonnummeret kan ikke læses. Skriv kun cifre, mellemrum og eventuelt + forrest."
    ),
    "candidate.email": _l("E-mailadressen kan ikke læses. Skriv den som navn@eksempel.dk."),
    "candidate.postcode": _l("Postnummeret skal være fire cifre."),
    "candidate.igu_start_without_igu": _l(
        "Kun kandidater på IGU har en IGU-start. Slet datoen, eller vælg ordningen IGU."
    ),
    "candidate.igu_start_too_early": _l("IGU-ordningen begyndte den 1. juli 2016. Kontrollér datoen."),
    "candidate.igu_start_too_late": _l(
        "IGU-starten ligger mere end tre år ude i fremtiden. Kontrollér årstallet."
    ),
    "language.module": _l("Modulet skal være et tal fra 1 til 6."),
    "language.no_track": _l("Vælg danskuddannelse, når modulet er angivet."),
    "language.below": _l(
        "Kandidaten har ikke bestået den danskprøve, holdet kræver. Du kan tilbyde pladsen alligevel."
    ),
    "language.exam_day_without_exam": _l("Vælg, hvilken prøve der er bestået, eller slet datoen."),
    "language.exam_day_ahead": _l("Prøven kan ikke være bestået i fremtiden. Kontrollér datoen."),
}
