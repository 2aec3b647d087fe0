"""Proposed allocations from the question to the offers: asked, solved, moved about, published, replayed."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from coordination.domain.enrolments import EnrolmentState
from coordination.domain.errors import Invalid, NotFound, Refused, Stale
from coordination.domain.nominations import NominationState
from coordination.domain.pooling.checking import check
from coordination.domain.pooling.first_come import first_come, fitting
from coordination.domain.pooling.problem import Goal, Seat
from coordination.domain.pooling.scoring import score
from coordination.domain.proposals import ChangeKind, ProposalState
from coordination.domain.transfers import TransferState
from coordination.jobs import proposals as worker
from coordination.models import Candidate, CourseRun, Enrolment, Nomination, Proposal, ProposedPlace, User
from coordination.queries.proposals.rows import Level, load
from coordination.services import nominations, transfers
from coordination.services import proposals as services
from coordination.services.proposals import Found
from tests.factories import make_candidate, make_enrolment, make_nomination, make_run, make_transfer

JANUARY = date(2027, 1, 11)


def found(problem):
    plan = first_come(problem, fitting(problem))
    value = score(problem, plan)
    return Found(plan, tuple(Level(goal, value[goal], value[goal], True) for goal in Goal), 0.2, 0.1)


@pytest.fixture
def solve(act, everything, now):
    """What the clock does, with the plain way of filling runs in the solver's place."""

    def run(answer=found):
        with everything():
            claim = services.claim_next(now=now)
        with act(claim.actor):
            frozen = services.freeze(claim.actor, claim, now.date())
        services.keep_question(claim, frozen)
        judged = services.judge(frozen, answer(frozen.problem))
        with act(claim.actor):
            services.store(claim.actor, claim, frozen, judged, now=now)
        return claim.proposal_id

    return run


@pytest.fixture
def asked(act, world, now):
    def ask(made_from_id=None, actor=None):
        who = actor or world.coordinator
        with act(who):
            return services.ask(who, made_from_id=made_from_id, time_limit=30, now=now)

    return ask


@pytest.fixture
def pool(world, everything):
    """Five in the pool of kitchen, three of one jobcenter and two of the other; one run of four seats."""
    with everything():
        people = [make_candidate(world.municipality, world.caseworker) for _ in range(3)]
        people += [make_candidate(world.other_municipality, world.other_caseworker) for _ in range(2)]
        run = make_run(world, starts_on=JANUARY, price_ore=1_000_000)
        return run.id, [make_nomination(one, (world.kitchen,)).id for one in people]


@pytest.fixture
def ready(pool, asked, solve):
    asked()
    return solve()


def loaded(act, actor, proposal_id):
    with act(actor):
        return load(actor, proposal_id)


def test_a_question_is_frozen_answered_and_kept_with_places_and_goals(act, world, everything, pool, ready):
    run, people = pool
    there = loaded(act, world.coordinator, ready)
    assert there.proposal.state is ProposalState.READY
    assert (there.best_placed, len(there.plan), len(there.places)) == (4, 4, 5)
    assert [place.course_run_id for place in there.places] == [run] * 4 + [None]
    assert there.places[0].why
    (asked_run,) = there.question.runs
    assert (asked_run.cost, asked_run.maximum, asked_run.minimum) == (10_000, 4, 2)
    assert [one.id for one in there.question.candidates] == [str(key) for key in people]
    with everything() as session:
        row = session.get(Proposal, ready)
        assert row.scores["placed"] == 4
        assert row.answer["starting"] == row.answer["by_hand"] == {"people": 4, "runs": 1}
        assert "Kandidat" not in str(row.inputs) + str(row.answer)
        assert "Prøvekøkkenet" not in str(row.inputs)


def test_nobody_else_reaches_a_proposal_and_jobcenters_read_places_once_published(
    act, world, everything, ready, now
):
    for actor in (world.caseworker, world.teacher, world.far_coordinator, world.leader):
        with act(actor) as session:
            with pytest.raises(NotFound):
                load(actor, ready)
            assert session.scalars(select(ProposedPlace)).all() == []
    with act(world.coordinator):
        services.publish(world.coordinator, ready, version=2, now=now)
    with act(world.caseworker) as session:
        mine = session.scalars(select(ProposedPlace)).all()
        assert {place.municipality_id for place in mine} == {world.municipality}
        assert len(mine) == 3


