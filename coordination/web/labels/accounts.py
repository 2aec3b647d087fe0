"""Words and sentences of accounts: states, permissions, and why something is refused."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from coordination.domain.accounts import AccountState
from coordination.domain.permissions import Permission

WORDS = {
    AccountState.INVITED: _l("inviteret"),
    AccountState.ACTIVE: _l("aktiv"),
    AccountState.CLOSED: _l("lukket"),
    Permission.SEE_START_PAGE: _l("Se sin startside"),
    Permission.MANAGE_OWN_ACCOUNT: _l("Skifte egen adgangskode og eget sprog"),
    Permission.SEE_PERMISSIONS: _l("Se hvem der må hvad"),
    Permission.SEE_CANDIDATE: _l("Se kandidater"),
    Permission.REGISTER_CANDIDATE: _l("Registrere nye kandidater"),
    Permission.EDIT_CANDIDATE: _l("Rette kandidater"),
    Permission.REVEAL_CPR: _l("Se et helt CPR-nummer, hvilket skrives i loggen"),
    Permission.CHECK_DUPLICATE: _l("Slå op, om nogen allerede er indstillet"),
    Permission.IMPORT_CANDIDATES: _l("Indlæse kandidater fra en fil"),
    Permission.EXPORT_CANDIDATES: _l("Hente en liste over kandidater"),
    Permission.SEE_NOMINATION: _l("Se indstillinger"),
    Permission.SETTLE_BASIS: _l("Forny grundlaget for at dele en kandidat eller trække det tilbage"),
    Permission.NOMINATE: _l("Indstille kandidater, sætte dem på pause og trække indstillinger tilbage"),
    Permission.SEE_TRANSFER: _l("Se flytninger til og fra egen kommune"),
    Permission.OFFER_TRANSFER: _l("Flytte en kandidat til en anden kommune"),
    Permission.ANSWER_TRANSFER: _l("Sige ja eller nej til en kandidat, der flytter hertil"),
    Permission.USE_THREAD: _l("Læse og skrive i tråden om en kandidat"),
    Permission.SAVE_VIEW: _l("Gemme egne visninger af en liste"),
    Permission.SEARCH: _l("Søge blandt det, man selv må se"),
    Permission.SEE_POOL: _l("Se puljen; et jobcenter ser andres kandidater som koder"),
    Permission.PROPOSE_ALLOCATION: _l("Lade værktøjet foreslå en fordeling, rette den og offentliggøre den"),
    Permission.SET_PRIORITY: _l("Give en kandidat forrang i puljen"),
    Permission.SEE_CALENDAR: _l("Se kalenderen over hold og abonnere på den"),
    Permission.SEE_EMPLOYER: _l("Se virksomheder"),
    Permission.MANAGE_EMPLOYERS: _l("Oprette virksomheder og rette, hvor mange de kan undvære"),
    Permission.PLAN_TRAVEL: _l("Rette rejsetider til skolerne"),
    Permission.CONFIRM_START: _l("Svare på, om en deltager kommer til første dag"),
    Permission.SEE_TRACK: _l("Se brancheforløb"),
    Permission.PLAN_TRACK: _l("Oprette og rette brancheforløb"),
    Permission.SEE_COURSE_RUN: _l("Se hold"),
    Permission.PLAN_COURSE_RUN: _l("Planlægge hold"),
    Permission.OFFER_SEAT: _l("Tilbyde pladser og føre venteliste"),
    Permission.ANSWER_OFFER: _l("Tage imod eller afslå en tilbudt plads"),
    Permission.ANSWER_PARTICIPANT: _l("Godkende eller afvise en deltager"),
    Permission.SEE_REGISTER: _l("Se fremmøde"),
    Permission.TAKE_REGISTER: _l("Registrere fremmøde"),
    Permission.UNLOCK_REGISTER: _l("Låse gammelt fremmøde op"),
    Permission.SEE_FOLLOW_UP: _l("Se opfølgninger"),
    Permission.WORK_FOLLOW_UP: _l("Skrive henvendelser, lukke og genåbne opfølgninger"),
    Permission.SEE_EVALUATION: _l("Se evalueringer"),
    Permission.FILE_EVALUATION: _l("Udfylde og indsende evalueringer"),
    Permission.REVIEW_EVALUATION: _l("Gennemgå evalueringer"),
    Permission.SEE_PROPOSED_CHANGE: _l("Se forbedringsforslag"),
    Permission.DECIDE_PROPOSED_CHANGE: _l("Afgøre forbedringsforslag"),
    Permission.MANAGE_USERS: _l("Invitere, rette og lukke brugere"),
    Permission.MANAGE_PARTNERSHIPS: _l("Rette samarbejder, kommuner, skoler og brancher"),
    Permission.MANAGE_RULES: _l("Rette regler og satser for IGU"),
    Permission.SEE_LETTERS: _l("Se breve og sende dem igen"),
    Permission.MANAGE_REASONS: _l("Holde listerne over årsager"),
    Permission.SEE_AUDIT_LOG: _l("Se loggen"),
}

SENTENCES = {
    "account.email": _l("E-mailadressen kan ikke læses. Skriv den som navn@eksempel.dk."),
    "account.email_taken": _l(
        "Der er allerede en bruger med den e-mailadresse. Find den på listen over brugere."
    ),
    "account.place_missing": _l("Vælg, hvor personen arbejder."),
    "account.own": _l("Du kan ikke lukke din egen bruger. Bed en anden administrator om det."),
    "account.own_role": _l("Du kan ikke skifte din egen rolle. Bed en anden administrator om det."),
    "account.already_closed": _l("Brugeren er allerede lukket."),
    "account.not_closed": _l("Brugeren er ikke lukket."),
    "account.not_invited": _l(
        "Brugeren har allerede valgt en adgangskode eller er lukket, så der er ingen invitation at sende."
    ),
    "invitation.ended": _l(
        "Linket er brugt, afløst af et nyere eller for gammelt. Har du valgt en adgangskode, så log ind. "
        "Ellers bed din administrator om en ny invitation."
    ),
}
