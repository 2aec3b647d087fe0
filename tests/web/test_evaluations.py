"""Evaluations through HTTP: the school fills in, a colleague writes on, the coordinator reads and judges."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from coordination.domain.attendance import Cause, MarkStatus
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.evaluations import EvaluationState
from coordination.domain.improvements import ChangeState
from coordination.models import Answer, CourseRun, CourseSession, Evaluation, ProposedChange, Question
from tests.factories import make_evaluation, make_mark, make_participant, make_run

LEVEL, TEAMWORK, ADVICE = 0, 1, 2


@pytest.fixture
def asked(world, everything):
    """Ids of the three questions: two scores and a text."""
    with everything() as session:
        found = select(Question.id).where(Question.question_set_id == world.questions)
        return session.scalars(found.order_by(Question.position)).all()


@pytest.fixture
def evaluation_id(world, everything):
    """An open evaluation of a run that has ended."""
    with everything():
        run = make_run(world, title="Køkken forår", state=RunState.ENDED, starts_on=date(2026, 10, 26))
        return make_evaluation(run, due_on=date(2026, 12, 1)).id


def filled(asked, level="4", teamwork="5", advice="Mere praksis", version=1, **more):
    values = {"seen_version": version}
    for name, value in (("LEVEL", level), ("TEAMWORK", teamwork), ("ADVICE", advice)):
        if value is not None:
            values[f"question_{asked[globals()[name]]}"] = value
    return values | more


def stored(everything, model):
    with everything() as session:
        return session.scalars(select(model).order_by(model.id)).all()


def test_a_draft_is_kept_unfinished_and_a_colleague_sees_who_wrote_it(
    login, world, asked, evaluation_id, everything
):
    school = login(world.teacher)
    form = school.get(f"/evaluations/{evaluation_id}")
    assert "Evaluering af Køkken forår" in form.text
    assert "Hvordan gik det med niveau?" in form.text
    answer = school.post(
        f"/evaluations/{evaluation_id}", data=filled(asked, level=None, advice=" Mere tid\r\ntil sprog ")
    )
    assert answer.status_code == 302
    page = school.get(f"/evaluations/{evaluation_id}").text
    assert "Kladden er gemt kl. 10.00" in page
    assert "Kladden er sidst gemt" in page
    assert "af Lise Lærer" in page
    assert {(row.score, row.text) for row in stored(everything, Answer)} == {
        (5, ""),
        (None, "Mere tid\ntil sprog"),
    }
    assert 'name="seen_version" type="hidden" value="2"' in page


def test_a_script_that_saves_by_itself_is_told_when(login, world, asked, evaluation_id):
    school = login(world.teacher)
    by_script = {"Accept": "application/json"}
    url = f"/evaluations/{evaluation_id}"
    saved = school.post(url, data=filled(asked), headers=by_script)
    assert saved.json == {"version": 2, "saved_at": "10.00"}
    twice = school.post(url, data=filled(asked), headers=by_script)
    assert twice.json == {"version": 2, "saved_at": "10.00"}, "the same again is no change"
    stale = school.post(url, data=filled(asked, advice="Andet"), headers=by_script)
    assert stale.status_code == 409
    wrong = school.post(url, data=filled(asked, level="9", version=2), headers=by_script)
    assert wrong.status_code == 422
    assert wrong.json["errors"][f"question_{asked[LEVEL]}"] == ["Vælg et tal fra 1 til 5."]


def test_two_colleagues_at_once_lose_nothing(login, world, asked, evaluation_id, everything):
    school = login(world.teacher)
    url = f"/evaluations/{evaluation_id}"
    school.post(url, data=filled(asked, advice="Kollegaens ord"))
    clash = school.post(url, data=filled(asked, advice="Mine ord", level="1"))
    assert clash.status_code == 409
    assert "En kollega har gemt kladden imens" in clash.text
    assert "Kollegaens ord" in clash.text
    assert "Mine ord" in clash.text
    assert 'name="seen_version" type="hidden" value="2"' in clash.text
    assert "Kollegaens ord" in {row.text for row in stored(everything, Answer)}
    assert school.post(url, data=filled(asked, advice="Mine ord", version=2)).status_code == 302
    assert "Mine ord" in {row.text for row in stored(everything, Answer)}


def test_an_unfinished_one_is_not_submitted_and_keeps_what_was_typed(
    login, world, asked, evaluation_id, everything
):
    school = login(world.teacher)
    refused = school.post(
        f"/evaluations/{evaluation_id}/submit", data=filled(asked, level=None, advice="Skrevet")
    )
    assert refused.status_code == 422
    assert "Vælg et tal på skalaen" in refused.text
    assert "Skrevet" in refused.text
    assert stored(everything, Answer) == []
    assert stored(everything, Evaluation)[0].state is EvaluationState.OPEN


def test_submitted_it_is_read_only_and_proposes_changes(login, world, asked, evaluation_id, everything):
    school = login(world.teacher)
    url = f"/evaluations/{evaluation_id}"
    remark = {f"remark_{asked[LEVEL]}": "For svært dansk"}
    assert school.post(f"{url}/submit", data=filled(asked, level="2", **remark)).status_code == 302
    page = school.get(url).text
    assert "En lav score er blevet til et forbedringsforslag." in page
    assert "Indsend evalueringen" not in page
    assert "For svært dansk" in page
    late = school.post(url, data=filled(asked, advice="For sent", version=2))
    assert late.status_code == 422
    assert "Evalueringen er indsendt og kan ikke ændres" in late.text
    assert "For sent" in late.text
    change = stored(everything, ProposedChange)[0]
    assert (change.title, change.score, change.evidence) == ("Niveau", 2, "For svært dansk")
    assert "Niveau" in school.get(f"/improvements/{change.id}").text


def test_the_coordinator_sees_no_draft_but_reads_and_judges_what_is_submitted(
    login, world, asked, evaluation_id, everything
):
    school, coordinator = login(world.teacher), login(world.coordinator)
    url = f"/evaluations/{evaluation_id}"
    school.post(url, data=filled(asked, advice="Endnu hemmeligt"))
    draft = coordinator.get(url).text
    assert "Endnu hemmeligt" not in draft
    assert "Skolen er ikke færdig endnu" in draft
    assert coordinator.get(f"{url}/hand-back").status_code == 404
    school.post(f"{url}/submit", data=filled(asked, advice="Mere praksis", version=2))
    read = coordinator.get(url).text
    assert "Mere praksis" in read
    assert "4 af 5" in read
    assert "Lav til forbedringsforslag" in read
    assert coordinator.post(f"{url}/review").status_code == 302
    assert "Gennemgået af koordinatoren" in coordinator.get(url).text
    assert coordinator.post(f"{url}/review").status_code == 422
    assert stored(everything, CourseRun)[0].state is RunState.EVALUATED


def test_it_goes_back_to_the_school_with_a_reason(login, world, asked, evaluation_id, everything):
    school, coordinator = login(world.teacher), login(world.coordinator)
    url = f"/evaluations/{evaluation_id}"
    school.post(f"{url}/submit", data=filled(asked, level="1"))
    page = coordinator.get(f"{url}/hand-back")
    assert 'value="2026-12-01"' in page.text
    refused = coordinator.post(f"{url}/hand-back", data={"reason": " ", "due_on": "2026-01-01"})
    assert refused.status_code == 422
    assert "Skriv noget her" in refused.text
    assert "Fristen er allerede gået" in refused.text
    answer = coordinator.post(f"{url}/hand-back", data={"reason": "Uddyb niveauet", "due_on": "4-12-2026"})
    assert answer.status_code == 302
    again = school.get(url).text
    assert "Uddyb niveauet" in again
    assert "Indsend evalueringen" in again
    school.post(f"{url}/submit", data=filled(asked, level="5", version=3))
    assert stored(everything, ProposedChange) == [], "what the rule proposed follows the new answers"


def test_the_facts_stand_beside_without_causes_of_illness(login, world, everything, evaluation_id):
    with everything() as session:
        run = session.scalars(select(CourseRun)).one()
        first, *_ = session.scalars(select(CourseSession).order_by(CourseSession.day))
        people = [
            make_participant(world, run, world.caseworker, world.municipality),
            make_participant(world, run, world.caseworker, world.municipality),
            make_participant(
                world,
                run,
                world.other_caseworker,
                world.other_municipality,
                state=EnrolmentState.DROPPED_OUT,
                drop_out_reason="illness_or_leave",
                left_on=first.day + timedelta(days=1),
            ),
        ]
        absent = {"status": MarkStatus.ABSENT, "cause": Cause.OWN_ILLNESS}
        make_mark(people[0], first, world.teacher, status=MarkStatus.PRESENT)
        make_mark(people[1], first, world.teacher, **absent)
        make_mark(people[2], first, world.teacher, status=MarkStatus.ABSENT)
    for person in (world.teacher, world.coordinator):
        text = login(person).get(f"/evaluations/{evaluation_id}").text
        facts = dict(re.findall(r"<dt>([^<]*)</dt>\s*<dd>([^<]*)", text))
        assert facts["Begyndte på holdet"] == "3"
        assert facts["Blev til det sidste"] == "2"
        assert facts["Fremmøde registreret"] == "1 af 3 undervisningsgange"
        assert facts["Fremmøde i alt"] == "33 %"
        assert facts["Fravær meldt på forhånd"] == "1 gang"
        assert facts["Udeblivelser uden besked"] == "1 gang"
        assert "sygdom" not in text.lower()


@pytest.mark.parametrize(
    "person", ["other_teacher", "far_teacher", "far_coordinator", "caseworker", "leader", "admin"]
)
def test_for_everyone_else_there_is_no_evaluation(login, world, evaluation_id, person):
    client = login(getattr(world, person))
    for path in (f"/evaluations/{evaluation_id}", f"/evaluations/{evaluation_id}/hand-back"):
        assert client.get(path).status_code == 404
    for path in ("", "/submit", "/review", "/hand-back"):
        assert client.post(f"/evaluations/{evaluation_id}{path}").status_code == 404
    if person in {"other_teacher", "far_teacher", "far_coordinator"}:
        assert "Køkken forår" not in client.get("/evaluations").text


def test_the_list_begins_with_what_is_late(login, world, everything, clock):
    with everything():
        for title, state, due in (
            ("Læst", EvaluationState.REVIEWED, 5),
            ("I tide", EvaluationState.OPEN, 9),
            ("Indsendt hold", EvaluationState.SUBMITTED, 8),
            ("For sen", EvaluationState.OPEN, -1),
        ):
            run = make_run(world, title=title)
            make_evaluation(run, state=state, due_on=clock().date() + timedelta(days=due))
    for person, order in (
        (world.coordinator, ["For sen", "Indsendt hold", "I tide", "Læst"]),
        (world.teacher, ["For sen", "I tide", "Indsendt hold", "Læst"]),
    ):
        text = login(person).get("/evaluations").text
        assert sorted(order, key=text.index) == order
        assert "Fristen er overskredet for 1 evaluering." in text


def test_before_the_run_has_ended_its_tab_says_when_it_opens(login, world, everything):
    with everything():
        run_id = make_run(world).id
    for person in (world.teacher, world.coordinator):
        client = login(person)
        assert "Evalueringen er ikke åbnet endnu" in client.get(f"/course-runs/{run_id}/evaluation").text
    assert "Ingen evalueringer endnu" in client.get("/evaluations").text
    questions = client.get(f"/question-sets/{world.questions}").text
    assert "Spørgsmålene er låst" in questions
    assert login(world.far_coordinator).get(f"/question-sets/{world.questions}").status_code == 404


@pytest.mark.parametrize("state", EvaluationState)
def test_every_state_has_its_page(login, world, everything, state):
    with everything():
        evaluation = make_evaluation(make_run(world), state=state)
        number, run_id = evaluation.id, evaluation.course_run_id
    for person in (world.teacher, world.coordinator):
        client = login(person)
        assert client.get(f"/evaluations/{number}").status_code == 200
        assert client.get(f"/course-runs/{run_id}/evaluation").status_code == 200


def test_a_decided_change_outlives_a_second_submission(login, world, asked, evaluation_id, everything):
    school, coordinator = login(world.teacher), login(world.coordinator)
    url = f"/evaluations/{evaluation_id}"
    school.post(f"{url}/submit", data=filled(asked, level="1", teamwork="1"))
    change_id = stored(everything, ProposedChange)[0].id
    with everything() as session:
        session.get(ProposedChange, change_id).state = ChangeState.DECLINED
    coordinator.post(f"{url}/hand-back", data={"reason": "Se igen", "due_on": "2026-12-04"})
    school.post(f"{url}/submit", data=filled(asked, level="1", teamwork="2", version=3))
    assert sorted((row.state, row.score) for row in stored(everything, ProposedChange)) == [
        (ChangeState.DECLINED, 1),
        (ChangeState.PROPOSED, 2),
    ]
