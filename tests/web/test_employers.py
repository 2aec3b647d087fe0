"""Employers: matched with what candidates have, each reader within the own reach, limits for the pooling."""

from __future__ import annotations

from datetime import date

import pytest

from coordination.domain.employers import EmployerFacts
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.errors import Invalid, NotFound, Stale
from coordination.models import Employer
from coordination.queries import employers as queries
from coordination.services import employers as services
from tests.factories import make_candidate, make_enrolment, make_nomination, make_run, save

TODAY = date(2026, 11, 23)
DANIA = EmployerFacts("Hotel Dania", "", 1)


@pytest.fixture
def hotel(world, everything):
    """Two people of Hotel Dania at school on the same days, one of each municipality, and one elsewhere."""
    with everything():
        run = make_run(world, starts_on=date(2027, 1, 4))
        for municipality, actor, employer in (
            (world.municipality, world.caseworker, "hotel dania A/S"),
            (world.other_municipality, world.other_caseworker, "Hotel-Dania"),
            (world.other_municipality, world.other_caseworker, "Kantinen"),
        ):
            person = make_candidate(municipality, actor, name=f"Fra {employer}", employer=employer)
            nomination = make_nomination(person, (world.kitchen,))
            make_enrolment(nomination, run, state=EnrolmentState.ACCEPTED)
        row = {"name": "Hotel Dania", "name_key": "hotel dania", "most_away": 1}
        return save(Employer(partnership_id=world.partnership, **row)).id


def test_everyone_reads_the_own_people_only(world, act, hotel):
    with act(world.coordinator):
        (row,) = queries.overview_page(world.coordinator, TODAY).rows
        assert (row.people, row.busiest.people, row.busiest.day, row.is_over) == (
            2,
            2,
            date(2027, 1, 4),
            True,
        )
        assert [one.name for one in queries.overview_page(world.coordinator, TODAY).unknown] == ["Kantinen"]
        assert queries.limits(world.partnership) == {"hotel dania": 1}
    with act(world.caseworker):
        page = queries.detail_page(world.caseworker, hotel, TODAY)
        assert [person.name for person in page.people] == ["Fra hotel dania A/S"]
        assert (page.is_over, page.may_manage) == (False, False)
        assert queries.overview_page(world.caseworker, TODAY).unknown == ()
    with act(world.far_coordinator), pytest.raises(NotFound):
        queries.detail_page(world.far_coordinator, hotel, TODAY)


def test_an_employer_is_entered_once_and_changed_by_one_at_a_time(world, act, hotel, now):
    with act(world.coordinator):
        with pytest.raises(Invalid) as refused:
            services.create(world.coordinator, world.partnership, DANIA, now=now)
        assert refused.value.errors["name"][0] == "employer.known"
        with pytest.raises(NotFound):
            services.create(world.coordinator, world.far_partnership, DANIA, now=now)
        unlimited = EmployerFacts("Hotel Dania", "29189846", None)
        services.save(world.coordinator, hotel, unlimited, version=1, now=now)
        assert queries.limits(world.partnership) == {}
    with act(world.coordinator), pytest.raises(Stale):
        services.save(world.coordinator, hotel, DANIA, version=1, now=now)
    with act(world.far_coordinator), pytest.raises(NotFound):
        services.remove(world.far_coordinator, hotel, now=now)


def test_the_pages_lead_from_a_name_to_a_limit(world, login, hotel):
    client = login(world.coordinator)
    listed = client.get("/employers").text
    for text in ("over grænsen", "Kantinen", "ikke er oprettet"):
        assert text in listed
    page = client.get(f"/employers/{hotel}").text
    for text in ("Flere på skole, end virksomheden kan undvære", "skrevet »Hotel-Dania«", "Haderslev"):
        assert text in page
    begun = client.post("/employers/new", data={"begin": "1", "name": "Kantinen", "of": world.partnership})
    assert begun.status_code == 200
    assert 'value="Kantinen"' in begun.text
    wrong = client.post("/employers/new", data={"name": "Kantinen", "most_away": "0", "cvr": "12345678"})
    assert wrong.status_code == 422
    assert "Skriv et tal fra 1" in wrong.text
    assert "Det har otte cifre" in wrong.text
    made = client.post("/employers/new", data={"name": "Kantinen", "most_away": "2"})
    assert made.status_code == 302
    assert "ikke er oprettet" not in client.get("/employers").text
    edited = client.post(f"{made.location}/edit", data={"name": "Kantinen", "most_away": "", "version": "1"})
    assert edited.status_code == 302
    assert client.post(f"{made.location}/edit", data={"name": "X", "version": "1"}).status_code == 409
    assert "Kantinen" in client.get(f"{made.location}/removal").text
    assert client.post(f"{made.location}/removal").status_code == 302
    assert client.get(made.location).status_code == 404
    caseworker = login(world.caseworker)
    assert "Opret" not in caseworker.get("/employers").text.partition("<main")[2]
    for path in ("new", f"{hotel}/edit", f"{hotel}/removal"):
        assert caseworker.get(f"/employers/{path}").status_code == 404
