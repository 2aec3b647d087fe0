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
    "attendance.remind_registers": _l("mindede om fremmøde, der mangler"),
    "attendance.save_roll_call": _l("gemte fremmøde"),
    "attendance.unlock_register": _l("låste fremmøde op"),
    "candidates.register": _l("registrerede"),
    "candidates.reveal_cpr": _l("så hele CPR-nummeret"),
    "candidates.save": _l("rettede"),
    "candidates.search": _l("søgte"),
    "course_runs.add_session": _l("tilføjede en undervisningsgang"),
    "course_runs.advance_runs": _l("gik videre efter kalenderen"),
    "course_runs.cancel_run": _l("aflyste"),
    "course_runs.cancel_session": _l("aflyste"),
    "course_runs.confirm_run": _l("bekræftede"),
    "course_runs.create": _l("oprettede"),
    "course_runs.open_run": _l("åbnede for indstillinger"),
    "course_runs.plan_next_run": _l("planlagde det næste hold"),
    "course_runs.plan_sessions": _l("planlagde undervisningsgange"),
    "course_runs.restore_session": _l("genoptog"),
    "course_runs.save": _l("rettede"),
    "course_runs.save_session": _l("rettede"),
    "enrolments.accept_seat": _l("tog imod pladsen"),
    "enrolments.confirm_participant": _l("godkendte deltageren"),
    "enrolments.decline_seat": _l("afslog pladsen"),
    "enrolments.drop_out": _l("registrerede frafald"),
    "enrolments.offer_seat": _l("tilbød pladser"),
    "enrolments.put_in_line": _l("satte på venteliste"),
    "enrolments.reject_participant": _l("afviste deltageren"),
    "enrolments.resume": _l("genoptog deltageren"),
    "enrolments.withdraw_offer": _l("trak tilbuddet tilbage"),
    "enrolments.expire_offers": _l("lod tilbuddet udløbe"),
    "evaluations.hand_back": _l("sendte tilbage"),
    "evaluations.open_evaluation": _l("åbnede"),
    "evaluations.review": _l("gennemgik"),
    "evaluations.save_answers": _l("gemte en kladde"),
    "evaluations.submit": _l("indsendte"),
    "exchange.discard_import": _l("slettede uden at indlæse"),
    "exchange.import_candidates": _l("indlæste kandidater"),
    "exchange.upload_candidates": _l("prøvede en fil"),
    "follow_ups.open": _l("åbnede"),
    "follow_ups.log_contact": _l("skrev en henvendelse"),
    "follow_ups.close": _l("lukkede"),
    "follow_ups.reopen": _l("genåbnede"),
    "improvements.carry_along": _l("tog forbedringsforslag med"),
    "improvements.decide": _l("afgjorde"),
    "improvements.propose": _l("foreslog"),
    "letters.send_again": _l("sendte igen"),
    "nominations.nominate": _l("indstillede"),
    "nominations.begin": _l("begyndte en kladde"),
    "nominations.change_wishes": _l("ændrede ønsker"),
    "nominations.complete": _l("afsluttede"),
    "nominations.wait": _l("satte på venteliste"),
    "nominations.confirm": _l("fik deltageren godkendt"),
    "nominations.reject": _l("fik deltageren afvist"),
    "nominations.drop_out": _l("registrerede frafald"),
    "nominations.resume": _l("genoptog"),
    "nominations.submit": _l("sendte til puljen"),
    "nominations.offer": _l("tilbød en plads"),
    "nominations.accept": _l("tog imod en plads"),
    "nominations.decline": _l("afslog en plads"),
    "nominations.return_to_pool": _l("satte tilbage i puljen"),
    "nominations.withdraw": _l("trak tilbage"),
    "nominations.expire": _l("lod udløbe"),
    "partnerships.create": _l("oprettede"),
    "partnerships.save": _l("rettede indstillinger"),
    "partnerships.appoint": _l("udpegede til koordinator"),
    "partnerships.end_appointment": _l("afsluttede udpegning"),
    "partnerships.add_standard_questions": _l("tilføjede standardspørgsmål"),
    "partnerships.add_municipality": _l("tilføjede"),
    "partnerships.save_municipality": _l("rettede"),
    "partnerships.add_school": _l("tilføjede"),
    "partnerships.join_school": _l("tilføjede til et samarbejde"),
    "partnerships.save_school": _l("rettede"),
    "partnerships.end_agreement": _l("tog ud af et samarbejde"),
    "partnerships.add_closing_day": _l("tilføjede en lukkedag"),
    "partnerships.remove_closing_day": _l("slettede en lukkedag"),
    "partnerships.add_sector": _l("tilføjede"),
    "partnerships.save_sector": _l("rettede"),
    "tracks.create": _l("oprettede"),
    "tracks.save": _l("rettede"),
    "tracks.add_module": _l("tilføjede et modul"),
    "tracks.save_module": _l("rettede et modul"),
    "tracks.move_module": _l("flyttede et modul"),
    "tracks.remove_module": _l("slettede et modul"),
}


def deed_name(deed: str) -> str:
    """The deed in words, or its code while it has none."""
    return str(DEEDS.get(deed, deed))


def subject_name(subject: str) -> str:
    """The kind of row in words, or its code while it has none."""
    return str(SUBJECTS.get(subject, subject))