def test_publishing_offers_the_seats_and_puts_the_others_in_line(act, world, everything, pool, ready, now):
    _run, people = pool
    with act(world.coordinator):
        done = services.publish(world.coordinator, ready, version=2, now=now)
    assert (done.offered, done.waiting) == (4, 1)
    with everything() as session:
        states = dict(session.execute(select(Enrolment.nomination_id, Enrolment.state)).all())
        assert states == dict.fromkeys(people[:4], EnrolmentState.OFFERED) | {
            people[4]: EnrolmentState.WAITING
        }
    there = loaded(act, world.coordinator, ready)
    assert (there.proposal.state, there.proposal.published_by_id) == (
        ProposalState.PUBLISHED,
        world.coordinator.user_id,
    )


def test_a_proposal_is_published_once_and_the_second_is_told_by_whom(act, world, ready, now):
    with act(world.coordinator):
        services.publish(world.coordinator, ready, version=2, now=now)
    with pytest.raises(Stale, match=r"proposal\.published_first") as late, act(world.coordinator):
        services.publish(world.coordinator, ready, version=2, now=now)
    assert late.value.facts["who"] == "Karen Koordinator"


def test_two_proposals_of_the_same_people_the_second_sees_what_changed(
    act, world, pool, asked, solve, ready, now
):
    asked()
    other = solve()
    with act(world.coordinator):
        services.publish(world.coordinator, ready, version=2, now=now)
    with pytest.raises(Stale, match=r"proposal\.inputs_changed") as late, act(world.coordinator):
        services.publish(world.coordinator, other, version=2, now=now)
    kinds = {change.kind for change in late.value.facts["changes"]}
    assert kinds == {ChangeKind.SEAT_TAKEN}


def test_somebody_withdrawn_since_keeps_the_plan_from_being_published_until_moved_out(
    act, world, pool, ready, now
):
    _run, people = pool
    with act(world.caseworker):
        nominations.withdraw(world.caseworker, people[0], "other", now=now)
    with pytest.raises(Stale, match=r"proposal\.inputs_changed") as late, act(world.coordinator):
        services.publish(world.coordinator, ready, version=2, now=now)
    (change,) = late.value.facts["changes"]
    assert change.kind is ChangeKind.PERSON_GONE
    assert change.about.startswith("T-")
    with act(world.coordinator):
        services.move_person(world.coordinator, ready, people[0], None, "trukket", version=2, now=now)
    with act(world.coordinator):
        done = services.publish(world.coordinator, ready, version=3, now=now)
    assert (done.offered, done.waiting) == (3, 0)


def test_what_changed_beside_the_plan_does_not_stop_it(act, world, everything, ready, now):
    with everything():
        make_nomination(make_candidate(world.municipality, world.caseworker), (world.kitchen,))
        make_run(world, starts_on=JANUARY + timedelta(days=60))
    with act(world.coordinator):
        assert services.publish(world.coordinator, ready, version=2, now=now).offered == 4


def test_a_person_is_moved_with_a_reason_and_everything_is_counted_again(act, world, pool, ready, now):
    run, people = pool
    with act(world.coordinator), pytest.raises(Invalid, match="reason"):
        services.move_person(world.coordinator, ready, people[0], None, " ", version=2, now=now)
    with act(world.coordinator):
        services.move_person(world.coordinator, ready, people[0], None, "begynder i job", version=2, now=now)
    with act(world.coordinator), pytest.raises(Stale, match=r"proposal\.changed"):
        services.move_person(world.coordinator, ready, people[4], run, "plads", version=2, now=now)
    with act(world.coordinator):
        services.move_person(world.coordinator, ready, people[4], run, "næste", version=3, now=now)
    there = loaded(act, world.coordinator, ready)
    out, *_rest, into = there.places
    assert (out.course_run_id, out.solver_run_id, out.locked, out.override_reason) == (
        None,
        run,
        True,
        "begynder i job",
    )
    assert (into.course_run_id, into.kept, there.proposal.version) == (run, True, 4)
    assert check(there.problem, there.plan) == ()
    with act(world.coordinator):
        services.move_person(world.coordinator, ready, people[4], None, "", version=4, now=now)
    assert not loaded(act, world.coordinator, ready).places[4].kept


