"""Pages of candidates: what each role reads, errors beside fields, and nothing personal in an address."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from coordination.models import Candidate, PersonView
from tests.factories import make_candidate, make_nomination

TYPED = {
    "name": "Amira Eksempel",
    "cpr": "070761-4285",
    "phone": "20 11 22 33",
    "email": "amira@example.org",
    "address": "Hemmelig Vej 4",
    "postcode": "6200",
    "town": "Aabenraa",
    "scheme": "igu",
    "igu_start": "01-08-2026",
    "employer": "Kantinen",
    "danish_track": "du2",
    "danish_module": "3",
    "danish_exam": "pd1",
    "needs": ["transport", "interpreter"],
    "notes": "Ringer helst om formiddagen",
}


@pytest.fixture
def caseworker(world, login):
    return login(world.caseworker)


@pytest.fixture
def typed(world):
    return {**TYPED, "caseworker_id": world.caseworker.user_id}


def register(client, typed, **more):
    return client.post("/candidates", data=typed | more)


def test_registering_leads_to_the_page_of_the_person(caseworker, typed, everything):
    answer = register(caseworker, typed)
    assert answer.status_code == 302
    page = caseworker.get(answer.location).text
    for text in ("Kandidaten er registreret", "070761-****", "Hemmelig Vej 4", "1. august 2026", "tolk"):
        assert text in page
    assert "4285" not in page
    assert "Indstil til puljen" in page
    with everything() as session:
        assert "transport" in session.scalar(select(Candidate.needs))


def test_errors_stand_beside_their_fields_and_nothing_typed_is_lost(caseworker, typed, everything):
    answer = register(caseworker, typed, igu_start="32-13-2026")
    assert answer.status_code == 422
    for text in ('id="igu_start-error"', "32-13-2026", "Ringer helst om formiddagen"):
        assert text in answer.text
    again = register(caseworker, typed, cpr="123", postcode="62", danish_track="")
    for field in ("cpr", "postcode", "danish_track"):
        assert f'id="{field}-error"' in again.text
    assert 'value="123"' in again.text
    with everything() as session:
        assert session.scalar(select(Candidate.id)) is None


@pytest.mark.parametrize(
    "bad",
    [
        {"scheme": "nonsense"},
        {"danish_module": "99"},
        {"caseworker_id": "999999999999999999999"},
        {"name": "A\0B"},
        {"name": "x" * 5000},
        {"needs": ["nonsense"]},
        {"notes": "x" * 50_000},
        {"cpr": "٠١٠١٩٠١٢٣٤"},
    ],
)
def test_nonsense_is_an_answer_and_never_a_crash(caseworker, typed, bad):
    assert register(caseworker, typed, **bad).status_code == 422


def test_an_empty_form_says_what_is_missing(caseworker):
    answer = caseworker.post("/candidates", data={})
    assert answer.status_code == 422
    assert "Feltet skal udfyldes." in answer.text


def test_a_failing_check_digit_warns_after_saving(caseworker, typed):
    answer = register(caseworker, typed, cpr="010190-0001")
    assert "består ikke kontrolcifferet" in caseworker.get(answer.location).text


def test_the_same_person_again_gets_a_way_to_the_page(caseworker, typed):
    first = register(caseworker, typed)
    answer = register(caseworker, typed)
    assert answer.status_code == 422
    assert "Personen er allerede registreret" in answer.text
    assert f'href="{first.location}"' in answer.text


def test_the_whole_number_is_shown_once_and_its_view_is_logged(caseworker, typed, everything):
    page = register(caseworker, typed).location
    shown = caseworker.post(f"{page}/cpr")
    assert "070761-4285" in shown.text
    assert "070761-4285" not in caseworker.get(page).text
    with everything() as session:
        purposes = session.scalars(select(PersonView.purpose)).all()
        assert "candidates.reveal_cpr" in purposes


def test_editing_keeps_the_number_and_shows_what_changed(caseworker, typed):
    page = register(caseworker, typed).location
    form = caseworker.get(f"{page}/edit").text
    assert "4285" not in form
    assert 'value="2026-08-01"' in form
    answer = caseworker.post(
        f"{page}/edit", data=typed | {"cpr": "", "town": "Tønder", "version": "1", "needs": []}
    )
    assert answer.location == page
    text = caseworker.get(page).text
    assert "fra »Aabenraa« til »Tønder«" in text
    assert "»hjælp til transport, tolk« fjernet" in text


def test_two_who_edit_the_second_is_told_and_keeps_the_text(caseworker, typed):
    page = register(caseworker, typed).location
    first = typed | {"cpr": "", "version": "1", "notes": "Den første"}
    assert caseworker.post(f"{page}/edit", data=first).status_code == 302
    second = caseworker.post(f"{page}/edit", data=first | {"notes": "Den anden"})
    assert second.status_code == 409
    assert "En anden har ændret det samme" in second.text
    assert "Den anden" in second.text
    assert "Den første" in caseworker.get(page).text


@pytest.fixture
def nominated(world, caseworker, typed, everything):
    """The page of a registered person whose nomination stands in the pool."""
    register(caseworker, typed | {"notes_private": "y"})
    with everything() as session:
        person = session.scalar(select(Candidate))
        make_nomination(person, (world.kitchen,), code="K-1042")
        return f"/candidates/{person.id}"


def test_a_coordinator_reads_a_nominated_person_without_address_private_notes_or_number(
    world, login, nominated
):
    coordinator = login(world.coordinator)
    pages = [coordinator.get(path) for path in (nominated, f"{nominated}/edit", "/candidates")]
    for text in (page.text for page in (*pages, coordinator.post("/exchange/candidates/list"))):
        assert "Amira Eksempel" in text
        assert "Hemmelig Vej" not in text
        assert "6200" not in text
        assert "formiddagen" not in text
    assert "070761-****" in coordinator.get(nominated).text
    assert "Vis hele nummeret" not in coordinator.get(nominated).text
    assert coordinator.post(f"{nominated}/cpr").status_code == 404
    kept = coordinator.post(
        f"{nominated}/edit",
        data=TYPED | {"name": "Amira E.", "address": "Ny", "notes": "Ny", "version": "1"},
    )
    assert kept.status_code == 302
    text = login(world.caseworker).get(nominated).text
    assert "Amira E." in text
    assert "Hemmelig Vej 4" in text
    assert "Ringer helst" in text


@pytest.mark.parametrize(
    "person", ["other_caseworker", "far_caseworker", "far_coordinator", "teacher", "leader", "admin"]
)
def test_for_everyone_else_the_person_is_not_there(world, login, nominated, person):
    client = login(getattr(world, person))
    for path in (nominated, f"{nominated}/edit", f"{nominated}/nominate"):
        assert client.get(path).status_code == 404
    for path in (f"{nominated}/edit", f"{nominated}/cpr", f"{nominated}/nominate"):
        assert client.post(path, data=TYPED).status_code == 404
    assert "Amira" not in client.get("/candidates", follow_redirects=True).text


def test_a_person_not_yet_nominated_is_not_there_for_the_coordinator(world, login, everything):
    with everything():
        person = make_candidate(world.municipality, world.caseworker, name="Ikke Indstillet")
        make_nomination(person, (world.kitchen,), state="draft", submitted_at=None)
        path = f"/candidates/{person.id}"
    coordinator = login(world.coordinator)
    assert coordinator.get(path).status_code == 404
    assert coordinator.post(f"{path}/edit", data=TYPED | {"version": "1"}).status_code == 404
    assert "Ikke Indstillet" not in coordinator.get("/candidates").text
    assert coordinator.get("/candidates/new").status_code == 404


def test_a_search_puts_no_name_in_the_address_and_survives_sorting(caseworker, nominated):
    answer = caseworker.post("/candidates/search", data={"q": "amira", "scheme": "igu", "caseworker": "mine"})
    assert answer.status_code == 302
    assert "amira" not in answer.location.lower()
    assert "scheme=igu" in answer.location
    text = caseworker.get(answer.location).text
    assert "Amira Eksempel" in text
    assert 'value="amira"' in text
    assert "sort=-name" in text
    assert "Nulstil" in text
    number = caseworker.post("/candidates/search", data={"q": "070761-4285"})
    assert "4285" not in number.location
    assert "Amira Eksempel" in caseworker.get(number.location).text


def test_a_list_without_hits_and_an_empty_list_say_what_to_do(world, login, caseworker, nominated):
    assert "Ingen kandidater passer til søgningen" in caseworker.get("/candidates?q=findesikke").text
    assert "importér en liste fra en fil" in login(world.other_caseworker).get("/candidates").text
    assert "så snart et jobcenter indstiller" in login(world.far_coordinator).get("/candidates").text


@pytest.mark.parametrize(
    "asked", ["page=0", "page=-1", "page=9999999999999", "page=x", "sort=%00", "state=x&scheme=y", "q=%00%FF"]
)
def test_an_odd_address_still_shows_the_list(caseworker, nominated, asked):
    assert caseworker.get(f"/candidates?{asked}").status_code == 200


def test_a_protected_address_carries_its_warning(caseworker, typed, clock):
    page = register(caseworker, typed, protected_until="2027-06-01").location
    assert "Navne- og adressebeskyttelse til og med 1. jun. 2027" in caseworker.get(page).text
    clock.forward(days=400)
    assert "Giv ikke adressen videre" not in caseworker.get(page).text


def test_every_look_at_a_person_is_logged_with_its_page(world, caseworker, nominated, everything):
    caseworker.get("/candidates")
    caseworker.get(nominated)
    with everything() as session:
        found = set(session.scalars(select(PersonView.purpose)))
    assert {"candidates.overview", "candidates.profile"} <= found


IGU = {
    "target_group": "refugee",
    "residence_since": "2020-01-01",
    "employer_private": "yes",
    "agreement_signed_on": "2026-11-01",
    "vitas_reference": "VITAS 12/34-x",
    "practice_days": ["0", "3"],
    "most_travel_minutes": "75",
    "contact_name": "Bodil O'Mentor",
    "contact_phone": "20 30 40 50",
    "contact_role": "mentor",
    "cpr": "010190-0001",
}


def test_the_page_tells_conditions_deadlines_bonus_and_who_helps(caseworker, typed):
    page = caseworker.get(register(caseworker, typed, **IGU).location).text
    for text in (
        "Alle betingelser for IGU er opfyldt",
        "VITAS 12/34-x",
        "mandag og torsdag",
        "75 minutter",
        "Bodil O&#39;Mentor",
        "mentor",
        "mindst 8 af ugerne skal være AMU",
        "1. feb. 2027",
        "20.000 kr.",
        "Om 8 dage",
        "84 dage over fristen",
    ):
        assert text in page


def test_every_rule_that_does_not_hold_is_told_after_saving(caseworker, typed):
    old = {"cpr": "010170-0001", "residence_since": "2000-05-01", "target_group": ""}
    page = caseworker.get(register(caseworker, typed, **IGU | old).location).text
    for text in (
        "Kandidaten er 56 år ved start den 1. aug. 2026; reglen er under 50 år",
        "mere end 20 år",
        "Stopper en indstilling",
        "Skal undersøges",
        "hører til målgruppen",
        "L 82 (2023-24)",
    ):
        assert text in page
    assert "Alle betingelser" not in page


def test_another_scheme_is_not_judged(caseworker, typed):
    page = caseworker.get(register(caseworker, typed, scheme="ordinary", igu_start="").location).text
    assert "Betingelser for IGU" not in page
    assert "IGU-forløbet" not in page


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"igu_start": "2016-06-30"}, "igu_start", "begyndte den 1. juli 2016"),
        ({"igu_start": "2028-01-01"}, "igu_start", "kan senest begynde den 31. dec. 2027"),
        ({"residence_since": "2026-11-24"}, "residence_since", "ligger i fremtiden"),
        ({"residence_since": "1989-12-31"}, "residence_since", "før fødslen"),
        ({"vitas_reference": "x" * 41}, "vitas_reference", "40"),
        ({"contact_name": ""}, "contact_name", "Skriv kontaktpersonens navn"),
        ({"practice_days": ["8"]}, "practice_days", ""),
        ({"most_travel_minutes": "301"}, "most_travel_minutes", "fra 1 til 300"),
        ({"employer_private": "maybe"}, "employer_private", ""),
        ({"scheme": "other", "igu_start": ""}, "vitas_reference", "hører til en IGU"),
    ],
)
def test_what_cannot_be_about_an_igu_is_told_beside_its_field(
    caseworker, typed, everything, wrong, field, sentence
):
    answer = register(caseworker, typed, **IGU | wrong)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert sentence in answer.text
    with everything() as session:
        assert session.scalar(select(Candidate.id)) is None


@pytest.mark.parametrize("name", ["Siobhán O'Neill-D’Arcy", "محمد عبد الله", "Ø" * 200])
def test_names_of_all_kinds_are_kept(caseworker, typed, everything, name):
    answer = register(caseworker, typed, name=name)
    assert answer.status_code == 302
    assert caseworker.get(answer.location).status_code == 200
    with everything() as session:
        assert session.scalar(select(Candidate.name)) == name


def test_the_facts_of_an_igu_are_corrected_with_a_history(caseworker, typed):
    made = register(caseworker, typed, **IGU).location
    form = caseworker.get(f"{made}/edit").text
    assert 'value="VITAS 12/34-x"' in form
    changed = {**typed, **IGU, "cpr": "", "version": "1", "agreement_in_vitas_on": "2026-11-20"}
    changed |= {"practice_days": ["4"], "employer_private": "no", "contact_role": "volunteer"}
    page = caseworker.post(f"{made}/edit", data=changed, follow_redirects=True).text
    for text in (
        "»20. nov. 2026« tilføjet",
        "fra »mandag og torsdag« til »fredag«",
        "fra »ja« til »nej«",
        "fra »mentor« til »frivillig«",
        "Gjort 20. nov. 2026",
    ):
        assert text in page
    assert "20.000 kr." not in page
