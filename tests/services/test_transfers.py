"""A person moves to another municipality: offered, confirmed by CPR number, carried out, or called off."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from coordination.adapters.cpr_vault import vault_from
from coordination.db import Base, OwnedByMunicipality, db
from coordination.db.guard import guarded_classes
from coordination.domain.attendance import MarkStatus
from coordination.domain.errors import Invalid, NotFound, Refused
from coordination.domain.transfers import TransferState
from coordination.models import (
    AuditEntry,
    Candidate,
    CourseSession,
    Enrolment,
    Letter,
    Mark,
    Nomination,
    NominationMove,
    NominationWish,
    PersonView,
    Transfer,
)
from coordination.queries import transfers as queries
from coordination.services import transfers as services
from coordination.services.transfers.carrying_out import FOLLOWING, LEFT
from tests.factories import (
    CREATED,
    make_candidate,
    make_follow_up,
    make_mark,
    make_participant,
    make_run,
    make_transfer,
    save,
)

CPR = "0203841116"
VAULT = vault_from(("t1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",), "hash" * 10)
TODAY = date(2026, 11, 23)
STAYING = {"candidate_imports", "import_mappings"}
"""Tables of a jobcenter's own work that name no person."""


@pytest.fixture
def person(world, everything):
    """Somebody with a seat, a mark, a follow-up and a view; returns the id."""
    with everything() as session:
        run = make_run(world)
        seat = make_participant(world, run, world.caseworker, world.municipality, name="Amira Flytter")
        candidate = session.get(Candidate, seat.candidate_id)
        candidate.cpr_hash = VAULT.fingerprint(CPR)
        lesson = session.scalars(
            sa.select(CourseSession).where(CourseSession.course_run_id == run.id).order_by(CourseSession.day)
        ).first()
        make_mark(seat, lesson, world.coordinator, status=MarkStatus.ABSENT)
        make_follow_up(seat, lesson)
        save(
            PersonView(
                municipality_id=world.municipality,
                candidate_id=candidate.id,
                user_id=world.coordinator.user_id,
                purpose="test",
                at=CREATED,
            )
        )
        return candidate.id


@pytest.fixture
def offer(world, act, now, person):
    def begin(day=TODAY, to=None, note=""):
        with act(world.caseworker):
            return services.offer(
                world.caseworker, person, to or world.other_municipality, day, note, today=TODAY, now=now
            )

    return begin


@pytest.fixture
def accept(world, act, now):
    def answer(transfer_id, cpr=CPR, actor=None, caseworker=None):
        actor = actor or world.other_caseworker
        with act(actor):
            return services.accept(
                actor,
                transfer_id,
                cpr,
                caseworker or world.other_caseworker.user_id,
                vault=VAULT,
                today=TODAY,
                now=now,
            )

    return answer


def letters(session):
    return sorted(tuple(row) for row in session.execute(sa.select(Letter.letter, Letter.recipient_id)))


def owners(session, person):
    """The owner of each row about the person, by table."""
    found = {}
    for model in guarded_classes():
        column = getattr(model, "candidate_id", None)
        if issubclass(model, OwnedByMunicipality) and column is not None:
            rows = session.execute(sa.select(model.municipality_id).where(column == person))
            found[model.__tablename__] = set(rows.scalars())
    return found


def test_everything_about_the_person_changes_owner_on_the_day(world, everything, offer, accept, person):
    made = offer()
    assert accept(made)
    with everything() as session:
        row = session.get(Candidate, person)
        assert (row.municipality_id, row.caseworker_id) == (
            world.other_municipality,
            world.other_caseworker.user_id,
        )
        assert set().union(*owners(session, person).values()) == {world.other_municipality}
        nomination = session.scalars(sa.select(Nomination)).one()
        assert nomination.caseworker_id == world.other_caseworker.user_id
        assert nomination.submitted_at is not None
        for model in (NominationWish, NominationMove, Enrolment, Mark):
            assert set(session.scalars(sa.select(model.municipality_id))) == {world.other_municipality}
        assert session.get(Transfer, made).state is TransferState.DONE
        assert letters(session) == sorted(
            [
                ("transfer_offered", world.other_caseworker.user_id),
                ("transfer_accepted", world.caseworker.user_id),
                ("transfer_done", world.caseworker.user_id),
                ("transfer_done", world.other_caseworker.user_id),
            ]
        )