def test_a_full_run_a_foreign_run_and_a_stranger_are_refused(act, world, everything, pool, ready, now):
    run, people = pool
    with act(world.coordinator), pytest.raises(Refused, match=r"proposal\.breaks") as full:
        services.move_person(world.coordinator, ready, people[4], run, "plads", version=2, now=now)
    (wrong,) = full.value.facts["clashes"]
    assert (wrong.code, wrong.facts["count"]) == ("plan.above_maximum", 5)
    assert wrong.facts["run"].startswith("Køkkenhold")
    with everything():
        later = make_run(world, starts_on=JANUARY + timedelta(days=60)).id
    for person, to in ((people[0], later), (10_000, run)):
        with act(world.coordinator), pytest.raises(NotFound):
            services.move_person(world.coordinator, ready, person, to, "plads", version=2, now=now)


def test_locks_and_overrides_are_taken_over_by_a_new_search(act, world, pool, asked, solve, ready, now):
    run, people = pool
    with act(world.coordinator):
        services.move_person(world.coordinator, ready, people[0], None, "begynder i job", version=2, now=now)
    with act(world.coordinator):
        services.set_lock(world.coordinator, ready, people[1], True, now=now)
    asked(made_from_id=ready)
    again = loaded(act, world.coordinator, solve())
    assert [place.course_run_id for place in again.places] == [None, run, run, run, run]
    assert [place.locked for place in again.places] == [True, True, False, False, False]
    assert again.places[0].override_reason == "begynder i job"
    assert again.proposal.made_from_id == ready
    assert [one.previous for one in again.question.candidates][1:4] == [(str(run),)] * 3
    assert all(not one.locked for one in again.question.candidates)


def test_locks_that_cannot_hold_are_refused_before_anything_is_solved(
    act, world, everything, pool, asked, ready, now
):
    _run, people = pool
    with act(world.coordinator):
        for key in people[:4]:
            services.set_lock(world.coordinator, ready, key, True, now=now)
    with everything() as session:
        row = session.get(Proposal, ready)
        row.inputs = {**row.inputs, "runs": [{**row.inputs["runs"][0], "max": 2}]}
    with pytest.raises(Refused, match=r"proposal\.locks_clash") as refused:
        asked(made_from_id=ready)
    (wrong,) = refused.value.facts["clashes"]
    assert (wrong.code, wrong.facts["count"], wrong.facts["maximum"]) == ("plan.above_maximum", 4, 2)


def test_seats_people_hold_stay_and_cannot_be_moved(act, world, everything, pool, asked, solve, ready, now):
    run, people = pool
    with act(world.coordinator):
        services.publish(world.coordinator, ready, version=2, now=now)
    asked()
    again = loaded(act, world.coordinator, solve())
    held = {place.nomination_id: place.held_run_id for place in again.places}
    assert held == dict.fromkeys(people[:4], run) | {people[4]: None}
    with act(world.coordinator), pytest.raises(Refused, match=r"proposal\.holds_seat"):
        services.move_person(world.coordinator, again.proposal.id, people[0], None, "nej", version=2, now=now)


def test_an_answer_that_breaks_a_rule_is_not_kept(act, world, everything, pool, asked, solve):
    proposal_id = asked()

    def too_many(problem):
        plan = frozenset(Seat(one.id, problem.runs[0].id) for one in problem.candidates)
        return Found(plan, (), 0.1, 0.1)

    with pytest.raises(Refused, match=r"proposal\.check"):
        solve(too_many)
    with everything() as session:
        assert session.get(Proposal, proposal_id).answer == {}
        assert session.scalars(select(ProposedPlace)).all() == []


