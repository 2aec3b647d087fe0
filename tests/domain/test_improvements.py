"""Proposed changes decided bare: what a low score proposes, and what each decision needs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination.domain.errors import Invalid, Refused
from coordination.domain.evaluations import Finding, Question, QuestionKind
from coordination.domain.improvements import (
    ChangeSource,
    ChangeState,
    Decision,
    Proposal,
    decide,
    proposals_from,
    propose,
    quoted,
    undecided,
)

PROPOSED, ADOPTED, ADAPTED, DECLINED = ChangeState
QUESTIONS = (
    Question(1, QuestionKind.SCORE, required=True, text="Passede niveauet?", topic="Niveau"),
    Question(2, QuestionKind.SCORE, required=True, text="Fungerede lokalerne?"),
)
FINDINGS = (Finding(1, score=2, threshold=2), Finding(2, score=1, threshold=2))


def test_each_low_score_proposes_once():
    by_rule = proposals_from(QUESTIONS, FINDINGS, already_proposed={1})
    assert by_rule == (
        Proposal(ChangeSource.LOW_SCORE, "Fungerede lokalerne?", "Fungerede lokalerne?", 2, 1),
    )
    level, place = proposals_from(QUESTIONS, FINDINGS, ())
    assert (level.title, place.title) == ("Niveau", "Fungerede lokalerne?")


def test_somebody_words_a_proposal():
    worded = propose(ChangeSource.TEXT, " Tider ", " Start kl. 9 \r\n", 3)
    assert worded == Proposal(ChangeSource.TEXT, "Tider", "Start kl. 9", 3)
    assert propose(ChangeSource.TEXT, "Tider", "Start kl. 9", owner=" Skolen ").owner == "Skolen"
    with pytest.raises(Invalid) as invalid:
        propose(ChangeSource.TEXT, "Tider", "Start kl. 9", owner="x" * 121)
    assert invalid.value.errors == {"owner": ("text.too_long", {"most": 120})}


@pytest.mark.parametrize(
    ("wording", "code"), [("  ", "text.missing"), ("x" * 1001, "text.too_long"), ("a\x1b", "text.control")]
)
def test_a_proposal_needs_usable_words(wording, code):
    with pytest.raises(Invalid) as invalid:
        propose(ChangeSource.OWN, wording, wording)
    assert {field: problem[0] for field, problem in invalid.value.errors.items()} == {
        "title": code,
        "wording": code,
    }


def test_a_long_answer_is_quoted_in_part():
    assert quoted("x" * 1000) == "x" * 1000
    assert quoted("x" * 4000) == "x" * 999 + "…"


@pytest.mark.parametrize(
    ("decision", "reason", "wording", "settled"),
    [
        (ADOPTED, "", "", Decision(ADOPTED, "", "", "Skolen")),
        (ADOPTED, " god idé ", "overflødigt", Decision(ADOPTED, "god idé", "", "Skolen")),
        (ADAPTED, "", " Start kl. 10 ", Decision(ADAPTED, "", "Start kl. 10", "Skolen")),
        (ADAPTED, "bussen", "Start kl. 10", Decision(ADAPTED, "bussen", "Start kl. 10", "Skolen")),
        (DECLINED, "for dyrt", "overflødigt", Decision(DECLINED, "for dyrt", "", "")),
    ],
)
def test_a_decision_is_kept_with_its_words(decision, reason, wording, settled):
    decided = decide(
        PROPOSED,
        decision,
        reason=reason,
        wording=wording,
        owner=" Skolen ",
        proposed_wording="Start kl. 9",
        next_run_is_draft=True,
    )
    assert decided == settled


def test_the_name_of_who_carries_it_out_has_a_length():
    with pytest.raises(Invalid) as invalid:
        decide(PROPOSED, ADOPTED, owner="x" * 121, next_run_is_draft=True)
    assert invalid.value.errors == {"owner": ("text.too_long", {"most": 120})}


@pytest.mark.parametrize(
    ("decision", "reason", "wording", "field", "code"),
    [
        (DECLINED, " ", "", "reason", "text.missing"),
        (ADAPTED, "", " ", "wording", "text.missing"),
        (ADAPTED, "", " Start kl. 9", "wording", "change.wording_same"),
        (ADAPTED, "", "x" * 1001, "wording", "text.too_long"),
        (ADOPTED, "x" * 1001, "", "reason", "text.too_long"),
        (ADOPTED, "\0", "", "reason", "text.control"),
        (PROPOSED, "", "", "decision", "change.decision_missing"),
    ],
)
def test_a_decision_that_says_too_little_is_turned_down(decision, reason, wording, field, code):
    with pytest.raises(Invalid) as invalid:
        decide(
            PROPOSED,
            decision,
            reason=reason,
            wording=wording,
            proposed_wording="Start kl. 9",
            next_run_is_draft=True,
        )
    assert [(name, problem[0]) for name, problem in invalid.value.errors.items()] == [(field, code)]


@pytest.mark.parametrize("state", [ADOPTED, ADAPTED, DECLINED])
def test_a_decision_changes_only_while_the_next_run_is_a_draft(state):
    assert decide(state, ADOPTED, next_run_is_draft=True).state is ADOPTED
    with pytest.raises(Refused) as refused:
        decide(state, ADOPTED, next_run_is_draft=False)
    assert refused.value.code == "change.decided"


def test_a_late_proposal_can_be_decided_after_the_next_run_opened():
    assert decide(PROPOSED, ADOPTED, next_run_is_draft=False).state is ADOPTED


@pytest.mark.parametrize(
    ("changes", "count"), [([], 0), ([ADOPTED, DECLINED], 0), ([PROPOSED, ADAPTED, PROPOSED], 2)]
)
def test_only_proposed_changes_hold_the_next_run_back(changes, count):
    assert undecided(changes) == count


STATES = st.sampled_from(ChangeState)
WORDS = st.text(st.sampled_from(" aØ\n\0\ud800ع😀"), max_size=8)
SAID = st.fixed_dictionaries(dict.fromkeys(("reason", "wording", "owner", "proposed_wording"), WORDS))


@settings(max_examples=25, deadline=None)
@given(STATES, STATES, SAID, st.booleans())
def test_any_decision_is_settled_or_turned_down(state, decision, said, draft):
    try:
        decided = decide(state, decision, **said, next_run_is_draft=draft)
    except (Refused, Invalid):
        return
    assert undecided([decided.state]) == 0
    assert decided.wording or decision is not ADAPTED
    assert decided.reason or decision is not DECLINED
