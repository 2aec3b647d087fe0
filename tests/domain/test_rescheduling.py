"""A new plan in place of the old, and several sessions moved at once."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from coordination.domain.course_runs import PlannedSession
from coordination.domain.errors import Invalid, Refused
from coordination.domain.rescheduling import (
    Asked,
    SessionDeed,
    Shift,
    Standing,
    arrange,
    check_chosen,
    chosen,
    in_order,
    settle_changes,
    settle_shift,
)

MONDAY = date(2026, 12, 7)


def standing(key, offset, hour=9, **kwargs):
    return Standing(key, MONDAY + timedelta(days=offset), time(hour), time(hour + 3), 150, **kwargs)


def planned(offset, hour=9):
    return PlannedSession(MONDAY + timedelta(days=offset), time(hour), time(hour + 3), 180)


def test_a_new_plan_keeps_the_rows_it_can():
    rows = (standing(1, 0), standing(2, 2), standing(3, 7), standing(4, 9, cancelled=True))
    found = arrange(rows, (planned(2), planned(3), planned(9), planned(16), planned(17)))
    assert dict(found.kept) == {2: planned(2), 4: planned(9), 1: planned(3), 3: planned(16)}
    assert (found.left_over, found.added, found.moved) == ((), (planned(17),), 2)
    fewer = arrange(rows, (planned(7),))
    assert (fewer.kept, fewer.left_over, fewer.added) == (((3, planned(7)),), (1, 2, 4), ())
    assert (fewer.moved, fewer.called_off) == (0, 2)


def test_sessions_move_by_days_and_keep_their_pause():
    changes = settle_shift(Shift(7), (standing(1, 0), standing(2, 7)), {})
    assert [(change.id, change.after.day) for change in changes] == [
        (2, MONDAY + timedelta(days=14)),
        (1, MONDAY + timedelta(days=7)),
    ]
    back = settle_shift(Shift(-7), (standing(1, 0), standing(2, 7)), {})
    assert [change.id for change in back] == [1, 2]
    (later,) = settle_shift(Shift(0, time(12), time(16)), (standing(1, 0),), {})
    assert later.after == PlannedSession(MONDAY, time(12), time(16), 210)
    assert in_order(()) == ()


@pytest.mark.parametrize(
    ("shift", "field", "code"),
    [
        (Shift(), "days", "session.no_move"),
        (Shift(4000), "days", "session.too_far"),
        (Shift(0, time(9)), "end_time", "session.both_times"),
        (Shift(0, None, time(9)), "start_time", "session.both_times"),
        (Shift(0, time(9), time(8)), "end_time", "session.end_before_start"),
        (Shift(0, time(9), time(9, 20)), "break_minutes", "session.break"),
        (Shift(18), "days", "session.day_off"),
        (Shift(-1090), "days", None),
    ],
)
def test_a_move_that_cannot_be_is_refused_beside_its_field(shift, field, code):
    christmas = {MONDAY + timedelta(days=18): "Juledag"}
    if code is None:
        assert settle_shift(shift, (standing(1, 0),), christmas)
        return
    with pytest.raises(Invalid) as refused:
        settle_shift(shift, (standing(1, 0),), christmas)
    assert refused.value.errors[field][0] == code


def test_a_move_out_of_sensible_years_is_refused():
    old = Standing(1, date(2000, 1, 3), time(9), time(12), 180)
    with pytest.raises(Invalid) as refused:
        settle_shift(Shift(-30), (old,), {})
    assert refused.value.errors == {"days": ("plan.year", {})}


def test_only_what_the_deed_concerns_is_changed():
    live, gone, marked = standing(1, 0), standing(2, 1, cancelled=True), standing(3, 2, marked=True)
    assert check_chosen((live, gone), SessionDeed.CANCEL) == (live,)
    assert check_chosen((live, gone), SessionDeed.RESTORE) == (gone,)
    for picked, deed in (((), SessionDeed.MOVE), ((gone,), SessionDeed.MOVE), ((live,), SessionDeed.RESTORE)):
        with pytest.raises(Invalid) as refused:
            check_chosen(picked, deed)
        assert list(refused.value.errors) == ["sessions"]
    with pytest.raises(Refused) as stopped:
        check_chosen((live, marked), SessionDeed.MOVE)
    assert (stopped.value.code, stopped.value.facts) == ("session.has_marks_on", {"day": marked.day})


def test_sessions_are_chosen_one_by_one_or_from_day_to_day():
    rows = (standing(1, 0), standing(2, 7), standing(3, 8, marked=True), standing(4, 14))
    later, until = MONDAY + timedelta(days=7), MONDAY + timedelta(days=10)
    cases = (
        (Asked(SessionDeed.MOVE, frozenset({1, 9})), [1]),
        (Asked(SessionDeed.MOVE, frozenset({1}), later), [1, 2, 4]),
        (Asked(SessionDeed.MOVE, frozenset({3}), later, until), [2, 3]),
        (Asked(SessionDeed.MOVE, until_day=until), []),
    )
    for asked, ids in cases:
        assert [row.id for row in chosen(asked, rows)] == ids


def test_a_session_is_not_put_on_top_of_another():
    rows = (standing(1, 0), standing(2, 7), standing(3, 14, cancelled=True), standing(4, 0, hour=13))
    week = Shift(7)
    moved = settle_changes(Asked(SessionDeed.MOVE, frozenset({1, 2}), shift=Shift(1)), rows, {})
    assert [change.id for change in moved] == [2, 1]
    noon = Shift(0, time(11), time(14))
    for asked in (
        Asked(SessionDeed.MOVE, frozenset({1}), shift=week),
        Asked(SessionDeed.MOVE, frozenset({2}), shift=week),  # the cancelled one keeps its very start
        Asked(SessionDeed.MOVE, frozenset({1, 4}), shift=noon),
    ):
        with pytest.raises(Refused) as refused:
            settle_changes(asked, rows, {})
        assert refused.value.code == "session.same_time_on"
    assert len(settle_changes(Asked(SessionDeed.CANCEL, frozenset({1, 2, 3})), rows, {})) == 2
    (back,) = settle_changes(Asked(SessionDeed.RESTORE, frozenset({3})), rows, {})
    assert back.before == back.after
