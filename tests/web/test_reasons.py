"""The pages of the lists of reasons, as an administrator meets them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from coordination.models import Reason


@pytest.fixture
def key(everything):
    def find(kind, code):
        with everything() as session:
            return session.scalar(select(Reason.id).where(Reason.kind == kind, Reason.code == code))

    return find


def test_every_list_stands_on_one_page(world, login):
    client = login(world.admin)
    page = client.get("/reasons").text
    for word in ("Når jobcenteret siger nej til en plads", "for langt væk", "illness or leave", "Slå fra"):
        assert word in page
    assert ">Årsager<" in client.get("/").text


def test_a_reason_is_added_to_the_list_it_was_asked_for(world, login):
    client = login(world.admin)
    assert '<option selected value="park">' in client.get("/reasons/new?kind=park").text
    sent = {"kind": "park", "name": "venter på bolig", "name_en": "waits for a home"}
    answer = client.post("/reasons/new", data=sent)
    assert answer.headers["Location"] == "/reasons#park"
    page = client.get("/reasons").text
    assert "Årsagen er tilføjet" in page
    assert "waits for a home" in page


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "Feltet skal udfyldes."),
        ("anden årsag", "Den årsag står allerede på listen."),
        ("x" * 121, "højst 120"),
    ],
)
def test_what_is_wrong_stands_beside_the_name(world, login, name, told):
    client = login(world.admin)
    answer = client.post("/reasons/new", data={"kind": "park", "name": name, "name_en": "typed before"})
    assert answer.status_code == 422
    assert told in answer.text
    assert "typed before" in answer.text


def test_a_list_that_does_not_exist_is_told(world, login):
    answer = login(world.admin).post("/reasons/new", data={"kind": "holiday", "name": "ny"})
    assert answer.status_code == 422


def test_the_name_changes_and_the_page_says_so(world, login, key):
    client = login(world.admin)
    path = f"/reasons/{key('drop_out', 'moved_away')}/edit"
    assert "Skoler læser »anden årsag« i stedet" in client.get(path).text
    assert client.post(path, data={"name": "flyttet til en anden kommune", "private": "y"}).status_code == 302
    page = client.get("/reasons").text
    assert "flyttet til en anden kommune" in page
    answer = client.post(path, data={"name": "anden årsag"})
    assert answer.status_code == 422
    assert "Den årsag står allerede på listen." in answer.text


def test_only_the_list_that_schools_read_asks_what_they_are_told(world, login, key):
    page = login(world.admin).get(f"/reasons/{key('park', 'other')}/edit").text
    assert "Skoler læser" not in page


def test_order_and_switches_are_buttons(world, login, key):
    client = login(world.admin)
    childcare = key("park", "childcare")
    for deed, told in (
        ("move", "Rækkefølgen er ændret."),
        ("switch-off", "Årsagen kan ikke længere vælges."),
        ("switch-on", "Årsagen kan vælges igen."),
    ):
        answer = client.post(f"/reasons/{childcare}/{deed}", data={"direction": "up"}, follow_redirects=True)
        assert told in answer.text


def test_the_last_reason_cannot_be_switched_off(world, login, everything):
    client = login(world.admin)
    with everything() as session:
        keys = session.scalars(
            select(Reason.id).where(Reason.kind == "reject").order_by(Reason.position)
        ).all()
    for reason_id in keys[:-1]:
        assert client.post(f"/reasons/{reason_id}/switch-off").status_code == 302
    answer = client.post(f"/reasons/{keys[-1]}/switch-off")
    assert answer.status_code == 422
    assert "den sidste årsag" in answer.text
    assert f"/reasons/{keys[-1]}/switch-off" not in client.get("/reasons").text


@pytest.mark.parametrize("person", ["coordinator", "caseworker", "teacher", "leader"])
def test_nobody_else_keeps_the_lists(world, login, key, person):
    client = login(getattr(world, person))
    assert client.get("/reasons").status_code == 404
    assert client.post(f"/reasons/{key('park', 'other')}/switch-off").status_code == 404
