"""Evaluations decided bare: which answers hold, which moves there are, and what a low score finds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination.domain.errors import Invalid, Refused, Stale
from coordination.domain.evaluations import (
    MOVES,
    Answer,
    EvaluationDeed,
    EvaluationState,
    Finding,
    HandedBack,
    Question,
    QuestionKind,
    check_answers,
    check_seen,
    fillable,
    findings,
    hand_back,
    is_overdue,
    move,
    needs_reminder,
    new_due,
    submit,
)

LEVEL = Question(1, QuestionKind.SCORE, required=True, text="Passede niveauet?")
PLACE = Question(2, QuestionKind.SCORE, required=False, text="Fungerede lokalerne?", threshold=3)
ADVICE = Question(3, QuestionKind.TEXT, required=True, text="Hvad skal næste hold gøre anderledes?")
QUESTIONS = (LEVEL, PLACE, ADVICE)
COMPLETE = {1: Answer(4), 3: Answer(text="Mere praksis")}
DRAFT, OPEN, SUBMITTED, REVIEWED, PUBLISHED = EvaluationState


def errors_of(answers, *, final):
    with pytest.raises(Invalid) as invalid:
        check_answers(QUESTIONS, answers, final=final)
    return invalid.value.errors


def test_a_draft_may_be_unfinished_and_keeps_what_says_something():
    answers = {1: Answer(2, " for svært \r\n"), 2: Answer(), 3: Answer(text="  ")}
    assert check_answers(QUESTIONS, answers, final=False) == {1: Answer(2, "for svært")}
    assert check_answers(QUESTIONS, {}, final=False) == {}


def test_a_final_one_lacks_no_required_answer():
    assert check_answers(QUESTIONS, COMPLETE, final=True) == COMPLETE
    assert errors_of({1: Answer(text="kun ord"), 3: Answer(text=" ")}, final=True) == {
        "question_1": ("answer.score_missing", {}),
        "question_3": ("text.missing", {}),
    }


@pytest.mark.parametrize("final", [True, False])
@pytest.mark.parametrize(
    ("question_id", "answer", "problem"),
    [
        (1, Answer(0), ("answer.score_range", {"lowest": 1, "highest": 5})),
        (1, Answer(6), ("answer.score_range", {"lowest": 1, "highest": 5})),
        (2, Answer(3, "x" * 4001), ("text.too_long", {"most": 4000})),
        (2, Answer(None, "\0"), ("text.control", {})),
        (3, Answer(text="x" * 4001), ("text.too_long", {"most": 4000})),
        (3, Answer(text="a\0"), ("text.control", {})),
    ],
)
def test_bad_answers_are_named_beside_their_question(question_id, answer, problem, final):
    assert errors_of(COMPLETE | {question_id: answer}, final=final) == {f"question_{question_id}": problem}


def test_an_answer_to_a_question_of_another_set_is_refused():
    with pytest.raises(Refused) as refused:
        check_answers(QUESTIONS, {9: Answer(3)}, final=False)
    assert refused.value.code == "evaluation.foreign_question"


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (DRAFT, "evaluation.not_open"),
        (OPEN, None),
        (SUBMITTED, "evaluation.submitted"),
        (REVIEWED, "evaluation.submitted"),
        (PUBLISHED, "evaluation.submitted"),
    ],
)
def test_only_an_open_evaluation_is_filled_in_and_submitted(state, code):
    if code is None:
        fillable(state)
        assert submit(state, QUESTIONS, COMPLETE).state is SUBMITTED
        return
    for deed in (lambda: fillable(state), lambda: submit(state, QUESTIONS, COMPLETE)):
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.code == code


def test_submitting_finds_the_low_scores():
    done = submit(OPEN, QUESTIONS, COMPLETE | {1: Answer(2)})
    assert done.answers == COMPLETE | {1: Answer(2)}
    assert done.findings == (Finding(1, score=2, threshold=2),)


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({1: Answer(3), 2: Answer(4)}, []),
        ({1: Answer(2), 2: Answer(3)}, [1, 2]),
        ({2: Answer(1), 1: Answer(1)}, [1, 2]),
        ({1: Answer(None, "ord alene")}, []),
        ({3: Answer(1, "et tal på en tekst")}, []),
    ],
)
def test_a_score_at_or_below_its_threshold_is_a_finding(answers, found):
    assert [finding.question_id for finding in findings(QUESTIONS, answers)] == found


@pytest.mark.parametrize("state", EvaluationState)
@pytest.mark.parametrize("deed", EvaluationDeed)
def test_every_move_is_in_the_table_or_refused(state, deed):
    if (state, deed) in MOVES:
        assert move(state, deed) is MOVES[state, deed]
        return
    with pytest.raises(Refused) as refused:
        move(state, deed)
    assert (refused.value.code, refused.value.facts) == ("evaluation.move", {"state": state, "deed": deed})


def test_the_way_from_draft_to_published():
    state = DRAFT
    for deed in EvaluationDeed:
        state = move(state, deed) if deed is not EvaluationDeed.HAND_BACK else state
    assert state is PUBLISHED
    assert move(SUBMITTED, EvaluationDeed.HAND_BACK) is OPEN


def test_a_colleagues_newer_draft_is_not_written_over():
    check_seen(3, 3)
    with pytest.raises(Stale) as stale:
        check_seen(4, 3)
    assert stale.value.code == "evaluation.conflict"


DUE = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("state", "days_after", "overdue"),
    [(DRAFT, 1, True), (OPEN, 1, True), (OPEN, 0, False), (SUBMITTED, 9, False), (PUBLISHED, 9, False)],
)
def test_overdue_is_past_the_deadline_and_not_submitted(state, days_after, overdue):
    assert is_overdue(state, DUE, DUE + timedelta(days=days_after)) is overdue


@pytest.mark.parametrize(
    ("state", "days_after", "last_days_after", "expected"),
    [
        (OPEN, -4, None, False),
        (OPEN, -3, None, True),
        (OPEN, -1, -3, False),
        (OPEN, 0, -3, False),
        (OPEN, 1, -3, True),
        (OPEN, 1, 0, True),
        (OPEN, 9, 1, False),
        (OPEN, 9, None, True),
        (DRAFT, 1, None, False),
        (SUBMITTED, 1, None, False),
    ],
)
def test_the_school_is_reminded_once_before_and_once_after_the_deadline(
    state, days_after, last_days_after, expected
):
    last = None if last_days_after is None else DUE + timedelta(days=last_days_after)
    assert needs_reminder(state, DUE, DUE + timedelta(days=days_after), last) is expected


def test_a_submitted_one_is_sent_back_with_a_reason_and_a_new_deadline():
    assert hand_back(SUBMITTED, " se spørgsmål 2 ", DUE, DUE) == HandedBack(OPEN, "se spørgsmål 2", DUE)
    with pytest.raises(Invalid) as invalid:
        hand_back(SUBMITTED, " ", DUE, DUE + timedelta(days=1))
    assert invalid.value.errors == {
        "reason": ("text.missing", {}),
        "due_on": ("evaluation.due_past", {}),
    }
    with pytest.raises(Invalid) as invalid:
        hand_back(SUBMITTED, "se spørgsmål 2", None, DUE)
    assert invalid.value.errors == {"due_on": ("evaluation.due_missing", {})}
    with pytest.raises(Refused):
        hand_back(REVIEWED, "se spørgsmål 2", DUE, DUE)


@pytest.mark.parametrize(("days_after", "suggested"), [(-30, 0), (-7, 0), (-6, 1), (1, 8)])
def test_who_gets_it_back_has_at_least_a_week(days_after, suggested):
    assert new_due(DUE, DUE + timedelta(days=days_after)) == DUE + timedelta(days=suggested)


WORDS = st.text(st.sampled_from(" aØ\n\0\ud800ع😀"), max_size=6)
ANSWERS = st.dictionaries(
    st.integers(1, 4), st.builds(Answer, st.none() | st.integers(-1, 7), WORDS), max_size=4
)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(EvaluationState), ANSWERS)
def test_any_answers_are_settled_or_turned_down(state, answers):
    try:
        done = submit(state, QUESTIONS, answers)
    except (Refused, Invalid):
        return
    assert done.answers.keys() <= answers.keys()
    assert check_answers(QUESTIONS, done.answers, final=True) == done.answers
    assert all(done.answers[finding.question_id].score <= finding.threshold for finding in done.findings)
