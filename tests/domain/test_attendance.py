"""The register decided bare: what is stored, what is refused, and what is never touched."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination.domain.attendance import (
    Cause,
    Change,
    Conflict,
    CurrentMark,
    Mark,
    MarkInput,
    MarkStatus,
    RegisterState,
    absence_share,
    attended_minutes,
    editable,
    is_no_show,
    is_unlocked,
    may_unlock,
    record_of,
    register_state,
    remaining,
    rest_present,
    settle_roll_call,
)
from coordination.domain.errors import Invalid, Refused, Stale

PRESENT, LATE, LEFT_EARLY, ABSENT = MarkStatus
ROSTER = frozenset({1, 2, 3})
LESSON = 300


def stored(enrolment_id=1, status=PRESENT, minutes=0, **other):
    values = {"cause": None, "announced": False, "comment": "", "version": 1} | other
    return CurrentMark(enrolment_id, status, minutes, **values)


def absent(enrolment_id=1, **other):
    return stored(enrolment_id, ABSENT, LESSON, **({"cause": Cause.UNKNOWN} | other))


def settle(*rows, current=()):
    return settle_roll_call(ROSTER, LESSON, {mark.enrolment_id: mark for mark in current}, rows)


@pytest.mark.parametrize(
    ("row", "minutes", "cause"),
    [
        (MarkInput(1, PRESENT, 40, Cause.WORK, announced=True), 0, None),
        (MarkInput(1, LATE, 1), 1, Cause.UNKNOWN),
        (MarkInput(1, LEFT_EARLY, 299, Cause.TRANSPORT), 299, Cause.TRANSPORT),
        (MarkInput(1, ABSENT), LESSON, Cause.UNKNOWN),
        (MarkInput(1, ABSENT, 7, Cause.WORK), LESSON, Cause.WORK),
    ],
)
def test_a_status_settles_minutes_and_cause(row, minutes, cause):
    [mark] = settle(row).new
    assert (mark.minutes_missed, mark.cause) == (minutes, cause)


def test_only_absence_without_notice_is_a_no_show():
    saved = settle(MarkInput(1, ABSENT), MarkInput(2, ABSENT, announced=True), MarkInput(3, LATE, 299))
    assert saved.no_shows == (1,)
    assert [is_no_show(mark) for mark in saved.new] == [True, False, False]


def test_a_correction_keeps_the_old_mark_beside_the_new():
    old = absent(announced=False)
    saved = settle(MarkInput(1, PRESENT, seen_version=1), current=[old])
    new = Mark(1, PRESENT, 0, cause=None, announced=False, comment="")
    assert saved.changed == (Change(old, new),)
    assert (saved.new, saved.no_shows, saved.corrected_no_shows) == ((), (), (1,))


def test_a_late_notice_corrects_a_no_show_and_taking_it_back_makes_it_one():
    told = settle(MarkInput(1, ABSENT, announced=True, seen_version=1), current=[absent()])
    assert (told.corrected_no_shows, told.no_shows) == ((1,), ())
    untold = settle(MarkInput(1, ABSENT, seen_version=1), current=[absent(announced=True)])
    assert (untold.corrected_no_shows, untold.no_shows) == ((), (1,))


def test_a_no_show_saved_again_opens_nothing_new():
    saved = settle(MarkInput(1, ABSENT, cause=Cause.WORK, seen_version=1), current=[absent()])
    assert (len(saved.changed), saved.no_shows, saved.corrected_no_shows) == (1, (), ())


def test_what_the_marker_is_not_shown_stays():
    old = absent(cause=Cause.OWN_ILLNESS, comment="ringede kl. 8")
    assert settle(MarkInput(1, ABSENT, seen_version=1), current=[old]).unchanged == (1,)
    [change] = settle(MarkInput(1, LATE, 30, seen_version=1), current=[old]).changed
    assert (change.new.cause, change.new.comment) == (Cause.OWN_ILLNESS, "ringede kl. 8")


def test_what_the_marker_empties_goes():
    old = absent(cause=Cause.OWN_ILLNESS, comment="ringede kl. 8")
    row = MarkInput(1, ABSENT, cause=Cause.UNKNOWN, comment="  ", seen_version=1)
    [change] = settle(row, current=[old]).changed
    assert (change.new.cause, change.new.comment) == (Cause.UNKNOWN, "")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([MarkInput(1, PRESENT), MarkInput(4, PRESENT)], "roll_call.foreign_row"),
        ([MarkInput(1, PRESENT), MarkInput(1, ABSENT)], "roll_call.double_row"),
    ],
)
def test_a_forged_register_is_refused_whole(rows, code):
    with pytest.raises(Refused) as refused:
        settle(*rows)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("row", "field", "problem"),
    [
        (MarkInput(1, LATE), "minutes_1", ("mark.minutes_missing", {})),
        (MarkInput(1, LATE, 0), "minutes_1", ("mark.minutes_range", {"most": 299})),
        (MarkInput(1, LEFT_EARLY, LESSON), "minutes_1", ("mark.minutes_range", {"most": 299})),
        (MarkInput(1, LEFT_EARLY, -1), "minutes_1", ("mark.minutes_range", {"most": 299})),
        (MarkInput(1, ABSENT, comment="x" * 501), "comment_1", ("text.too_long", {"most": 500})),
        (MarkInput(1, ABSENT, comment="a\0b"), "comment_1", ("text.control", {})),
        (MarkInput(1, ABSENT, comment="\ud800"), "comment_1", ("text.control", {})),
    ],
)
def test_bad_fields_are_named(row, field, problem):
    with pytest.raises(Invalid) as invalid:
        settle(row, MarkInput(2, PRESENT))
    assert invalid.value.errors == {field: problem}


def test_a_comment_of_two_lines_in_any_script_is_kept():
    [mark] = settle(MarkInput(1, PRESENT, comment=" første\r\nسطر ثان ")).new
    assert mark.comment == "første\nسطر ثان"


@pytest.mark.parametrize("seen_version", [0, 1, 3])
def test_two_markers_see_both_values_and_nothing_is_settled(seen_version):
    theirs = absent(2, version=2)
    with pytest.raises(Stale) as stale:
        settle(MarkInput(1, PRESENT), MarkInput(2, LATE, 20, seen_version=seen_version), current=[theirs])
    mine = Mark(2, LATE, 20, Cause.UNKNOWN, announced=False, comment="")
    assert stale.value.code == "roll_call.conflict"
    assert stale.value.facts == {"conflicts": (Conflict(theirs, mine),)}


def test_a_mark_taken_away_since_is_a_conflict():
    with pytest.raises(Stale) as stale:
        settle(MarkInput(1, PRESENT, seen_version=2))
    [conflict] = stale.value.facts["conflicts"]
    assert (conflict.theirs, conflict.mine.status) == (None, PRESENT)


def test_a_double_click_changes_nothing_and_conflicts_with_nobody():
    saved = settle(MarkInput(1, PRESENT, seen_version=0), current=[stored(version=1)])
    assert (saved.new, saved.changed, saved.unchanged) == ((), (), (1,))


def test_the_rest_is_set_to_present_and_nobody_else():
    current = {1: absent(1)}
    rows = rest_present(ROSTER, current)
    assert [(row.enrolment_id, row.status, row.seen_version) for row in rows] == [
        (2, PRESENT, 0),
        (3, PRESENT, 0),
    ]
    assert [mark.enrolment_id for mark in settle_roll_call(ROSTER, LESSON, current, rows).new] == [2, 3]


@pytest.mark.parametrize(
    ("marked", "state", "left"),
    [
        (set(), RegisterState.NOT_TAKEN, {1, 2, 3}),
        ({9}, RegisterState.NOT_TAKEN, {1, 2, 3}),
        ({1, 9}, RegisterState.PARTLY, {2, 3}),
        ({1, 2, 3}, RegisterState.TAKEN, set()),
    ],
)
def test_the_register_is_taken_when_nobody_on_the_roster_is_left(marked, state, left):
    assert register_state(ROSTER, marked) is state
    assert remaining(ROSTER, marked) == left


def test_a_register_without_anybody_lacks_nothing():
    assert register_state(frozenset(), {}) is RegisterState.TAKEN


TODAY = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("days_ago", "unlocked", "code", "facts"),
    [
        (-1, True, "roll_call.future", {"day": date(2026, 3, 21)}),
        (15, False, "roll_call.locked", {"days": 14}),
    ],
)
def test_a_register_is_shut_before_its_day_and_after_the_window(days_ago, unlocked, code, facts):
    with pytest.raises(Refused) as refused:
        editable(TODAY - timedelta(days=days_ago), TODAY, 14, unlocked=unlocked)
    assert (refused.value.code, refused.value.facts) == (code, facts)


@pytest.mark.parametrize(("days_ago", "unlocked"), [(0, False), (14, False), (15, True), (400, True)])
def test_a_register_is_open_through_the_window_and_when_unlocked(days_ago, unlocked):
    editable(TODAY - timedelta(days=days_ago), TODAY, 14, unlocked=unlocked)


def test_a_cancelled_session_has_no_register():
    with pytest.raises(Refused, match=r"roll_call\.cancelled"):
        editable(TODAY, TODAY, 14, unlocked=True, cancelled=True)


@pytest.mark.parametrize(("days_ago", "unlocked"), [(0, False), (14, False), (15, True)])
def test_only_a_locked_register_is_unlocked(days_ago, unlocked):
    with pytest.raises(Refused, match=r"roll_call\.not_locked"):
        may_unlock(TODAY - timedelta(days=days_ago), TODAY, 14, unlocked=unlocked)
    may_unlock(TODAY - timedelta(days=15), TODAY, 14, unlocked=False)


@pytest.mark.parametrize(("days_ago", "unlocked"), [(None, False), (0, True), (14, True), (15, False)])
def test_an_unlocked_register_closes_again(days_ago, unlocked):
    day = None if days_ago is None else TODAY - timedelta(days=days_ago)
    assert is_unlocked(day, TODAY, 14) is unlocked


@pytest.mark.parametrize(("planned", "missed", "left"), [(300, 0, 300), (300, 20, 280), (240, 300, 0)])
def test_attended_minutes_are_what_was_not_missed(planned, missed, left):
    assert attended_minutes(planned, stored(status=ABSENT, minutes=missed)) == left


@pytest.mark.parametrize(
    ("planned", "missed", "share"), [(0, 0, None), (600, 0, 0.0), (600, 60, 0.1), (300, 900, 1.0)]
)
def test_the_absence_share_counts_only_marked_sessions(planned, missed, share):
    assert absence_share(planned, missed) == share


def test_a_record_shows_the_last_five_and_counts_all():
    marks = [absent(), stored(), absent(announced=True), stored(status=LATE, minutes=5), absent(), absent()]
    record = record_of(marks)
    assert record.last == (PRESENT, ABSENT, LATE, ABSENT, ABSENT)
    assert (record.absences, record.no_shows, record.no_shows_in_a_row) == (4, 3, 2)
    assert record_of([]).last == ()


WORDS = st.text(st.sampled_from(" aØ\n\0\ud800ع😀"), max_size=4)
CAUSES = st.none() | st.sampled_from(Cause)
STATUSES = st.sampled_from(MarkStatus)
WILD = st.builds(
    MarkInput,
    st.integers(1, 4),
    STATUSES,
    st.none() | st.integers(-1, 310),
    CAUSES,
    st.booleans(),
    st.none() | WORDS,
    st.integers(0, 2),
)
FIT = st.tuples(STATUSES, st.integers(1, LESSON - 1), CAUSES, st.booleans(), st.sampled_from(["", "a"]))


@st.composite
def registers(draw):
    """Marks on some of the roster, and fit rows for some, typed in sight of the newest version."""
    current = {
        someone: CurrentMark(someone, *draw(FIT), version=draw(st.integers(1, 3)))
        for someone in draw(st.sets(st.sampled_from([1, 2, 3])))
    }
    rows = [
        MarkInput(someone, *draw(FIT), current[someone].version if someone in current else 0)
        for someone in draw(st.lists(st.sampled_from([1, 2, 3]), unique=True))
    ]
    return current, rows


@settings(max_examples=40, deadline=None)
@given(registers())
def test_only_the_rows_given_are_touched_and_old_values_are_kept(register):
    current, rows = register
    saved = settle_roll_call(ROSTER, LESSON, current, rows)
    fresh = [mark.enrolment_id for mark in saved.new]
    touched = fresh + [change.new.enrolment_id for change in saved.changed]
    assert sorted([*touched, *saved.unchanged]) == sorted(row.enrolment_id for row in rows)
    assert all(current[change.new.enrolment_id] is change.old for change in saved.changed)
    assert current.keys().isdisjoint(fresh)
    assert {*saved.no_shows, *saved.corrected_no_shows} <= set(touched)
    assert set(saved.no_shows).isdisjoint(saved.corrected_no_shows)


@settings(max_examples=40, deadline=None)
@given(registers())
def test_saving_the_same_again_changes_nothing(register):
    current, rows = register
    saved = settle_roll_call(ROSTER, LESSON, current, rows)
    written = [*saved.new, *(change.new for change in saved.changed)]
    now = current | {mark.enrolment_id: CurrentMark(*_said(mark), version=9) for mark in written}
    again = settle_roll_call(ROSTER, LESSON, now, rows)
    assert (again.new, again.changed) == ((), ())
    assert (again.no_shows, again.corrected_no_shows) == ((), ())


def _said(mark):
    return (
        mark.enrolment_id,
        mark.status,
        mark.minutes_missed,
        mark.cause,
        mark.announced,
        mark.comment,
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(WILD, max_size=4), registers(), st.integers(-1, LESSON))
def test_any_register_is_settled_or_turned_down(rows, register, planned):
    try:
        saved = settle_roll_call(ROSTER, planned, register[0], rows)
    except (Refused, Invalid, Stale):
        return
    assert len(saved.new) + len(saved.changed) + len(saved.unchanged) == len(rows)
