"""For every reader and every state of a person the fields seen are those of the table, no less, no more."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from coordination.adapters.letters import render
from coordination.jobs.edge import Edge
from coordination.jobs.timetable import TIMETABLE
from coordination.models import Letter
from tests.separation.field_reader import Reader, text_of
from tests.separation.field_table import COORDINATOR, MUST, OTHER, OWN, SCHOOL, STRANGERS, State, may, must
from tests.separation.field_world import FieldWorld, Person, build
from tests.separation.populated import populate
from tests.separation.test_routes import path_of, product_rules

pytestmark = pytest.mark.slow
READERS = (OWN, COORDINATOR, OTHER, SCHOOL, *STRANGERS)
FEW = {State.SUBMITTED, State.OFFERED, State.CONFIRMED}
"""Whose pages a stranger knocks at; the lists tell of everybody."""
SEARCHES = ("candidates", "search")
SEARCHED = (State.DRAFT, State.PRIVATE, State.BASIS_WITHDRAWN)
SOUGHT = "name phone email address postcode town employer notes thread private_thread cpr contact_name code"
FORMS = "edit new answer leaving parking removal renewal submission wishes withdrawal basis_withdrawal"
"""Pages with a form: they are looked at for SOME, the others for everybody."""
SOME = FEW | {State.DRAFT, State.PRIVATE, State.PROTECTED, State.BASIS_WITHDRAWN}


@pytest.fixture
def ids(world, everything):
    """One row of every kind, for the addresses that are about no candidate."""
    with everything() as session:
        return populate(world, session).ids


@pytest.fixture
def fields(world, everything, ids) -> FieldWorld:
    with everything() as session:
        return build(world, session)


def addresses(application, fields: FieldWorld, ids: dict[str, int], states: set[State]):
    """Every page, for every person, run and session it can be about."""
    personal = {name for person in fields.people for name in person.ids}
    for rule in product_rules(application):
        if "GET" not in rule.methods:
            continue
        if rule.arguments & personal:
            for person in fields.people:
                looked_at = states & SOME if rule.endpoint.split(".")[1] in FORMS.split() else states
                if person.state in looked_at and rule.arguments <= set(person.ids):
                    yield path_of(rule, person.ids), person
            continue
        several = {"course_run_id": fields.runs, "session_id": fields.sessions}
        name = next((name for name in several if name in rule.arguments), None)
        for key in several.get(name, (None,)):
            yield path_of(rule, ids | ({name: key} if name else {})), None


def words_to_search(person: Person, reader: str) -> set[str]:
    """The words of fields this reader may not see of this person; somebody's own number may be looked up."""
    hidden = {name for name in SOUGHT.split() if not may(name, reader, person.state)}
    if must("name", reader, person.state):
        hidden -= {"cpr"}
    return {min(person.words[name]) for name in hidden & set(person.words)}


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_sees_the_fields_of_the_table_and_no_others(application, world, fields, ids, login, reader):
    client = login(getattr(world, reader))
    read = Reader(fields.people)
    states = FEW if reader in STRANGERS else set(State)
    for path, about in addresses(application, fields, ids, states):
        answer = client.get(path)
        assert answer.status_code in {200, 302, 404}, path
        if answer.status_code == 200:
            read.read(path, text_of(answer), about)
    leaked, missing = [], []
    for person in fields.people:
        for name in MUST:
            where = read.seen.get((person.number, name), set())
            if where and not may(name, reader, person.state):
                leaked.append((person.state.value, name, sorted(where)[:3]))
            if not where and must(name, reader, person.state):
                missing.append((person.state.value, name))
    assert leaked == []
    assert missing == []


@pytest.mark.parametrize("reader", [OWN, COORDINATOR, OTHER, SCHOOL])
def test_searching_for_what_is_hidden_finds_nobody(world, fields, login, reader):
    """A search must not say whose a hidden word is: neither by a hit nor by a name beside it."""
    client = login(getattr(world, reader))
    read = Reader(fields.people)
    for person in fields.people:
        if person.state not in SEARCHED:
            continue
        for word in sorted(words_to_search(person, reader)):
            for name in SEARCHES:
                answer = client.get(f"/{name}", query_string={"q": word})
                if answer.status_code == 404:
                    break
                found = read.found(re.sub(r'value="[^"]*"', "", answer.text)) - read.found(word)
                told = {field for number, field in found if number == person.number}
                assert told == set(), (reader, person.state, word, name, told)


@pytest.mark.parametrize("reader", [OWN, COORDINATOR])
def test_no_list_is_sorted_by_a_hidden_field(world, fields, login, reader):
    client = login(getattr(world, reader))

    def order(query: str) -> list[str]:
        text = client.get(f"/candidates{query}").text
        return re.findall(r"Navnxq\d\dz", text.partition("<tbody")[2])

    usual = order("")
    assert len(usual) > 5
    for name in ("address", "postcode", "birth_date", "cpr_hash", "notes", "contact_name"):
        assert order(f"?sort={name}") == usual, name


def test_no_letter_tells_anything_of_a_person_but_the_code(
    application, world, fields, everything, login, clock
):
    """Deeds of everybody, then months of the clock: every letter that comes of it is read."""
    coordinator, caseworker = login(world.coordinator), login(world.caseworker)
    by_state = {person.state: person.ids for person in fields.people}
    ahead = by_state[State.OFFERED]["enrolment_id"]
    posts = (
        (caseworker, f"/candidates/{by_state[State.CONFIRMED]['candidate_id']}/thread", thread(world)),
        (coordinator, f"/course-runs/{fields.runs[0]}/seats", chosen(by_state[State.SUBMITTED])),
        (caseworker, f"/nominations/{by_state[State.WITHDRAWN]['nomination_id']}/withdraw", {}),
        (caseworker, f"/nominations/{by_state[State.ACCEPTED]['nomination_id']}/withdraw", GOT_JOB),
        (caseworker, f"/enrolments/{ahead}/decline", {"reason": "too_far", "keep": "keep"}),
        (login(world.teacher), f"/course-runs/{fields.runs[1]}/rest", {}),
    )
    for client, path, data in posts:
        client.post(path, data=data)
    edge = Edge(application)
    for _day in range(4):
        clock.forward(days=30)
        for job in TIMETABLE:
            if job.name != "letters.send":
                job.deed(edge)
    read = Reader(fields.people)
    with everything() as session:
        letters = session.scalars(select(Letter).where(Letter.message_id != "<populated@x>")).all()
    for row in letters:
        text = render(row.letter, row.language, row.facts, "https://forloeb.example")
        read.read(row.letter, f"{text.subject}\n{text.body}")
    assert {row.letter for row in letters} > {"thread_mention", "thread_overdue", "seat_offered"}
    assert {name for _person, name in read.seen} <= {"code", "municipality"}


GOT_JOB = {"reason": "got_job"}


def thread(world) -> dict[str, object]:
    return {
        "text": "Se her",
        "mentioned": [str(world.coordinator.user_id)],
    }


def chosen(ids: dict[str, int]) -> dict[str, list[int]]:
    return {"nominations": [ids["nomination_id"]]}
