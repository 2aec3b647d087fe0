"""Follow-ups decided bare: what a no-show opens, what comes after a call, and how the case closes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination.domain.errors import Invalid, Refused
from coordination.domain.follow_ups import (
    Channel,
    CloseReason,
    Closing,
    ContactInput,
    ContactOutcome,
    FollowUpState,
    Step,
    Trigger,
    choose_next,
    close,
    is_overdue,
    next_contact,
    plan_follow_up,
    reopen,
    settle_contact,
)

THURSDAY = date(2026, 4, 30)
HOLIDAYS = {date(2026, 5, 1)}
MONDAY, TUESDAY = date(2026, 5, 4), date(2026, 5, 5)
OPEN, CLOSED = FollowUpState


def plan(earlier, *, first=False, in_a_row=1, due_days=2):
    return plan_follow_up(
        earlier,
        first_session=first,
        in_a_row=in_a_row,
        today=THURSDAY,
        due_days=due_days,
        holidays=HOLIDAYS,
    )


@pytest.mark.parametrize(
    ("earlier", "first", "in_a_row", "trigger", "step"),
    [
        (0, True, 1, Trigger.FIRST_DAY, Step.CALL_CANDIDATE),
        (0, False, 1, Trigger.NO_SHOW, Step.CALL_CANDIDATE),
        (1, False, 1, Trigger.NO_SHOW, Step.CALL_CANDIDATE),
        (1, False, 2, Trigger.IN_A_ROW, Step.CALL_CANDIDATE),
        (2, False, 1, Trigger.NO_SHOW, Step.MEET_JOBCENTER),
        (2, False, 3, Trigger.IN_A_ROW, Step.MEET_JOBCENTER),
        (9, True, 1, Trigger.FIRST_DAY, Step.MEET_JOBCENTER),
    ],
)
def test_the_third_no_show_brings_the_jobcenter_to_the_table(earlier, first, in_a_row, trigger, step):
    planned = plan(earlier, first=first, in_a_row=in_a_row)
    assert (planned.trigger, planned.step) == (trigger, step)


@pytest.mark.parametrize(("due_days", "due"), [(0, THURSDAY), (1, MONDAY), (2, TUESDAY)])
def test_the_due_date_counts_working_days(due_days, due):
    assert plan(0, due_days=due_days).due == due


def contact(outcome, *, earlier=0, step=Step.CALL_CANDIDATE, state=OPEN, note=""):
    given_contact = ContactInput(Channel.PHONE, outcome, note)
    return settle_contact(
        state, step, given_contact, earlier_attempts=earlier, today=THURSDAY, holidays=HOLIDAYS
    )


@pytest.mark.parametrize(
    ("outcome", "earlier", "step", "day"),
    [
        (ContactOutcome.REACHED_RETURNS, 0, Step.CALL_CANDIDATE, date(2026, 5, 8)),
        (ContactOutcome.REACHED_NEEDS_HELP, 0, Step.MEET_JOBCENTER, TUESDAY),
        (ContactOutcome.REACHED_DECLINES, 0, Step.MEET_JOBCENTER, None),
        (ContactOutcome.NO_ANSWER, 0, Step.CALL_CANDIDATE, MONDAY),
        (ContactOutcome.NO_ANSWER, 1, Step.CALL_CANDIDATE, MONDAY),
        (ContactOutcome.NO_ANSWER, 2, Step.MEET_JOBCENTER, None),
        (ContactOutcome.WRONG_NUMBER, 5, Step.CALL_SCHOOL, MONDAY),
    ],
)
def test_the_outcome_says_what_comes_next_and_when(outcome, earlier, step, day):
    settled = contact(outcome, earlier=earlier)
    assert (settled.next_step, settled.next_contact) == (step, day)


@pytest.mark.parametrize("outcome", ContactOutcome)
def test_a_meeting_once_called_for_stays_called_for(outcome):
    assert contact(outcome, step=Step.MEET_JOBCENTER).next_step is Step.MEET_JOBCENTER


def test_a_contact_is_kept_as_told():
    settled = contact(ContactOutcome.NO_ANSWER, note=" lagt besked ")
    assert (settled.channel, settled.outcome, settled.note) == (
        Channel.PHONE,
        ContactOutcome.NO_ANSWER,
        "lagt besked",
    )


@pytest.mark.parametrize(("note", "code"), [("x" * 1001, "text.too_long"), ("\x07", "text.control")])
def test_a_contact_with_an_unfit_note_is_turned_down(note, code):
    with pytest.raises(Invalid) as invalid:
        contact(ContactOutcome.NO_ANSWER, note=note)
    assert invalid.value.errors["note"][0] == code


def test_a_closed_follow_up_takes_no_contact_and_no_second_closing():
    for deed in (
        lambda: contact(ContactOutcome.NO_ANSWER, state=CLOSED),
        lambda: close(CLOSED, CloseReason.BACK_IN_CLASS, ""),
    ):
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.code == "follow_up.closed"


@pytest.mark.parametrize("reason", [reason for reason in CloseReason if reason is not CloseReason.OTHER])
def test_a_reason_from_the_list_closes(reason):
    assert close(OPEN, reason, " ") == Closing(CLOSED, reason, "")


@pytest.mark.parametrize(
    ("note", "code"), [(" ", "text.missing"), ("x" * 1001, "text.too_long"), ("\x07", "text.control")]
)
def test_another_reason_needs_a_usable_note(note, code):
    with pytest.raises(Invalid) as invalid:
        close(OPEN, CloseReason.OTHER, note)
    assert invalid.value.errors["note"][0] == code
    assert close(OPEN, CloseReason.OTHER, "flyttet hold").note == "flyttet hold"


def test_only_a_closed_follow_up_reopens():
    assert reopen(CLOSED) is OPEN
    with pytest.raises(Refused) as refused:
        reopen(OPEN)
    assert refused.value.code == "follow_up.open"


@pytest.mark.parametrize(
    ("state", "due", "overdue"),
    [(OPEN, THURSDAY, False), (OPEN, THURSDAY - timedelta(days=1), True), (CLOSED, date(2020, 1, 1), False)],
)
def test_overdue_is_open_and_past_its_day(state, due, overdue):
    assert is_overdue(state, due, THURSDAY) is overdue


DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
OUTCOMES = st.sampled_from(ContactOutcome)
NOTES = st.text(st.sampled_from(" aØ\n\0\ud800ع😀"), max_size=8)


@settings(max_examples=25, deadline=None)
@given(DAYS, st.integers(0, 30), st.integers(0, 9), OUTCOMES, st.sets(DAYS, max_size=3))
def test_a_due_date_is_never_in_the_past_nor_on_a_holiday(today, due_days, earlier, outcome, holidays):
    planned = plan_follow_up(
        earlier, first_session=False, in_a_row=1, today=today, due_days=due_days, holidays=holidays
    )
    days = [planned.due, next_contact(outcome, earlier + 1, today, holidays) or planned.due]
    assert all(day >= today and day not in holidays for day in days)


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(FollowUpState),
    st.sampled_from(Step),
    st.builds(ContactInput, st.sampled_from(Channel), OUTCOMES, NOTES),
    st.integers(0, 9),
)
def test_any_contact_is_settled_or_turned_down(state, step, given_contact, earlier):
    try:
        settled = settle_contact(
            state, step, given_contact, earlier_attempts=earlier, today=THURSDAY, holidays=HOLIDAYS
        )
    except (Refused, Invalid):
        return
    assert state is OPEN
    assert settled.next_contact is None or settled.next_contact > THURSDAY


SOON = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("proposed", "wished", "chosen"), [(SOON, None, SOON), (None, None, None), (SOON, THURSDAY, THURSDAY)]
)
def test_the_next_contact_is_the_one_wished_for_else_the_proposed(proposed, wished, chosen):
    assert choose_next(proposed, wished, THURSDAY) == chosen


@pytest.mark.parametrize("days", [-1, 91])
def test_the_next_contact_lies_ahead_and_not_too_far(days):
    with pytest.raises(Invalid) as refused:
        choose_next(SOON, THURSDAY + timedelta(days=days), THURSDAY)
    assert refused.value.errors == {"next_contact_on": ("follow_up.next_contact", {"days": 90})}
