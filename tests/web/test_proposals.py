"""Proposed allocations through HTTP: every side of one, moving with the effects in sight, and publishing."""

from __future__ import annotations

import re
from datetime import date

import pytest

from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.pooling.pairs import Reason
from coordination.domain.proposal_reasons import CODES
from coordination.domain.proposals import PERSON_FIELDS, RUN_FIELDS, ChangeKind, ProposalState
from coordination.jobs.proposals import work_off
from coordination.models import CourseRun, Enrolment, Nomination, Proposal, ProposedPlace
from coordination.queries.proposals.naming import Told, ToldChange
from coordination.web.labels.pooling import CHANGED_FIELDS, SENTENCES, told
from tests.factories import make_candidate, make_nomination, make_proposal, make_run

RULE_CODES = (
    *("unknown", "not_eligible", "above_maximum", "below_minimum", "lock_broken", "too_many_places"),
    *("too_many_weeks", "overlap", "same_course", "employer_cap", "quota", "reserved"),
)


@pytest.fixture
def pool(world, everything):
    """Two open runs for two, and three people of two municipalities who wish for them."""
    with everything():
        runs = [make_run(world, state=RunState.OPEN, capacity=2, starts_on=day) for day in DAYS]
        homes = (world.municipality, world.municipality, world.other_municipality)
        workers = (world.caseworker, world.caseworker, world.other_caseworker)
        people = [
            make_nomination(make_candidate(home, worker, name=name), (world.kitchen,))
            for home, worker, name in zip(homes, workers, ("Amina Ali", "Bo Berg", "Cita Celik"), strict=True)
        ]
        return [run.id for run in runs], [row.id for row in people], [row.code for row in people]


DAYS = (date(2027, 1, 4), date(2027, 2, 1))


@pytest.mark.sqlite
def test_every_reason_rule_and_change_has_its_sentence(application):
    codes = {f"plan.{code}" for code in (*CODES, *RULE_CODES)}
    assert codes - set(SENTENCES) == set()
    assert {*RUN_FIELDS, *PERSON_FIELDS} - set(CHANGED_FIELDS) == set()
    with application.test_request_context():
        assert "har ventet længere: 2." in told(
            Told("plan.RUN_FULL", {"run": "Hold A", "seated": 4, "higher": 0, "longer": 2})
        )
        wrong = {"candidate": "K-1", "run": "Hold A", "reason": str(Reason.LANGUAGE)}
        assert "mangler den danskprøve" in told(Told("plan.not_eligible", wrong))
        for kind in ChangeKind:
            assert told(ToldChange(kind, "K-1", ("wishes",), "Hold A")).endswith(".")


@pytest.fixture
def proposal(world, everything, pool):
    """Amina on the first run, which would need one more; Bo and Cita wait."""
    runs, people, _codes = pool
    with everything() as session:
        rows = [session.get(Nomination, key) for key in people]
        first, second = (session.get(CourseRun, key) for key in runs)
        places = {rows[0]: first, rows[1]: None, rows[2]: None}
        return make_proposal(world, places, runs=(first, second)).id


def test_a_proposal_is_seen_from_every_side(world, login, proposal, pool):
    runs, _people, codes = pool
    coordinator = login(world.coordinator)
    assert f"Forslag {proposal}" in coordinator.get("/proposals").text
    by_run = coordinator.get(f"/proposals/{proposal}").text
    assert "1 har plads i dag" not in by_run
    assert "åbner ikke" in by_run
    assert "bevist: bedre findes ikke" in by_run
    assert "får sin andel" in coordinator.get(f"/proposals/{proposal}/municipalities").text
    waiting = coordinator.get(f"/proposals/{proposal}/people?show=waiting").text
    assert codes[1] in waiting
    assert codes[0] not in waiting
    on_run = coordinator.get(f"/proposals/{proposal}/people?run={runs[0]}").text
    assert codes[0] in on_run
    assert codes[1] not in on_run
    assert "1 plad" in coordinator.get(f"/proposals/{proposal}/publish").text
    assert coordinator.get(f"/proposals/{proposal}/progress").location == f"/proposals/{proposal}"
    assert "I puljen" in coordinator.get(f"/proposals/new?made_from={proposal}").text


def test_a_proposal_says_what_a_spreadsheet_would_have_given(world, login, everything, proposal):
    path, client = f"/proposals/{proposal}", login(world.coordinator)
    assert "Først til mølle" not in client.get(path).text, "one from before it was counted"
    with everything() as session:
        row = session.get(Proposal, proposal)
        figures = {"starting": {"people": 18, "runs": 3}, "by_hand": {"people": 14, "runs": 2}}
        row.answer = row.answer | figures
    page = client.get(path).text
    assert "Søgningen fandt plads til 18 på 3 hold." in page
    assert "Først til mølle, som i et regneark, ville give plads til 14 på 2 hold." in page
    with everything() as session:
        row = session.get(Proposal, proposal)
        row.answer = row.answer | {"by_hand": figures["starting"]}
    assert "ville give plads til lige så mange." in client.get(path).text


def test_two_proposals_stand_side_by_side(world, login, everything, proposal, pool):
    runs, people, codes = pool
    coordinator = login(world.coordinator)
    with everything() as session:
        places = {session.get(Nomination, key): session.get(CourseRun, runs[0]) for key in people[:2]}
        other = make_proposal(world, places).id
    path = f"/proposals/comparison?one={proposal}&other={other}"
    page = coordinator.get(path).text
    assert codes[1] in page
    assert codes[0] not in page
    assert "Vælg to forslag." in coordinator.get("/proposals/comparison").text
    assert login(world.far_coordinator).get(path).status_code == 404