def test_one_at_a_time_and_only_where_there_is_something_to_solve(act, world, everything, pool, asked):
    proposal_id = asked()
    with pytest.raises(Refused, match=r"proposal\.under_way") as busy:
        asked()
    assert busy.value.facts["proposal_id"] == proposal_id
    with pytest.raises(Refused, match=r"proposal\.no_runs"):
        asked(actor=world.far_coordinator)


def test_a_waiting_proposal_is_stopped_and_thrown_away_with_its_places(
    act, world, everything, pool, asked, ready, now
):
    proposal_id = asked(made_from_id=ready)
    with act(world.coordinator), pytest.raises(Refused, match=r"proposal\.under_way"):
        services.discard(world.coordinator, proposal_id, now=now)
    with act(world.coordinator):
        services.cancel(world.coordinator, proposal_id, now=now)
    with act(world.coordinator), pytest.raises(Refused, match=r"proposal\.not_under_way"):
        services.cancel(world.coordinator, proposal_id, now=now)
    with act(world.coordinator):
        services.discard(world.coordinator, ready, now=now)
    with everything() as session:
        assert session.get(Proposal, proposal_id).made_from_id is None
        assert session.scalars(select(ProposedPlace)).all() == []


def test_a_dead_process_gives_its_proposal_back_once(everything, world, clock, pool, asked):
    proposal_id = asked()
    for expected in ((ProposalState.WAITING, "proposal.again"), (ProposalState.FAILED, "proposal.broke")):
        with everything():
            services.claim_next(now=clock())
            assert services.claim_next(now=clock()) is None
        clock.forward(minutes=2)
        with everything():
            assert services.requeue_stale(now=clock()) == 0
        clock.forward(minutes=1)
        with everything():
            assert services.requeue_stale(now=clock()) == 1
        with everything() as session:
            row = session.get(Proposal, proposal_id)
            assert (row.state, row.problem) == expected


def test_who_asks_for_a_stop_during_the_search_is_heard(act, world, everything, pool, asked, now):
    proposal_id = asked()
    with everything():
        services.claim_next(now=now)
    assert services.report_progress(proposal_id, {"goal": "placed"}, now=now)
    with act(world.coordinator):
        services.cancel(world.coordinator, proposal_id, now=now)
    assert not services.report_progress(proposal_id, {"goal": "fair"}, now=now)
    with everything():
        services.stop(proposal_id)
    with everything() as session:
        assert session.get(Proposal, proposal_id).state is ProposalState.CANCELLED


def test_the_clock_freezes_solves_and_keeps_a_proposal_with_a_proof(app, act, world, everything, pool, asked):
    proposal_id = asked()
    assert worker.work_off(app) == 1
    there = loaded(act, world.coordinator, proposal_id)
    assert there.proposal.state is ProposalState.READY
    assert {level.goal: (level.value, level.proved) for level in there.levels} == {
        Goal.PLACED: (4, True),
        Goal.FAIR: (0, True),
        Goal.COST: (10_000, True),
        Goal.WISH: (400, True),
    }
    assert worker.work_off(app) == 0


def test_a_search_that_somebody_stops_leaves_nothing(
    app, act, world, everything, pool, asked, now, monkeypatch
):
    proposal_id = asked()

    def search(_problem, time_limit, progress):
        assert time_limit == 30
        assert not progress(Goal.PLACED, 0.5)
        with act(world.coordinator):
            services.cancel(world.coordinator, proposal_id, now=now)
        monkeypatch.setattr(worker, "TELL_SECONDS", 0)
        assert progress(Goal.PLACED, 1.5)
        raise worker.Stopped

    monkeypatch.setattr(worker, "solve", search)
    worker.work_off(app)
    with everything() as session:
        row = session.get(Proposal, proposal_id)
        assert (row.state, row.answer, row.claimed_at) == (ProposalState.CANCELLED, {}, None)


