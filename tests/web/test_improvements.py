"""Proposed changes through HTTP: worded from an answer, decided, carried along, and read by the school."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from coordination.domain.course_runs import RunState
from coordination.domain.evaluations import EvaluationState
from coordination.domain.improvements import ChangeSource, ChangeState
from coordination.models import Answer, Letter, ProposedChange, Question
from tests.factories import CREATED, make_evaluation, make_proposed_change, make_run, save


@pytest.fixture
def answered(world, everything):
    """Ids of a submitted evaluation's answer with words, its evaluation and its run."""
    with everything() as session:
        run = make_run(world, title="Køkken forår", state=RunState.ENDED)
        evaluation = make_evaluation(run, state=EvaluationState.SUBMITTED)
        asked = select(Question).where(Question.question_set_id == world.questions)
        advice = session.scalars(asked.order_by(Question.position.desc())).first()
        answer = save(
            Answer(
                partnership_id=run.partnership_id,
                school_id=run.school_id,
                evaluation_id=evaluation.id,
                question_id=advice.id,
                text="Start en time senere",
                by_id=world.teacher.user_id,
                at=CREATED,
            )
        )
        return {"answer": answer.id, "evaluation": evaluation.id, "run": run.id}


@pytest.fixture
def change_id(world, everything):
    """An undecided change of a run whose next run is a draft."""
    with everything():
        ended = make_run(world, title="Køkken forår", state=RunState.EVALUATED)
        following = make_run(world, title="Køkken efterår", state=RunState.DRAFT, predecessor_id=ended.id)
        return make_proposed_change(ended, next_run_id=following.id, score=2, evidence="For svært").id


def decision(choice, version=1, **more):
    return {"decision": choice, "seen_version": version, "wording": "Mere tid til fagord", **more}


def stored(everything, change_id):
    with everything() as session:
        return session.get(ProposedChange, change_id)


def test_an_answer_is_turned_into_a_change_with_its_words_as_evidence(login, world, answered, everything):
    with everything():
        following = make_run(world, state=RunState.DRAFT, predecessor_id=answered["run"]).id
    coordinator = login(world.coordinator)
    url = f"/answers/{answered['answer']}/change"
    assert "Start en time senere" in coordinator.get(url).text
    refused = coordinator.post(url, data={"title": "", "wording": "Begynd kl. 10", "due_on": "31-02-2027"})
    assert refused.status_code == 422
    assert "Begynd kl. 10" in refused.text
    assert "31-02-2027" in refused.text
    typed = {"title": "Mødetid", "wording": "Begynd kl. 10", "owner": "Skolen", "due_on": "15-1-2027"}
    assert coordinator.post(url, data=typed).status_code == 302
    page = coordinator.get(f"/evaluations/{answered['evaluation']}").text
    assert "Mødetid" in page
    with everything() as session:
        change = session.scalars(select(ProposedChange)).one()
    assert (change.source, change.evidence) == (ChangeSource.TEXT, "Start en time senere")
    assert (change.next_run_id, change.owner) == (following, "Skolen")
    school = login(world.teacher)
    assert "Begynd kl. 10" in school.get(f"/improvements/{change.id}").text
    assert school.get(url).status_code == 404


