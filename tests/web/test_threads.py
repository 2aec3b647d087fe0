"""Threads through HTTP: reading, writing without scripts, what waits on the start page, who sees none."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from coordination.domain.candidates import ContactRole
from coordination.models import Mention, PersonView, ThreadMessage
from tests.factories import make_candidate, make_nomination

TEXT = "Ring til hende om praktikken"


@pytest.fixture
def person(world, everything):
    with everything():
        row = make_candidate(
            world.municipality,
            world.caseworker,
            name="Amina Ali",
            contact_name="Vera Ven",
            contact_phone="20 30 40 50",
            contact_role=ContactRole.VOLUNTEER,
        )
        make_nomination(row, (world.kitchen,))
        return row.id


@pytest.fixture
def stored(everything):
    def rows(model):
        with everything() as session:
            return session.scalars(select(model).order_by(model.id)).all()

    return rows


def waiting(client) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", client.get("/").text)


def test_an_empty_thread_says_what_it_is_for_and_who_helps_the_person(world, login, person):
    page = login(world.caseworker).get(f"/candidates/{person}/thread")
    assert page.status_code == 200
    for words in ("Ingen har skrevet endnu", "Vera Ven", "20 30 40 50", "frivillig", "Karen Koordinator"):
        assert words in page.text


def test_jobcenter_and_coordinator_hand_a_task_to_and_fro(world, login, person, stored):
    path = f"/candidates/{person}/thread"
    caseworker, coordinator = login(world.caseworker), login(world.coordinator)
    answer = caseworker.post(
        path,
        data={"text": TEXT, "handed_to": str(world.coordinator.user_id), "due_on": "2026-12-03"},
        follow_redirects=True,
    )
    assert "Beskeden er gemt. De nævnte får et brev" in answer.text
    assert "Beder Karen Koordinator om at gøre det senest 3. december 2026" in answer.text
    start = waiting(coordinator)
    assert "Venter på dig i tråde" in start
    assert "Amina Ali" in start
    assert "Jens Jobcenter beder dig om at gøre noget" in start
    (message,) = stored(ThreadMessage)
    answer = coordinator.post(f"/thread-messages/{message.id}/done", follow_redirects=True)
    assert "Markeret som gjort." in answer.text
    assert "Amina Ali" not in waiting(coordinator)
    answer = caseworker.post(f"/thread-messages/{message.id}/reopen", follow_redirects=True)
    assert "Opgaven er åben igen." in answer.text
    assert coordinator.post(f"/thread-messages/{message.id}/reopen").status_code == 422


def test_a_mention_waits_until_the_button_is_pressed_and_reading_writes_nothing(world, login, person, stored):
    path = f"/candidates/{person}/thread"
    login(world.caseworker).post(path, data={"text": TEXT, "mentioned": [str(world.coordinator.user_id)]})
    coordinator = login(world.coordinator)
    assert "Du er nævnt i 1 besked" in waiting(coordinator)
    page = coordinator.get(path)
    assert "Du er nævnt i 1 besked, du ikke har set" in page.text
    assert "Nævner Karen Koordinator" in page.text
    assert [row.seen_at for row in stored(Mention)] == [None]
    assert {row.purpose for row in stored(PersonView)} >= {"threads.thread", "today.start"}
    coordinator.post(f"{path}/seen")
    assert "nævnt" not in waiting(coordinator)


def test_what_cannot_be_sent_stays_as_typed_with_a_sentence_beside_it(world, login, person, stored):
    path = f"/candidates/{person}/thread"
    client = login(world.caseworker)
    coordinator = str(world.coordinator.user_id)
    answer = client.post(
        path, data={"text": TEXT, "private": "y", "handed_to": coordinator, "due_on": "2026-12-03"}
    )
    assert answer.status_code == 422
    assert "Koordinatoren kan ikke læse det, der kun er for jeres jobcenter." in answer.text
    assert TEXT in answer.text
    for data in ({"text": ""}, {"text": TEXT, "handed_to": "x"}, {"text": TEXT, "mentioned": "²"}):
        assert client.post(path, data=data).status_code == 422
    answer = login(world.coordinator).post(path, data={"text": TEXT, "private": "y"})
    assert answer.status_code == 422
    assert stored(ThreadMessage) == []


def test_the_coordinator_is_offered_no_private_message(world, login, person):
    assert 'name="private"' not in login(world.coordinator).get(f"/candidates/{person}/thread").text


def test_a_thread_is_not_there_for_anybody_else(world, login, person, stored):
    path = f"/candidates/{person}/thread"
    login(world.caseworker).post(path, data={"text": TEXT})
    (message,) = stored(ThreadMessage)
    for name in ("other_caseworker", "teacher", "leader", "admin", "far_coordinator", "far_caseworker"):
        client = login(getattr(world, name))
        assert client.get(path).status_code == 404, name
        for post in (path, f"{path}/seen", f"/thread-messages/{message.id}/done"):
            assert client.post(post, data={"text": TEXT}).status_code == 404, (name, post)
    assert len(stored(ThreadMessage)) == 1


def test_text_in_another_direction_and_markup_are_shown_as_written(world, login, person):
    path = f"/candidates/{person}/thread"
    client = login(world.caseworker)
    client.post(path, data={"text": "مرحبا <b>fed</b>\nnæste linje"})
    page = client.get(path).text
    assert "مرحبا &lt;b&gt;fed&lt;/b&gt;<br>næste linje" in page