def test_a_clock_that_stops_leaves_the_proposal_to_the_next(app, everything, pool, asked, monkeypatch):
    proposal_id, over = asked(), threading.Event()

    def search(_problem, _time_limit, progress):
        over.set()
        assert progress(Goal.PLACED, 0.5)
        raise worker.Stopped

    monkeypatch.setattr(worker, "solve", search)
    worker.work_off(app, over)
    with everything() as session:
        assert session.get(Proposal, proposal_id).state is ProposalState.WAITING


@pytest.mark.parametrize(
    ("broken", "code"),
    [(ZeroDivisionError, "proposal.broke"), (TimeoutError, "proposal.too_slow")],
)
def test_a_search_that_breaks_says_so(app, everything, pool, asked, monkeypatch, broken, code):
    proposal_id = asked()

    def search(*_given):
        raise broken

    monkeypatch.setattr(worker, "solve", search)
    worker.work_off(app)
    with everything() as session:
        row = session.get(Proposal, proposal_id)
        assert (row.state, row.problem) == (ProposalState.FAILED, code)


def test_the_proposal_of_a_closed_account_is_not_solved(app, world, everything, pool, asked):
    proposal_id = asked()
    with everything() as session:
        session.get(User, world.coordinator.user_id).active = False
    worker.work_off(app)
    with everything() as session:
        assert session.get(Proposal, proposal_id).problem == "proposal.nobody_asks"


def test_runs_with_seats_given_stay_open_where_they_cannot_all_reach_their_minimum(
    app, act, world, everything, asked
):
    with everything():
        people = [make_candidate(world.municipality, world.caseworker) for _ in range(4)]
        runs = [make_run(world, starts_on=JANUARY + timedelta(days=days), minimum=3) for days in (0, 30)]
        for one, run in zip(people, runs, strict=False):
            state = NominationState.OFFERED
            nomination = make_nomination(one, (world.kitchen,), state=state)
            make_enrolment(nomination, run, state=EnrolmentState.OFFERED)
        for one in people[2:]:
            make_nomination(one, (world.kitchen,))
    proposal_id = asked()
    worker.work_off(app)
    there = loaded(act, world.coordinator, proposal_id)
    assert (there.best_placed, [run.committed for run in there.question.runs]) == (4, [True, True])


def test_two_coordinators_who_publish_at_once_one_wins_and_the_other_sees_why(
    application, act, everything, world, pool, asked, solve, ready, now
):
    asked()
    other = solve()
    start = Barrier(2)

    def publish(proposal_id):
        with application.app_context():
            start.wait()
            try:
                with act(world.coordinator):
                    return services.publish(world.coordinator, proposal_id, version=2, now=now)
            except Stale as late:
                return {change.kind for change in late.facts["changes"]}

    with ThreadPoolExecutor(2) as both:
        outcomes = list(both.map(publish, (ready, other)))
    assert services.Published(4, 1) in outcomes
    assert {ChangeKind.SEAT_TAKEN} in outcomes
    with everything() as session:
        seats = session.scalars(select(Enrolment).where(Enrolment.state == EnrolmentState.OFFERED)).all()
        assert len(seats) == 4


def test_whom_the_coordinator_keeps_out_is_not_put_in_line(act, world, everything, pool, ready, now):
    run, people = pool
    with act(world.coordinator):
        services.move_person(world.coordinator, ready, people[0], None, "senere", version=2, now=now)
    with act(world.coordinator):
        services.move_person(world.coordinator, ready, people[4], run, "nu", version=3, now=now)
    with act(world.coordinator):
        done = services.publish(world.coordinator, ready, version=4, now=now)
    assert (done.offered, done.waiting) == (4, 0)


def test_a_frozen_question_is_solved_again_and_the_figures_are_compared(
    app, act, world, everything, pool, asked, now
):
    proposal_id = asked()
    with act(world.coordinator), pytest.raises(Refused, match=r"proposal\.not_ready"):
        services.ask_replay(world.coordinator, proposal_id, now=now)
    worker.work_off(app)
    for differing in ([], ["placed"]):
        with act(world.coordinator):
            services.ask_replay(world.coordinator, proposal_id, now=now)
        version = loaded(act, world.coordinator, proposal_id).proposal.version
        worker.work_off(app)
        told = loaded(act, world.coordinator, proposal_id).proposal
        assert (told.replay_asked_at, told.version) == (None, version)
        assert (told.replay["now"]["placed"], told.replay["differing"]) == (4, differing)
        with everything() as session:
            row = session.get(Proposal, proposal_id)
            worse = {**row.answer["levels"], "placed": {"value": 3, "bound": 4, "proved": False}}
            row.answer = {**row.answer, "levels": worse}