def test_a_person_is_moved_with_the_effects_in_sight(world, login, everything, proposal, pool):
    runs, people, _codes = pool
    coordinator, path = login(world.coordinator), f"/proposals/{proposal}/people/{people[1]}"
    page = coordinator.get(path).text
    assert "1 point → 2 point" in page
    version = {"version": re.search(r'name="version"[^>]*value="(\d+)"', page)[1]}
    nothing = coordinator.post(path, data=version | {"reason": "Følges ad"})
    assert nothing.status_code == 422
    assert "Vælg, hvor kandidaten skal flyttes hen." in nothing.text
    assert "Følges ad" in nothing.text
    silent = coordinator.post(path, data=version | {"course_run": str(runs[0])})
    assert silent.status_code == 422
    assert re.search(rf'id="course_run-{runs[0]}"[^>]*checked', silent.text)
    moved = coordinator.post(path, data=version | {"course_run": str(runs[0]), "reason": "Følges ad"})
    assert moved.status_code == 302
    with everything() as session:
        place = session.query(ProposedPlace).filter_by(nomination_id=people[1]).one()
        assert (place.course_run_id, place.override_reason) == (runs[0], "Følges ad")
    told_on = coordinator.get(f"/proposals/{proposal}/people?show=moved").text
    assert "Koordinatoren har ændret det: Følges ad" in told_on
    late = coordinator.post(path, data=version | {"course_run": str(runs[1]), "reason": "Bedre"})
    assert late.status_code == 409
    full = coordinator.get(f"/proposals/{proposal}/people/{people[2]}").text
    assert f'id="course_run-{runs[0]}"' not in full
    assert "har kun 2 pladser" in full


def test_a_proposal_is_published_and_its_reasons_reach_the_jobcenter(
    world, login, everything, proposal, pool
):
    runs, people, codes = pool
    coordinator = login(world.coordinator)
    with everything() as session:
        bo = session.query(ProposedPlace).filter_by(nomination_id=people[1]).one()
        bo.course_run_id = bo.solver_run_id = runs[0]
        full = {"code": "RUN_FULL", "run": str(runs[0]), "seated": 2, "higher": 0, "longer": 2}
        session.query(ProposedPlace).filter_by(nomination_id=people[2]).one().why = [full]
    lock = coordinator.post(f"/proposals/{proposal}/people/{people[1]}/lock?show=new", data={"locked": "1"})
    assert "show=new" in lock.location
    odd = "?show=new&proposal_id=1&nomination_id=2&_anchor=x"
    assert coordinator.get(f"/proposals/{proposal}/people{odd}").status_code == 200
    assert coordinator.get(f"/proposals/{proposal}/people/{people[1]}{odd}").status_code == 200
    page = coordinator.get(f"/proposals/{proposal}/publish").text
    assert "2 pladser bliver tilbudt" in page
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)[1]
    assert coordinator.post(f"/proposals/{proposal}/publish", data={"version": "0"}).status_code == 409
    done = coordinator.post(f"/proposals/{proposal}/publish", data={"version": version})
    assert done.status_code == 302
    assert "2 pladser er tilbudt." in coordinator.get(done.location).text
    again = coordinator.post(f"/proposals/{proposal}/publish", data={"version": version})
    assert again.status_code == 409
    assert "offentliggjorde forslaget" in again.text
    with everything() as session:
        assert session.get(Proposal, proposal).state is ProposalState.PUBLISHED
        states = {row.nomination_id: row.state for row in session.query(Enrolment)}
    assert states == {
        people[0]: EnrolmentState.OFFERED,
        people[1]: EnrolmentState.OFFERED,
        people[2]: EnrolmentState.WAITING,
    }
    own = login(world.other_caseworker).get(f"/nominations/{people[2]}").text
    assert "Ingen plads denne gang" in own
    assert "har ventet længere: 2." in own
    assert not any(word in own for word in ("Amina", "Bo Berg", *codes[:2]))


def test_a_proposal_is_asked_for_and_stopped(world, login, app, proposal, pool):
    coordinator = login(world.coordinator)
    wrong = coordinator.post("/proposals", data={"time_limit": "7"})
    assert wrong.status_code == 422
    asked = coordinator.post("/proposals", data={"time_limit": "30"})
    assert asked.status_code == 302
    page = coordinator.get(asked.location)
    assert page.headers["Refresh"] == "3"
    assert "venter på at blive regnet" in page.text
    twice = coordinator.post("/proposals", data={"time_limit": "30"})
    assert "bliver regnet lige nu" in twice.text
    assert twice.status_code == 422
    assert coordinator.post(asked.location.replace("progress", "cancel")).status_code == 302
    assert "Søgningen blev stoppet" in coordinator.get(asked.location).text
    gone = coordinator.post(asked.location.replace("progress", "remove"))
    assert "Forslaget er kasseret" in coordinator.get(gone.location).text
    replay = coordinator.post(f"/proposals/{proposal}/replay")
    assert "regnes igen nu" in coordinator.get(replay.location).text
    work_off(app)
    assert "Regnet igen" in coordinator.get(f"/proposals/{proposal}").text
