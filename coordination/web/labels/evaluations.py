"""Words and sentences of evaluations and of the proposed changes that come of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from coordination.domain.evaluations import EvaluationDeed, EvaluationState, QuestionKind
from coordination.domain.improvements import ChangeSource, ChangeState

WORDS = (
    {
        EvaluationState.DRAFT: _l("ikke åbnet"),
        EvaluationState.OPEN: _l("åben for skolen"),
        EvaluationState.SUBMITTED: _l("indsendt"),
        EvaluationState.REVIEWED: _l("gennemgået"),
        EvaluationState.PUBLISHED: _l("offentliggjort"),
    },
    {
        EvaluationDeed.OPEN: _l("åbne"),
        EvaluationDeed.SUBMIT: _l("indsende"),
        EvaluationDeed.HAND_BACK: _l("sende tilbage"),
        EvaluationDeed.REVIEW: _l("gennemgå"),
        EvaluationDeed.PUBLISH: _l("offentliggøre"),
    },
    {
        QuestionKind.SCORE: _l("score"),
        QuestionKind.TEXT: _l("tekst"),
    },
    {
        ChangeState.PROPOSED: _l("ikke afgjort"),
        ChangeState.ADOPTED: _l("vedtaget"),
        ChangeState.ADAPTED: _l("tilpasset"),
        ChangeState.DECLINED: _l("afvist"),
    },
    {
        ChangeSource.LOW_SCORE: _l("lav score"),
        ChangeSource.TEXT: _l("svar med ord"),
        ChangeSource.FIGURE: _l("tal fra holdet"),
        ChangeSource.OWN: _l("koordinatorens egen idé"),
    },
)


SENTENCES = {
    "evaluation.not_open": _l(
        "Evalueringen er ikke åbnet for skolen endnu. Spørg koordinatoren, hvornår den åbner."
    ),
    "evaluation.submitted": _l(
        "Evalueringen er indsendt og kan ikke ændres. "
        "Bed koordinatoren om at sende den tilbage, hvis noget skal rettes."
    ),
    "evaluation.foreign_question": _l(
        "Et af svarene hører til et spørgsmål, som ikke er med i denne evaluering. Intet er gemt. "
        "Genindlæs siden, og prøv igen."
    ),
    "evaluation.move": _l(
        "Det kan ikke lade sig gøre, for evalueringen har skiftet status. "
        "Genindlæs siden, og se hvad der kan gøres nu."
    ),
    "evaluation.conflict": _l(
        "En kollega har gemt kladden imens. Intet er gemt. Sammenlign med kollegaens svar, og gem igen."
    ),
    "evaluation.due_missing": _l("Skriv den dag, skolen senest skal indsende evalueringen igen."),
    "evaluation.due_past": _l("Fristen er allerede gået. Vælg i dag eller en senere dag."),
    "answer.score_missing": _l(
        "Vælg et tal på skalaen. Spørgsmålet skal besvares, før evalueringen kan indsendes."
    ),
    "answer.score_range": _l("Vælg et tal fra %(lowest)s til %(highest)s."),
    "change.decided": _l(
        "Forbedringsforslaget er afgjort, og det næste hold er åbnet, så afgørelsen kan ikke ændres. "
        "Skriv et nyt forslag, hvis noget skal laves om."
    ),
    "change.decision_missing": _l("Vælg, om forslaget vedtages, tilpasses eller afvises."),
    "change.wording_same": _l(
        "Teksten er den samme som i forslaget. Skriv den nye ordlyd, eller vælg »vedtaget«."
    ),
    "text.missing": _l("Skriv noget her. Feltet skal udfyldes."),
    "text.too_long": _l("Teksten er for lang. Skriv højst %(most)s tegn."),
    "text.control": _l("Teksten indeholder tegn, som ikke kan vises. Slet dem, eller skriv teksten igen."),
}