def test_a_replay_of_a_dead_process_is_taken_up_again(everything, act, world, clock, ready):
    with act(world.coordinator):
        services.ask_replay(world.coordinator, ready, now=clock())
    with everything():
        assert services.claim_replay(now=clock()).proposal_id == ready
        assert services.claim_replay(now=clock()) is None
    clock.forward(minutes=3)
    with everything():
        assert services.claim_replay(now=clock()).proposal_id == ready


def test_an_operator_has_a_proposal_solved_again_at_a_terminal(app, act, everything, world, pool, asked):
    proposal_id = asked()
    terminal = app.test_cli_runner()
    missing = terminal.invoke(args=["pooling", "replay", str(proposal_id)])
    assert (missing.exit_code, "no proposal" in missing.stderr) == (2, True)
    worker.work_off(app)
    agreed = terminal.invoke(args=["pooling", "replay", str(proposal_id)])
    assert (agreed.exit_code, "every goal agrees" in agreed.stdout) == (0, True)
    with everything() as session:
        row = session.get(Proposal, proposal_id)
        better = {**row.answer["levels"], "placed": {"value": 5, "bound": 5, "proved": True}}
        row.answer = {**row.answer, "levels": better}
    differs = terminal.invoke(args=["pooling", "replay", str(proposal_id)])
    assert (differs.exit_code, "differs: placed" in differs.stdout) == (1, True)


def test_a_person_who_moves_takes_the_proposed_place_along_and_the_question_stays_as_it_was(
    act, everything, world, pool, ready, now
):
    _run, people = pool
    with everything() as session:
        person = session.get(Candidate, session.get(Nomination, people[0]).candidate_id)
        moving = make_transfer(person, world.other_municipality, world.caseworker, effective_on=now.date())
        moving.state, moving.caseworker_id = TransferState.ACCEPTED, world.other_caseworker.user_id
    with everything():
        transfers.carry_out(now=now)
    there = loaded(act, world.coordinator, ready)
    assert there.places[0].municipality_id == world.other_municipality
    assert there.question.candidates[0].jobcenter == str(world.municipality)
    with act(world.coordinator):
        assert services.publish(world.coordinator, ready, version=2, now=now).offered == 4
    with act(world.other_caseworker) as session:
        assert people[0] in set(session.scalars(select(ProposedPlace.nomination_id)))


def test_a_search_stopped_in_its_last_moment_is_stopped(
    app, act, world, everything, pool, asked, now, monkeypatch
):
    proposal_id = asked()

    def search(problem, *_given):
        with act(world.coordinator):
            services.cancel(world.coordinator, proposal_id, now=now)
        return found(problem)

    monkeypatch.setattr(worker, "solve", search)
    worker.work_off(app)
    with everything() as session:
        row = session.get(Proposal, proposal_id)
        assert (row.state, row.answer) == (ProposalState.CANCELLED, {})


def test_locks_that_no_longer_hold_when_the_clock_asks_are_named_too(
    app, act, world, everything, pool, asked, ready, now
):
    run, people = pool
    with act(world.coordinator):
        for key in people[:3]:
            services.set_lock(world.coordinator, ready, key, True, now=now)
    with everything() as session:
        session.get(CourseRun, run).capacity = 2
    proposal_id = asked(made_from_id=ready)
    worker.work_off(app)
    with everything() as session:
        row = session.get(Proposal, proposal_id)
        assert (row.state, row.problem) == (ProposalState.FAILED, "proposal.locks_clash")
        facts = {"run": str(run), "count": 3, "maximum": 2}
        assert row.progress["clashes"] == [{"code": "above_maximum", "facts": facts}]
