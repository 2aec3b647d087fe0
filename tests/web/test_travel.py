"""The table of travel times: one form, every cell told, the far partnership untouched."""

from __future__ import annotations

from sqlalchemy import select

from coordination.models import TravelTime
from coordination.queries import travel as queries
from tests.factories import make_candidate
from tests.html_forms import form_in

PAGE = "/travel-times"


def cell(municipality, school):
    return f"m{municipality}_s{school}"


def test_the_whole_table_is_written_at_once(world, login, act, everything):
    with everything():
        make_candidate(world.municipality, world.caseworker, most_travel_minutes=45)
    client = login(world.coordinator)
    shown = client.get(PAGE).text
    assert "4 rejsetider er ikke udfyldt" in shown
    form = form_in(shown, PAGE)
    near, far = cell(world.municipality, world.school), cell(world.other_municipality, world.school)
    foreign = {cell(world.far_municipality, world.far_school): "12"}
    kept = client.post(
        PAGE, data=dict(form.filled(**{near: "25", far: "40"})) | foreign, follow_redirects=True
    )
    assert "2 rejsetider er ændret" in kept.text
    with act(world.coordinator):
        times = {(world.municipality, world.school): 25, (world.other_municipality, world.school): 40}
        assert queries.minutes(world.partnership) == times
    again = form_in(kept.text, PAGE)
    late = client.post(PAGE, data=dict(form.filled(**{near: "30"})))
    assert late.status_code == 409
    wrong = client.post(PAGE, data=dict(again.filled(**{near: "301", far: "x"})))
    assert wrong.status_code == 422
    assert f'id="{far}-error"' in wrong.text
    wrong = client.post(PAGE, data=dict(again.filled(**{near: "301"})))
    assert f'id="{near}-error"' in wrong.text
    assert 'value="301"' in wrong.text
    client.post(PAGE, data=dict(again.filled(**{near: "", far: "41"})))
    with everything() as session:
        assert session.scalars(select(TravelTime.minutes)).all() == [41]


def test_travel_times_are_the_coordinators(world, login):
    for actor in (world.caseworker, world.teacher, world.leader, world.admin):
        assert login(actor).get(PAGE).status_code == 404
    far = login(world.far_coordinator)
    assert "EUC Syd" not in far.get(f"{PAGE}?partnership={world.partnership}").text