def test_the_giver_reaches_nothing_afterwards_and_the_receiver_nothing_before(
    world, act, everything, offer, accept, person
):
    made = offer()
    seen = {}
    for moment in ("before", "after"):
        if moment == "after":
            accept(made)
        for name in ("caseworker", "other_caseworker"):
            with act(getattr(world, name)):
                seen[moment, name] = db.session.scalar(sa.select(sa.func.count(Candidate.id)))
                nominated = db.session.scalar(sa.select(sa.func.count(Nomination.id)))
                assert nominated == seen[moment, name]
    assert seen == {
        ("before", "caseworker"): 1,
        ("before", "other_caseworker"): 0,
        ("after", "caseworker"): 0,
        ("after", "other_caseworker"): 1,
    }


@pytest.mark.postgresql
def test_row_level_security_agrees(world, act, cluster, offer, accept, person):
    if not cluster.app_url.startswith("postgresql"):
        pytest.skip("SQLite has no row-level security")
    made = offer()
    count = sa.text(
        "SELECT (SELECT count(*) FROM candidates) + (SELECT count(*) FROM marks) + (SELECT count(*) FROM"
        " person_views) + (SELECT count(*) FROM nomination_moves)"
    )
    for moment in ("before", "after"):
        if moment == "after":
            accept(made)
        for name, reaches in (("caseworker", moment == "before"), ("other_caseworker", moment == "after")):
            with act(getattr(world, name)) as session:
                unguarded = session.connection().execution_options(unguarded=True)
                assert (unguarded.execute(count).scalar() > 0) is reaches, (moment, name)


def test_after_the_deed_the_session_has_its_own_reach_again(world, act, now, offer, person):
    """What the wider reach loaded is forgotten, and the receiver still cannot see a third municipality."""
    made = offer()
    with act(world.other_caseworker) as session:
        services.accept(
            world.other_caseworker,
            made,
            CPR,
            world.other_caseworker.user_id,
            vault=VAULT,
            today=TODAY,
            now=now,
        )
        assert session.info["scope"].name == "actor:jobcenter"
        assert not session.info["scope"].everything
        assert session.get(Candidate, person).municipality_id == world.other_municipality
    with act(world.caseworker), pytest.raises(NotFound):
        queries.new_page(world.caseworker, person)


def test_one_to_come_waits_for_its_day(world, act, everything, clock, offer, accept, person):
    made = offer(day=date(2026, 11, 30))
    assert accept(made)
    with everything() as session:
        services.carry_out(now=clock())
        assert session.get(Candidate, person).municipality_id == world.municipality
    clock.forward(days=7)
    with everything() as session:
        services.carry_out(now=clock())
        assert session.get(Candidate, person).municipality_id == world.other_municipality
        services.carry_out(now=clock())
        assert session.get(Transfer, made).state is TransferState.DONE


def test_a_wrong_number_is_noted_and_moves_nothing(world, everything, offer, accept, person):
    made = offer()
    assert not accept(made, cpr="0203841108")
    for odd in ("", "abc", "3102841116"):
        with pytest.raises(Invalid) as found:
            accept(made, cpr=odd)
        assert "cpr" in found.value.errors
    with pytest.raises(Invalid, match="caseworker"):
        accept(made, caseworker=world.caseworker.user_id)
    with everything() as session:
        deeds = list(session.scalars(sa.select(AuditEntry.deed)))
        assert deeds.count("transfers.wrong_identity") == 1
        assert session.get(Transfer, made).state is TransferState.OFFERED


