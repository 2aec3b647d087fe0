"""The lists of reasons: an administrator keeps them, deeds choose from them, old codes keep their name."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from coordination import access
from coordination.domain.actors import Language
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.errors import Invalid, NotFound, Refused
from coordination.domain.reasons import MAX_CODE, ReasonKind
from coordination.models import AuditEntry, CourseRun, Reason
from coordination.queries import reasons as queries
from coordination.queries.evaluations.facts import facts_of
from coordination.services import reasons as services
from tests.factories import make_participant, make_run

KIND = ReasonKind.PARK


@pytest.fixture
def listed(everything):
    """The codes of a list in their order, those that are switched off in brackets."""

    def read(kind=KIND):
        with everything():
            return [row.code if row.active else f"({row.code})" for row in queries.entries(kind)]

    return read


def key(everything, code, kind=KIND):
    with everything() as session:
        return session.scalar(select(Reason.id).where(Reason.kind == kind, Reason.code == code))


def test_every_deed_begins_with_a_list_in_both_languages(world, act):
    with act(world.caseworker):
        for kind in ReasonKind:
            danish, english = queries.choices(kind, Language.DANISH), queries.choices(kind, Language.ENGLISH)
            assert [code for code, _ in danish] == [code for code, _ in english]
            assert danish[-1] == ("other", "anden årsag")
            assert english[-1] == ("other", "another reason")


def test_a_new_reason_stands_last_and_can_be_chosen(world, act, everything, now, listed):
    before = listed()
    with act(world.admin):
        names = {"name": " Venter på  bolig ", "name_en": ""}
        made = services.add(world.admin, KIND, **names, now=now)
    assert listed() == [*before, "venter_paa_bolig"]
    with act(world.caseworker):
        assert services.settle_reason(KIND, "venter_paa_bolig") == "venter_paa_bolig"
        assert queries.choices(KIND, Language.ENGLISH)[-1] == ("venter_paa_bolig", "Venter på bolig")
    with everything() as session:
        entry = session.scalar(select(AuditEntry).where(AuditEntry.deed == "reasons.add"))
        assert (entry.actor_id, entry.subject_id) == (world.admin.user_id, made)
        assert entry.facts == {"kind": "park", "code": "venter_paa_bolig"}


def test_a_new_name_reaches_what_was_decided_before(world, act, everything, now):
    other = key(everything, "other")
    with act(world.admin):
        services.save(world.admin, other, name="noget andet", name_en="something else", now=now)
    with act(world.caseworker):
        assert queries.names(Language.DANISH)[KIND, "other"] == "noget andet"
        assert queries.names(Language.ENGLISH)[KIND, "other"] == "something else"
        assert queries.names(Language.DANISH)[ReasonKind.DECLINE, "other"] == "anden årsag"


def test_a_reason_that_is_switched_off_keeps_its_name_but_is_not_chosen(world, act, everything, now, listed):
    childcare = key(everything, "childcare")
    with act(world.admin):
        services.switch_off(world.admin, childcare, now=now)
    assert "(childcare)" in listed()
    with act(world.caseworker):
        assert "childcare" not in dict(queries.choices(KIND, Language.DANISH))
        assert queries.names(Language.DANISH)[KIND, "childcare"] == "mangler børnepasning"
        with pytest.raises(Invalid):
            services.settle_reason(KIND, "childcare")
    with act(world.admin):
        services.switch_on(world.admin, childcare, now=now)
    assert "childcare" in listed()


def test_one_reason_always_stays(world, act, everything, now, listed):
    codes = listed()
    keys = [key(everything, code) for code in codes]
    with act(world.admin):
        for reason_id in keys[:-1]:
            services.switch_off(world.admin, reason_id, now=now)
    with pytest.raises(Refused, match=r"reason\.last"), act(world.admin):
        services.switch_off(world.admin, keys[-1], now=now)
    assert listed() == [*(f"({code})" for code in codes[:-1]), "other"]
    with act(world.admin):
        park = next(row for row in queries.overview_page(world.admin).lists if row.kind is KIND)
        assert [row.last for row in park.rows] == [False] * (len(codes) - 1) + [True]


@pytest.mark.parametrize(
    ("name", "name_en", "field"),
    [("", "", "name"), ("x" * 121, "", "name"), ("Anden ÅRSAG", "", "name"), ("ny", "y" * 121, "name_en")],
)
def test_names_that_cannot_be_used_change_nothing(world, act, everything, now, listed, name, name_en, field):
    before = listed()
    with pytest.raises(Invalid) as invalid, act(world.admin):
        services.add(world.admin, KIND, name=name, name_en=name_en, now=now)
    assert list(invalid.value.errors) == [field]
    childcare = key(everything, "childcare")
    with pytest.raises(Invalid), act(world.admin):
        services.save(world.admin, childcare, name=name, name_en=name_en, now=now)
    assert listed() == before


def test_a_reason_may_keep_its_own_name(world, act, everything, now):
    childcare = key(everything, "childcare")
    with act(world.admin):
        services.save(world.admin, childcare, name="Mangler børnepasning", name_en="", now=now)
        assert queries.edit_page(world.admin, childcare).values["name"] == "Mangler børnepasning"


def test_two_long_names_get_two_codes(world, act, now, listed):
    with act(world.admin):
        for last in "ab":
            services.add(world.admin, KIND, name="lang " * 20 + last, name_en="", now=now)
    codes = listed()[-2:]
    assert len(set(codes)) == 2
    assert all(len(code) <= MAX_CODE for code in codes)


def test_the_order_is_the_administrators(world, act, everything, now, listed):
    first, second, *rest = listed()
    moved = key(everything, second)
    with act(world.admin):
        services.move(world.admin, moved, -1, now=now)
    assert listed() == [second, first, *rest]
    with act(world.admin):
        services.move(world.admin, moved, -1, now=now)
    assert listed() == [second, first, *rest]


def test_only_what_schools_read_can_be_kept_from_them(world, act, everything, now):
    with act(world.admin):
        services.add(world.admin, ReasonKind.DROP_OUT, name="barsel", name_en="", private=True, now=now)
        services.add(world.admin, ReasonKind.PARK, name="barsel", name_en="", private=True, now=now)
    with act(world.admin):
        assert "barsel" in queries.private_codes(ReasonKind.DROP_OUT)
        assert "barsel" not in queries.private_codes(ReasonKind.PARK)


def test_a_reason_that_is_not_there(world, act, now):
    with pytest.raises(NotFound), act(world.admin):
        services.switch_off(world.admin, 999_999, now=now)


def test_figures_tell_a_reason_unless_it_is_private(world, act, everything, now):
    with act(world.admin):
        names = {"private": True, "name": "barsel", "name_en": "maternity leave"}
        services.add(world.admin, ReasonKind.DROP_OUT, **names, now=now)
    with everything():
        run = make_run(world, state=RunState.RUNNING, starts_on=date(2026, 11, 2))
        run_id = run.id
        for reason in ("barsel", "other", "got_job", None):
            make_participant(
                world,
                run,
                world.caseworker,
                world.municipality,
                state=EnrolmentState.DROPPED_OUT,
                drop_out_reason=reason,
                left_on=date(2026, 11, 16),
            )
    with act(world.teacher):
        facts = facts_of(world.teacher, access.one(CourseRun, run_id), date(2026, 11, 23))
    assert facts.reasons == (("anden årsag", 3), ("har fået arbejde", 1))
