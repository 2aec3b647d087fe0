"""Words and sentences of the pool and of proposed allocations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import format_datetime, format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coordination.domain.pooling.pairs import Reason
from coordination.domain.pooling.problem import Goal
from coordination.domain.priorities import Priority
from coordination.domain.proposals import ChangeKind, ProposalState
from coordination.queries.proposals.naming import Told, ToldChange
from coordination.web import labels

WORDS = (
    {
        Priority.NORMAL: _l("almindelig"),
        Priority.HIGH: _l("forrang"),
    },
    {
        ProposalState.WAITING: _l("venter på at blive regnet"),
        ProposalState.SOLVING: _l("regnes"),
        ProposalState.READY: _l("klar"),
        ProposalState.FAILED: _l("mislykket"),
        ProposalState.CANCELLED: _l("stoppet"),
        ProposalState.PUBLISHED: _l("offentliggjort"),
    },
    {
        Goal.PLACED: _l("flest muligt i gang"),
        Goal.FAIR: _l("ligeligt mellem kommunerne"),
        Goal.STABLE: _l("fast i det, der er foreslået før"),
        Goal.COST: _l("billigst muligt"),
        Goal.WISH: _l("kandidaternes ønsker"),
    },
    {
        Reason.NOT_LAWFUL: _l("opfylder ikke betingelserne"),
        Reason.NO_WISH: _l("har ikke ønsket branchen"),
        Reason.LANGUAGE: _l("mangler den danskprøve, holdet anbefaler"),
        Reason.TRAVEL: _l("har for langt til skolen"),
        Reason.DEADLINE: _l("IGU-forløbet slutter før holdet"),
        Reason.UNAVAILABLE: _l("kan ikke komme på nogle af dagene"),
        Reason.WEEKS: _l("har for få uger tilbage"),
    },
    {
        ChangeKind.PERSON_GONE: _l("ikke længere i puljen"),
        ChangeKind.PERSON_NEW: _l("ny i puljen"),
        ChangeKind.PERSON_CHANGED: _l("oplysninger rettet"),
        ChangeKind.SEAT_TAKEN: _l("har fået en plads"),
        ChangeKind.SEAT_GIVEN_UP: _l("har mistet sin plads"),
        ChangeKind.RUN_GONE: _l("tager ikke længere imod"),
        ChangeKind.RUN_NEW: _l("nyt hold"),
        ChangeKind.RUN_CHANGED: _l("holdet er ændret"),
        ChangeKind.EMPLOYER_CHANGED: _l("arbejdsgiverens grænse er ændret"),
    },
)

GOALS = {
    Goal.PLACED: _l("Hver kandidat med en plads tæller 1 point, med forrang 2. Flest er bedst."),
    Goal.FAIR: _l("Hvor meget kommunerne tilsammen mangler i deres andele. 0 er bedst."),
    Goal.STABLE: _l("Pladser, der bliver stående fra det forrige forslag. Flest er bedst."),
    Goal.COST: _l("Prisen for de hold, der bliver gennemført. Lavest er bedst."),
    Goal.WISH: _l("100 point for en plads i førsteønsket, 70 i andet, 50 i tredje. Flest er bedst."),
}

CHANGES = {
    ChangeKind.PERSON_GONE: _l("%(about)s er ikke længere i puljen."),
    ChangeKind.PERSON_NEW: _l("%(about)s er kommet i puljen."),
    ChangeKind.PERSON_CHANGED: _l("Oplysninger om %(about)s er rettet: %(fields)s."),
    ChangeKind.SEAT_TAKEN: _l("%(about)s har fået en plads på %(run)s."),
    ChangeKind.SEAT_GIVEN_UP: _l("%(about)s har ikke længere plads på %(run)s."),
    ChangeKind.RUN_GONE: _l("%(about)s tager ikke længere imod kandidater."),
    ChangeKind.RUN_NEW: _l("%(about)s er åbnet for kandidater."),
    ChangeKind.RUN_CHANGED: _l("%(about)s er ændret: %(fields)s."),
    ChangeKind.EMPLOYER_CHANGED: _l("Grænsen for, hvor mange %(about)s kan undvære ad gangen, er ændret."),
}

CHANGED_FIELDS = {
    "sessions": _l("undervisningsgange"),
    "maximum": _l("antal pladser"),
    "minimum": _l("minimum"),
    "lang_min": _l("anbefalet dansk"),
    "cost": _l("pris"),
    "committed": _l("om starten er bekræftet"),
    "reserved": _l("pladser holdt fri"),
    "school": _l("skole"),
    "jobcenter": _l("kommune"),
    "employer": _l("arbejdsgiver"),
    "weight": _l("forrang"),
    "lang": _l("danskprøve"),
    "available": _l("hvornår kandidaten ikke kan komme"),
    "deadline": _l("hvornår IGU-forløbet slutter"),
    "lawful": _l("betingelser for IGU"),
    "max_travel": _l("længste rejsetid"),
    "travel": _l("rejsetid"),
    "wishes": _l("ønsker"),
}

PLAN = {
    "plan.unknown": _l("%(candidate)s eller %(run)s findes ikke i spørgsmålet."),
    "plan.not_eligible": _l("%(candidate)s passer ikke til %(run)s: %(reason)s."),
    "plan.above_maximum": _l("%(run)s får %(count)s på holdet og har kun %(maximum)s pladser."),
    "plan.below_minimum": _l("%(run)s får %(count)s på holdet og kræver mindst %(minimum)s."),
    "plan.lock_broken": _l("%(candidate)s er låst til %(run)s."),
    "plan.too_many_places": _l("%(candidate)s får %(count)s pladser og kan kun have %(max_places)s."),
    "plan.too_many_weeks": _l("%(candidate)s får %(weeks)s ugers skole og har %(weeks_left)s tilbage."),
    "plan.overlap": _l("%(candidate)s er låst til %(run)s og %(other)s, som ligger oven i hinanden."),
    "plan.same_course": _l("%(candidate)s er låst til %(run)s og %(other)s, som er samme brancheforløb."),
    "plan.employer_cap": _l(
        "%(employer)s ville undvære %(count)s den %(day)s og kan højst undvære %(cap)s ad gangen."
    ),
    "plan.quota": _l("%(jobcenter)s får %(count)s pladser på %(run)s og kan højst få %(quota)s."),
    "plan.reserved": _l(
        "%(run)s holder pladser fri til bestemte kommuner. Til andre er der %(free)s; her bruges %(beyond)s."
    ),
}

REFUSALS = {
    "proposal.locks_clash": _l("Låsene passer ikke sammen, så intet forslag kan findes: %(clashes)s"),
    "proposal.not_ready": _l("Det kan ikke gøres med forslaget nu. Tilstand: %(state)s."),
    "proposal.published": _l("Forslaget er offentliggjort og kan ikke ændres mere."),
    "proposal.published_first": _l(
        "%(who)s offentliggjorde forslaget %(at)s, før du nåede det. Pladserne er tilbudt én gang."
    ),
    "proposal.changed": _l(
        "Forslaget er ændret, siden du åbnede siden. Intet er gemt. Se det igen herunder, og prøv igen."
    ),
    "proposal.inputs_changed": _l(
        "Forslaget holder ikke længere, og intet er tilbudt. Siden det blev bedt om: %(changes)s"
    ),
    "proposal.breaks": _l("Det kan ikke lade sig gøre: %(clashes)s"),
    "proposal.under_way": _l("Forslag %(proposal_id)s bliver regnet lige nu. Vent, eller stop det først."),
    "proposal.not_under_way": _l("Forslaget bliver ikke regnet lige nu. Tilstand: %(state)s."),
    "proposal.holds_seat": _l("%(person)s har allerede en plads. Træk den tilbage på holdets side først."),
    "proposal.no_runs": _l(
        "Intet hold, der begynder efter i dag, tager imod kandidater. Åbn et hold med undervisning først."
    ),
    "proposal.nobody": _l("Der er ingen i puljen, som venter på en plads."),
    "proposal.time_limit": _l("Vælg mellem %(least)s og %(most)s sekunder."),
    "proposal.nobody_asks": _l("Den, der bad om forslaget, har ikke længere en konto. Bed om et nyt."),
    "proposal.again": _l("Søgningen blev afbrudt og begynder forfra."),
    "proposal.broke": _l(
        "Søgningen gik i stykker, og det står i loggen. Prøv igen, og sig det ellers til administratoren."
    ),
    "proposal.check": _l(
        "Søgningens svar brød en regel og blev kasseret; det står i loggen. Sig det til administratoren."
    ),
    "proposal.too_slow": _l("Tiden løb ud, før der var fundet et forslag. Giv søgningen mere tid."),
    "proposal.infeasible": _l(
        "Låsene og de pladser, der er givet, kan ikke holdes på én gang. Lås nogen op, og bed om et nyt."
    ),
    "proposal.no_reason": _l("Skriv, hvorfor kandidaten skal flyttes."),
    "proposal.no_run": _l("Vælg, hvor kandidaten skal flyttes hen."),
}

REASONS = {
    "plan.NOT_LAWFUL": _l("Betingelserne for IGU er ikke opfyldt."),
    "plan.NO_WISH": _l("Intet hold, der tager imod, hører til en branche, kandidaten har ønsket."),
    "plan.LANGUAGE": _l("%(run)s anbefaler en danskprøve, som kandidaten ikke har bestået."),
    "plan.TRAVEL": _l("Der er længere til skolen for %(run)s, end kandidaten kan rejse."),
    "plan.DEADLINE": _l("%(run)s slutter, efter at kandidatens IGU-forløb er slut."),
    "plan.UNAVAILABLE": _l("Kandidaten kan ikke komme på alle dagene på %(run)s."),
    "plan.WEEKS": _l("%(run)s varer flere uger, end kandidaten har tilbage."),
    "plan.NO_PLACES": _l("Kandidaten passer til %(run)s, men er holdt uden for fordelingen."),
    "plan.RUN_CLOSED": _l(
        "Kandidaten passer til %(run)s, men holdet åbner ikke: der mangler %(short)s til minimum."
    ),
    "plan.FEWER_STARTS": _l(
        "Kandidaten passer til %(run)s, men målet »%(goal)s« blev ringere, hvis holdet åbnede."
    ),
    "plan.RUN_FULL": _l("Kandidaten passer til %(run)s, men alle %(seated)s pladser er givet til andre."),
    "plan.QUOTA": _l("Kandidaten passer til %(run)s, men kommunen har de %(quota)s pladser, den kan få."),
    "plan.RESERVED": _l("Kandidaten passer til %(run)s, men resten af pladserne er til andre kommuner."),
    "plan.EMPLOYER_CAP": _l(
        "Kandidaten passer til %(run)s, men arbejdsgiveren kan højst undvære %(cap)s ad gangen."
    ),
    "plan.ROOM": _l("Kandidaten passer til %(run)s, men målene som helhed bliver bedst uden."),
    "plan.NO_CANDIDATES": _l("Ingen i puljen passer til holdet."),
    "plan.BELOW_MINIMUM": _l(
        "Mangler %(short)s til minimum på %(minimum)s. Ledige, der passer: %(fit)s. "
        "Passer, men har plads andetsteds: %(elsewhere)s. Holdet åbner, hvis %(short)s mere passer."
    ),
    "plan.NOT_WORTH": _l(
        "Der er nok, som passer, til minimum på %(minimum)s, men målet »%(goal)s« blev ringere, "
        "hvis holdet åbnede. Ledige, der passer: %(fit)s. Har plads andetsteds: %(elsewhere)s."
    ),
    "plan.ONLY_RUN": _l("Det er det eneste hold, kandidaten passer til (%(rank)s. ønske)."),
    "plan.FIRST_WISH": _l("Det er kandidatens første ønske."),
    "plan.BEST_WISH": _l("Det er det højeste af kandidatens ønsker, der passer (%(rank)s. ønske)."),
    "plan.HELPS_OPEN": _l(
        "Med pladsen når holdet sit minimum på %(minimum)s. Det er kandidatens %(rank)s. ønske."
    ),
    "plan.WISH": _l("Det er kandidatens %(rank)s. ønske. Sådan kan flest få en plads."),
    "plan.stays": _l("Pladsen er den samme som i det forrige forslag."),
    "plan.held": _l("Kandidaten har allerede pladsen."),
    "plan.decided": _l("Koordinatoren har bestemt det."),
    "plan.kept_out": _l("Koordinatoren har bestemt, at kandidaten venter."),
}
AHEAD = {
    "higher": _l("Så mange af dem har forrang: %(count)s."),
    "longer": _l("Så mange af dem har ventet længere: %(count)s."),
}

SENTENCES: dict[str, Any] = {**PLAN, **REFUSALS, **REASONS}


def goal_says(goal: Goal) -> str:
    """What the figure of a goal counts."""
    return str(GOALS[goal])


def goal_value(goal: Goal, value: int) -> str:
    """A figure of a goal as people say it."""
    if goal is Goal.COST:
        return _("%(amount)s kr.", amount=format_decimal(value))
    if goal is Goal.STABLE:
        return ngettext("%(num)s plads", "%(num)s pladser", value)
    return ngettext("%(num)s point", "%(num)s point", value)


def told(found: Told | ToldChange) -> str:
    """A reason, a broken rule or a change as a sentence."""
    if isinstance(found, ToldChange):
        fields = ", ".join(str(CHANGED_FIELDS.get(name, name)) for name in found.fields)
        return str(CHANGES[found.kind]) % {"about": found.about, "run": found.run, "fields": fields}
    facts = dict(found.facts)
    for name, kind in (("reason", Reason), ("goal", Goal)):
        if facts.get(name) in set(kind):
            facts[name] = kind(str(facts[name]))
    ahead = [str(text) % {"count": facts[name]} for name, text in AHEAD.items() if facts.get(name)]
    return " ".join((labels.sentence(found.code, facts), *ahead))


def _moment(at: datetime) -> str:
    return str(format_datetime(at, "short"))


TELLERS = {Told: told, ToldChange: told, datetime: _moment}
