"""Words and sentences of course runs and their sessions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from coordination.domain.course_runs import RunDeed, RunState
from coordination.domain.decisions import Verdict
from coordination.domain.rescheduling import SessionDeed

WORDS = (
    {
        RunState.DRAFT: _l("kladde"),
        RunState.OPEN: _l("åbent"),
        RunState.CONFIRMED: _l("bekræftet"),
        RunState.RUNNING: _l("i gang"),
        RunState.ENDED: _l("afsluttet"),
        RunState.EVALUATED: _l("evalueret"),
        RunState.CANCELLED: _l("aflyst"),
    },
    {
        RunDeed.OPEN: _l("åbne"),
        RunDeed.CONFIRM: _l("bekræfte"),
        RunDeed.START: _l("begynde"),
        RunDeed.END: _l("afslutte"),
        RunDeed.EVALUATE: _l("evaluere"),
        RunDeed.CANCEL: _l("aflyse"),
    },
    {
        Verdict.START: _l("Ja, holdet starter"),
        Verdict.STOP: _l("Nej, holdet starter ikke"),
    },
    {
        SessionDeed.MOVE: _l("Flyt"),
        SessionDeed.CANCEL: _l("Aflys"),
        SessionDeed.RESTORE: _l("Fortryd aflysning"),
    },
)

SENTENCES = {
    "run.move": _l("Det kan ikke gøres med holdet, som det står nu. Genindlæs siden, og prøv igen."),
    "run.no_sessions": _l("Holdet har ingen undervisningsgange. Planlæg dem, før holdet åbnes."),
    "run.changes_undecided": _l(
        "Forbedringsforslag fra det forrige hold mangler en beslutning (antal: %(count)s). "
        "Tag stilling til dem, før holdet åbnes."
    ),
    "run.minimum_too_low": _l("Mindste antal deltagere skal være mindst 1."),
    "run.capacity_too_high": _l("Et hold kan højst have %(most)s pladser."),
    "run.capacity_below_minimum": _l(
        "Antal pladser skal være mindst lige så stort som mindste antal deltagere (%(minimum)s)."
    ),
    "run.capacity_below_held": _l(
        "%(held)s pladser er allerede tilbudt eller besat. "
        "Træk først tilbud tilbage, eller vælg et større antal."
    ),
    "run.reserved_above_capacity": _l(
        "Der er reserveret %(reserved)s pladser, men holdet har kun %(capacity)s. "
        "Reservér færre, eller vælg et større antal pladser."
    ),
    "run.reserved_above_free": _l(
        "Der er reserveret %(reserved)s pladser, og andre har allerede fået %(held)s. "
        "Det er flere end holdets %(capacity)s. Reservér færre."
    ),
    "run.closed": _l("Holdet er afsluttet eller aflyst, så planen kan ikke længere ændres."),
    "run.school": _l("Skolen har ingen aftale med samarbejdet. Vælg en skole på listen."),
    "run.decide_after_start": _l(
        "Beslutningen skal træffes senest på holdets første dag, den %(day)s. Vælg en tidligere dato."
    ),
    "run.substitutes_after_end": _l("Holdet slutter den %(day)s. Vælg en tidligere dato."),
    "run.release_after_start": _l(
        "Holdet begynder den %(day)s. Frigiv pladserne senest den dag, eller lad datoen være tom."
    ),
    "run.warn_days": _l("Skriv et antal dage fra 0 til %(most)s."),
    "run.price": _l("Prisen kan højst være %(most)s kr."),
    "run.decider": _l("Vælg en af samarbejdets koordinatorer på listen."),
    "run.reserved_outside": _l("Der kan kun reserveres pladser til samarbejdets egne kommuner."),
    "run.no_question_set": _l(
        "Samarbejdet har ingen spørgsmål til skolens evaluering. Bed administratoren om at oprette dem først."
    ),
    "run.draft_has_no_next": _l("Holdet er selv en kladde. Åbn det, før det næste hold planlægges."),
    "session.end_before_start": _l("Sluttidspunktet skal ligge efter starttidspunktet."),
    "session.break": _l(
        "Pausen skal være 0 minutter eller mere og kortere end undervisningsgangen på %(minutes)s minutter."
    ),
    "session.overlap": _l(
        "Holdet har allerede undervisning på samme tid (antal dage: %(count)s, den første %(day)s). "
        "Vælg andre tider, eller erstat de nuværende undervisningsgange."
    ),
    "session.has_marks": _l(
        "Der er registreret fremmøde på undervisningsgangen, "
        "så den kan ikke flyttes, aflyses eller erstattes."
    ),
    "session.same_time": _l(
        "Holdet har allerede undervisning på det tidspunkt. Vælg en anden dag eller tid."
    ),
    "session.same_time_on": _l(
        "Holdet har allerede undervisning på samme tid den %(day)s. Vælg en anden dag eller tid."
    ),
    "session.school_busy": _l(
        "»%(run)s« har undervisning på skolen på samme tid den %(day)s (antal dage i alt: %(count)s). "
        "Vælg andre tider, eller sæt kryds, hvis skolen har plads til begge."
    ),
    "session.day_off": _l("Den %(day)s er der ingen undervisning: %(reason)s. Vælg et andet antal dage."),
    "session.last_one": _l(
        "Så har holdet ingen undervisningsgange tilbage. Aflys hele holdet i stedet, eller planlæg nye først."
    ),
    "session.both_times": _l("Skriv både start- og sluttidspunkt, eller lad begge være tomme."),
    "session.no_move": _l("Skriv, hvor mange dage der skal flyttes, eller nye tider."),
    "session.too_far": _l("Undervisningsgange kan højst flyttes %(most)s dage."),
    "session.none_chosen": _l("Vælg mindst én undervisningsgang, der ikke er aflyst."),
    "session.none_cancelled": _l("Vælg mindst én aflyst undervisningsgang."),
    "session.has_marks_on": _l(
        "Der er registreret fremmøde den %(day)s, så den undervisningsgang kan ikke flyttes eller aflyses. "
        "Fjern krydset ved den."
    ),
    "session.module": _l("Modulet hører ikke til brancheforløbet. Vælg et modul på listen."),
    "session.not_cancelled": _l("Undervisningsgangen er ikke aflyst."),
    "session.already_cancelled": _l("Undervisningsgangen er allerede aflyst."),
    "plan.no_weekday": _l("Vælg mindst én ugedag."),
    "plan.no_end": _l("Angiv en sidste dag eller et antal undervisningsgange."),
    "plan.end_before_start": _l("Sidste dag ligger før første dag. Ret en af datoerne."),
    "plan.year": _l("Årstallet skal ligge mellem 2000 og 2100. Kontrollér datoen."),
    "plan.no_sessions": _l(
        "Der er ingen undervisningsgange i planen. Vælg flere ugedage, en senere sidste dag "
        "eller et antal på mindst 1."
    ),
    "plan.too_many": _l(
        "Et hold kan højst have %(most)s undervisningsgange. "
        "Vælg en tidligere sidste dag eller et mindre antal."
    ),
    "plan.no_weeks": _l("Skriv ugerne, for eksempel 2-4, 7."),
    "plan.weeks_unreadable": _l("»%(text)s« er ikke et ugenummer. Skriv for eksempel 2-4, 7."),
    "plan.no_such_week": _l("Der er ingen uge %(week)s i %(year)s."),
    "plan.no_days": _l("Skriv mindst én dato."),
    "plan.day_unreadable": _l(
        "»%(text)s« er ikke en dato, der findes. Skriv for eksempel 24-12-2026, og sæt komma mellem datoerne."
    ),
}
