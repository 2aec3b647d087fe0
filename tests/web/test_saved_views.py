"""Saved views above a list: named, shown, renamed, removed and put back, and nobody else's."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from coordination.domain.saved_views import LISTS, MOST_VIEWS
from coordination.models import SavedView
from coordination.web.forms.candidate_filters import FILTERS
from tests.html_forms import form_in, forms_in


@pytest.fixture
def caseworker(world, login):
    return login(world.caseworker)


def save(client, name, filters="state=never", of="candidates.overview"):
    return client.post("/saved-views", data={"of": of, "filters": filters, "name": name})


def views(everything):
    with everything() as session:
        return {(view.name, view.query) for view in session.scalars(select(SavedView))}


def test_a_view_may_keep_every_filter_of_its_list():
    assert {*FILTERS, "sort"} == set(LISTS["candidates.overview"])


def test_the_filters_of_a_list_are_kept_under_a_name(caseworker, everything):
    sealed = caseworker.post("/candidates/search", data={"q": "amina", "state": "never"}).location
    listed = caseworker.get(f"{sealed}&page=2&sort=-name").text
    link = next(part.split('"')[0] for part in listed.split('href="') if part.startswith("/saved-views/new"))
    form = form_in(caseworker.get(link.replace("&amp;", "&")).text, "/saved-views")
    answer = caseworker.post("/saved-views", data=dict(form.filled(name="Mine  egne")))
    assert answer.location == "/candidates?state=never&sort=-name"
    page = caseworker.get(answer.location).text
    assert "Visningen er gemt" in page
    assert 'aria-current="page">Mine egne</a>' in page
    assert "Gem som visning" not in page
    assert views(everything) == {("Mine egne", "state=never&sort=-name")}


@pytest.mark.parametrize(
    "filters", ["q=amina&state=never", "state=never&page=4", "state=never&scheme=Amina+E"]
)
def test_words_pages_and_odd_values_are_never_kept(caseworker, everything, filters):
    save(caseworker, "Min", filters)
    assert views(everything) == {("Min", "state=never")}


def test_names_that_cannot_be_used_stand_beside_the_field(caseworker, everything):
    save(caseworker, "Min")
    for name in ("", "MIN", "x" * 61, "a\0b"):
        answer = save(caseworker, name)
        assert answer.status_code == 422
        assert 'id="name-error"' in answer.text
    assert len(views(everything)) == 1


def test_twelve_of_a_list_are_enough(caseworker, everything):
    for number in range(MOST_VIEWS):
        assert save(caseworker, f"Visning {number}").status_code == 302
    answer = save(caseworker, "En til")
    assert answer.status_code == 422
    assert "Du kan gemme højst 12 visninger" in answer.text
    assert save(caseworker, "En til", of="nominations.overview").status_code == 302
    assert len(views(everything)) == 13


def test_a_name_is_changed_and_changed_back(caseworker, everything):
    location = save(caseworker, "Før").location
    edit = _edit(caseworker, location)
    form = form_in(caseworker.get(edit).text, "/rename")
    answer = caseworker.post(form.action, data=dict(form.filled(name="Efter")))
    assert answer.location == location
    page = caseworker.get(location).text
    assert "Visningen har fået et nyt navn." in page
    undo = form_in(page, "/rename")
    caseworker.post(undo.action, data=dict(undo.filled()))
    assert views(everything) == {("Før", "state=never")}


def test_a_view_is_removed_and_put_back(caseworker, everything):
    location = save(caseworker, "Min").location
    page = caseworker.get(_edit(caseworker, location)).text
    (form,) = [form for form in forms_in(page) if form.action.endswith("/remove")]
    assert caseworker.post(form.action).location == location
    assert views(everything) == set()
    page = caseworker.get(location).text
    undo = form_in(page, "/saved-views")
    assert "Fortryd" not in caseworker.get(location).text, "offered once"
    caseworker.post(undo.action, data=dict(undo.filled()))
    assert views(everything) == {("Min", "state=never")}


def _edit(client, location: str) -> str:
    listed = client.get(location).text
    return next(part.split('"')[0] for part in listed.split('href="') if part.startswith("/saved-views/"))


def test_another_persons_views_are_not_there(world, login, caseworker, everything):
    save(caseworker, "Kun min")
    with everything() as session:
        key = session.scalar(select(SavedView.id))
    for who in ("other_caseworker", "coordinator", "far_caseworker"):
        client = login(getattr(world, who))
        assert "Kun min" not in client.get("/candidates").text
        assert client.get(f"/saved-views/{key}").status_code == 404
        for deed in ("rename", "remove"):
            assert client.post(f"/saved-views/{key}/{deed}", data={"name": "Stjålet"}).status_code == 404
    assert views(everything) == {("Kun min", "state=never")}


def test_a_list_without_views_is_not_there(caseworker):
    assert caseworker.get("/saved-views/new?of=security.login").status_code == 404
    assert save(caseworker, "Min", of="today.start").status_code == 404


def test_the_list_of_nominations_has_views_too(caseworker):
    answer = save(caseworker, "Mine i puljen", "state=submitted&mine=y", of="nominations.overview")
    assert answer.location == "/nominations?state=submitted&mine=y"
    page = caseworker.get(answer.location).text
    assert "Mine i puljen" in page
    assert "Tilstand: i puljen" in page
