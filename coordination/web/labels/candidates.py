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
    "target_group": _l("Målgruppe for IGU"),
    "residence_since": _l("Ophold i Danmark siden"),
    "employer_private": _l("Privat virksomhed"),
    "agreement_signed_on": _l("IGU-aftalen underskrevet den"),
    "agreement_in_vitas_on": _l("IGU-aftalen indberettet i VITAS den"),
    "plan_ready_on": _l("Undervisningsplanen klar den"),
    "vitas_reference": _l("Reference i VITAS"),
    "igu_extended_until": _l("IGU forlænget til og med"),
    "igu_extension_reason": _l("Årsag til forlængelsen"),
    "practice_days": _l("Faste dage i virksomheden"),
    "most_travel_minutes": _l("Længste rejse til skole"),
    "contact_name": _l("Kontaktperson"),
    "contact_phone": _l("Kontaktpersonens telefon"),
    "contact_role": _l("Kontaktpersonens rolle"),
}
"""What each field of a candidate is called, on forms, in the history and in files."""

SENTENCES = {
    "cpr.length": _l("CPR-nummeret skal have ti cifre. Skriv det som DDMMÅÅ-NNNN."),
    "cpr.leading_zero": _l(
        "CPR-nummeret har kun ni cifre. Excel har nok fjernet nullet forrest: "
        "formatér kolonnen som tekst i Excel, og skriv nullet på igen."
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
    "candidate.igu_start_before": _l(
        "En IGU kan tidligst begynde den %(day)s (%(source)s). Kontrollér datoen."
    ),
    "candidate.igu_start_after": _l("En IGU kan senest begynde den %(day)s (%(source)s). Kontrollér datoen."),
    "igu.not_on_igu": _l("Det hører til en IGU. Slet det, eller vælg ordningen IGU."),
    "igu.ahead": _l("Datoen ligger i fremtiden. Skriv den, når det er sket."),
    "igu.residence_before_birth": _l("Opholdet kan ikke være begyndt før fødslen den %(day)s."),
    "igu.too_early": _l("IGU-ordningen begyndte den %(day)s. Kontrollér datoen."),
    "igu.reported_before_signed": _l(
        "Aftalen kan ikke være indberettet, før den blev underskrevet den %(day)s. Kontrollér datoerne."
    ),
    "igu.extension_day_missing": _l("Skriv, til og med hvilken dag IGU-forløbet er forlænget."),
    "igu.extension_reason_missing": _l("Vælg, hvorfor IGU-forløbet er forlænget."),
    "igu.extension_without_start": _l("Skriv først IGU-starten. Uden den kan forløbet ikke forlænges."),
    "igu.extension_too_short": _l(
        "IGU-forløbet varer allerede til og med %(day)s. En forlængelse skal slutte senere."
    ),
    "igu.extension_too_long": _l(
        "Forlængelsen går mere end tre år ud over den %(day)s. Kontrollér årstallet."
    ),
    "candidate.travel": _l("Skriv minutter den ene vej, fra 1 til %(most)s, eller lad feltet stå tomt."),
    "contact.no_name": _l("Skriv kontaktpersonens navn."),
    "language.module": _l("Modulet skal være et tal fra 1 til 6."),
    "language.no_track": _l("Vælg danskuddannelse, når modulet er angivet."),
    "language.below": _l(
        "Kandidaten har ikke bestået den danskprøve, holdet kræver. Du kan tilbyde pladsen alligevel."
    ),
    "language.exam_day_without_exam": _l("Vælg, hvilken prøve der er bestået, eller slet datoen."),
    "language.exam_day_ahead": _l("Prøven kan ikke være bestået i fremtiden. Kontrollér datoen."),
}