def test_somebody_registered_there_already_is_refused_in_words(world, everything, clock, offer, accept):
    made = offer(day=date(2026, 11, 30))
    assert accept(made)
    with everything():
        twin = make_candidate(
            world.other_municipality, world.other_caseworker, cpr_hash=VAULT.fingerprint(CPR)
        ).id
    clock.forward(days=7)
    with everything() as session:
        services.carry_out(now=clock())
        assert session.get(Transfer, made).state is TransferState.CANCELLED
        assert [name for name, _to in letters(session)].count("transfer_declined") == 2
    second = offer()
    with pytest.raises(Refused, match=r"transfer\.duplicate"):
        accept(second)
    with everything() as session:
        assert session.get(Candidate, twin).municipality_id == world.other_municipality


def test_who_may_answer_and_who_may_call_it_off(world, act, now, offer, accept):
    made = offer(day=date(2026, 12, 1))
    with pytest.raises(Refused, match=r"transfer\.open"):
        offer()
    with pytest.raises(Refused, match=r"transfer\.move"):
        accept(made, actor=world.caseworker)
    with act(world.far_caseworker), pytest.raises(NotFound):
        services.decline(world.far_caseworker, made, "nej", now=now)
    with act(world.other_caseworker), pytest.raises(Refused, match=r"transfer\.move"):
        services.cancel(world.other_caseworker, made, "nej", now=now)
    with act(world.other_caseworker), pytest.raises(Invalid, match="reason"):
        services.decline(world.other_caseworker, made, "  ", now=now)
    accept(made)
    with act(world.other_caseworker):
        services.cancel(world.other_caseworker, made, "Kom ikke", now=now)
    again = offer()
    with act(world.caseworker):
        services.cancel(world.caseworker, again, "Flytter ikke alligevel", now=now)
    third = offer()
    with act(world.other_caseworker):
        services.decline(world.other_caseworker, third, "Bor her ikke", now=now)
    with act(world.caseworker):
        assert queries.detail_page(world.caseworker, third).answer_note == "Bor her ikke"


def test_only_within_the_partnership(world, offer):
    for nowhere in (world.far_municipality, world.municipality, 999):
        with pytest.raises(Invalid, match="municipality"):
            offer(to=nowhere)


def test_what_the_receiver_reads_before(world, act, offer):
    made = offer(note="Flytter til sin søster")
    with act(world.other_caseworker):
        page = queries.detail_page(world.other_caseworker, made)
        assert (page.candidate_id, page.name, page.person_ids) == (None, "", ())
        assert page.preview is not None
        assert page.preview.in_pool_since is not None
        (row,) = queries.overview_page(world.other_caseworker, 1).rows
        assert (row.candidate_id, row.name, row.waits) == (None, "", True)
    with act(world.caseworker):
        assert queries.detail_page(world.caseworker, made).name == "Amira Flytter"


def test_no_table_of_a_person_is_forgotten():
    """Each owned table is carried along by a composite key, moved beside the person, or named as staying."""
    beside = {model.__tablename__ for model in (*FOLLOWING, *LEFT)}
    carried = {"candidates"}
    tables = {model.__tablename__ for model in guarded_classes() if issubclass(model, OwnedByMunicipality)}
    while True:
        more = {
            table.name
            for table in Base.metadata.sorted_tables
            for key in table.foreign_key_constraints
            if key.onupdate == "CASCADE"
            and key.referred_table.name in carried
            and "municipality_id" in key.column_keys
        }
        if more <= carried:
            break
        carried |= more
    assert tables == carried | beside | STAYING
    assert not carried & beside


def test_a_giver_in_the_second_municipality_too(world, act, everything, now):
    """A person without a nomination moves under a key that tells nothing."""
    with everything():
        person = make_candidate(world.municipality, world.caseworker).id
        other = make_candidate(world.municipality, world.caseworker)
        make_transfer(other, world.other_municipality, world.caseworker, state=TransferState.DECLINED)
    with act(world.caseworker):
        made = services.offer(
            world.caseworker, person, world.other_municipality, TODAY, "", today=TODAY, now=now
        )
        assert queries.detail_page(world.caseworker, made).code == f"F-{1000 + person}"