def test_words_that_are_not_submitted_become_no_change(login, world, answered, everything):
    with everything() as session:
        session.get(Answer, answered["answer"]).text = ""
    coordinator = login(world.coordinator)
    url = f"/answers/{answered['answer']}/change"
    assert coordinator.get(url).status_code == 404
    assert coordinator.post(url, data={"title": "x", "wording": "y"}).status_code == 404
    assert login(world.far_coordinator).get(url).status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (decision(""), "Vælg, om forslaget vedtages"),
        (decision("declined"), "Skriv noget her"),
        (decision("adapted"), "Teksten er den samme som i forslaget"),
        (decision("proposed"), "Vælg, om forslaget vedtages"),
        (decision("adopted", owner="x" * 121), "Skriv højst 120 tegn"),
    ],
)
def test_a_decision_that_lacks_something_is_not_taken(login, world, change_id, everything, typed, sentence):
    answer = login(world.coordinator).post(f"/improvements/{change_id}", data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert stored(everything, change_id).state is ChangeState.PROPOSED


def test_the_school_reads_what_became_of_its_words_and_is_told_once(login, world, change_id, everything):
    coordinator, school = login(world.coordinator), login(world.teacher)
    url = f"/improvements/{change_id}"
    waiting = school.get(url).text
    assert "Forslaget er ikke afgjort endnu" in waiting
    assert "Gem afgørelsen" not in waiting
    coordinator.post(url, data=decision("adapted", wording="To timer sprog om ugen", owner="Lise"))
    read = school.get(url).text
    assert "To timer sprog om ugen" in read
    assert "Tilpasset" in read or "tilpasset" in read
    again = coordinator.post(url, data=decision("declined", reason="Ingen lokaler", version=2))
    assert again.status_code == 302
    assert "Ingen lokaler" in school.get(url).text
    with everything() as session:
        letters = session.scalars(select(Letter)).all()
    assert [(row.letter, row.recipient_id) for row in letters] == [("changes_decided", world.teacher.user_id)]
    assert school.post(url, data=decision("adopted", version=3)).status_code == 404


def test_two_coordinators_do_not_write_over_each_other(login, world, change_id):
    coordinator = login(world.coordinator)
    url = f"/improvements/{change_id}"
    coordinator.post(url, data=decision("adopted"))
    stale = coordinator.post(url, data=decision("declined", reason="Mit ord", version=1))
    assert stale.status_code == 409
    assert "Mit ord" in stale.text
    assert 'name="seen_version" type="hidden" value="2"' in stale.text


def test_once_the_next_run_is_open_a_decision_stands(login, world, everything):
    with everything():
        ended = make_run(world, state=RunState.EVALUATED)
        opened = make_run(world, state=RunState.OPEN, predecessor_id=ended.id)
        change = make_proposed_change(ended, next_run_id=opened.id, state=ChangeState.ADOPTED)
        number = change.id
    coordinator = login(world.coordinator)
    assert "Gem afgørelsen" not in coordinator.get(f"/improvements/{number}").text
    late = coordinator.post(f"/improvements/{number}", data=decision("declined", reason="Fortrudt"))
    assert late.status_code == 422
    assert "det næste hold er åbnet" in late.text


def test_the_next_run_says_that_it_cannot_open(login, world, change_id, everything):
    coordinator = login(world.coordinator)
    change = stored(everything, change_id)
    of_next = f"/course-runs/{change.next_run_id}/changes"
    page = coordinator.get(of_next).text
    assert "Holdet kan ikke åbne endnu" in page
    assert "fra Køkken forår" in page
    assert "til Køkken efterår" in coordinator.get(f"/course-runs/{change.course_run_id}/changes").text
    coordinator.post(f"/improvements/{change_id}", data=decision("adopted"))
    assert "Alle forslag fra tidligere hold er afgjort" in coordinator.get(of_next).text
    assert login(world.other_teacher).get(of_next).status_code == 404


def test_a_next_run_at_another_school_keeps_its_name_to_itself(login, world, everything):
    with everything():
        ended = make_run(world, title="Køkken forår", state=RunState.EVALUATED)
        elsewhere = make_run(world, title="Skjult hold", school=world.other_school, state=RunState.DRAFT)
        number = make_proposed_change(ended, next_run_id=elsewhere.id).id
    school = login(world.teacher)
    for path in (f"/improvements/{number}", "/improvements"):
        answer = school.get(path)
        assert answer.status_code == 200
        assert "Skjult hold" not in answer.text
    assert "Skjult hold" in login(world.coordinator).get(f"/improvements/{number}").text


def test_the_list_is_narrowed_by_decision_and_run(login, world, everything):
    with everything():
        first, second = make_run(world, title="Første hold"), make_run(world, title="Andet hold")
        make_proposed_change(first, title="Lokaler")
        make_proposed_change(second, title="Mødetid", state=ChangeState.ADOPTED)
        run_id = second.id
    coordinator = login(world.coordinator)
    for query, seen, hidden in (
        ("", {"Lokaler", "Mødetid"}, set()),
        ("?shown=undecided", {"Lokaler"}, {"Mødetid"}),
        ("?shown=decided", {"Mødetid"}, {"Lokaler"}),
        (f"?run={run_id}", {"Mødetid"}, {"Lokaler"}),
        ("?shown=nonsense&run=x&page=x", {"Lokaler", "Mødetid"}, set()),
    ):
        text = coordinator.get(f"/improvements{query}").text
        assert all(word in text for word in seen), query
        assert not any(word in text for word in hidden), query
    nothing = coordinator.get(f"/improvements?shown=undecided&run={run_id}").text
    assert "Ingen forslag passer til det valgte" in nothing
    assert "Ingen forbedringsforslag endnu" in login(world.far_coordinator).get("/improvements").text


@pytest.mark.parametrize("person", ["other_teacher", "far_teacher", "far_coordinator", "caseworker", "admin"])
def test_for_everyone_else_there_is_no_change(login, world, change_id, person):
    client = login(getattr(world, person))
    assert client.get(f"/improvements/{change_id}").status_code == 404
    assert client.post(f"/improvements/{change_id}", data=decision("adopted")).status_code == 404
