"""Every route, as everyone it is not for: the page that is not there, and nothing changed.

The cases come from the url map, so a new route is covered the moment it exists; a new kind of id has to
be added to `populated.py`, and a route whose row is shared says so in SHARED.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from flask import Flask

from coordination.db import Base, db
from coordination.domain.permissions import allowed
from tests.separation.populated import CPR, populate

MISSING = 999_999
LIBRARY = ("static", "security.", "house.")
NEAR = ("coordinator", "caseworker", "other_caseworker", "teacher", "other_teacher", "leader", "admin")
FAR = ("far_coordinator", "far_caseworker", "far_teacher")
EVERYONE = NEAR + FAR

OWNED = {"caseworker", "coordinator"}
"""Who reaches a row of a person of the first municipality."""
REACHES = {
    "candidate_id": OWNED,
    "saved_view_id": {"caseworker"},
    "feed_id": {"caseworker"},
    "unavailability_id": OWNED,
    "hours_elsewhere_id": OWNED,
    "hour_factor_id": {"admin"},
    "rule_id": {"admin"},
    "rate_id": {"admin"},
    "nomination_id": OWNED,
    "enrolment_id": OWNED | {"teacher"},
    "offer_id": OWNED,
    "mark_id": OWNED | {"teacher"},
    "follow_up_id": OWNED,
    "message_id": OWNED,
    "import_id": {"caseworker"},
    "transfer_id": OWNED | {"other_caseworker"},
    "proposal_id": {"coordinator"},
    "course_run_id": OWNED | {"other_caseworker", "teacher"},
    "session_id": OWNED | {"teacher"},
    "evaluation_id": {"coordinator", "teacher"},
    "question_set_id": {"coordinator", "teacher"},
    "answer_id": {"coordinator", "teacher"},
    "change_id": {"coordinator", "teacher"},
    "track_id": {"coordinator"},
    "module_id": {"coordinator"},
    "letter_id": {"admin"},
    "user_id": {"admin"},
    "partnership_id": {"admin"},
    "municipality_id": {"admin"},
    "school_id": {"admin"},
    "sector_id": {"admin"},
    "closing_day_id": {"admin"},
    "fee_id": {"admin"},
    "employer_id": OWNED | {"other_caseworker"},
    "reason_id": {"admin"},
}
"""Which people a row of each kind may exist for at all; for everyone else it is not there."""


def product_rules(application: Flask):
    """The routes behind a door of ours; public pages reach no owned row."""
    found = [rule for rule in application.url_map.iter_rules() if not rule.endpoint.startswith(LIBRARY)]
    behind = [rule for rule in found if application.view_functions[rule.endpoint].permission is not None]
    return sorted(behind, key=lambda rule: rule.endpoint)


def path_of(rule, ids: dict[str, int]) -> str:
    return re.sub(r"<int:([a-z_]+)>", lambda match: str(ids.get(match[1], MISSING)), rule.rule)


def send(client, rule, path: str):
    method = "POST" if "POST" in rule.methods else "GET"
    return client.open(path, method=method, data={} if method == "POST" else None)


def body_of(answer) -> str:
    return re.sub(r'nonce="[^"]*"', "", answer.text)


def everything_stored() -> dict[str, list[tuple]]:
    """Every row of every table but the log of views and the limits of requests."""
    with db.engine.connect().execution_options(unguarded=True) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT set_config('app.everything', 'on', true)")
        return {
            table.name: sorted(map(str, connection.execute(table.select()).all()))
            for table in Base.metadata.sorted_tables
            if table.name not in {"person_views", "rate_hits"}
        }


@pytest.fixture
def populated(world, everything):
    with everything() as session:
        return populate(world, session)


def test_every_id_in_an_address_has_a_row_and_a_reach(application, populated):
    used = {name for rule in product_rules(application) for name in rule.arguments}
    assert used <= set(REACHES), used - set(REACHES)


@pytest.mark.parametrize("person", EVERYONE)
def test_what_is_not_yours_is_not_there(application, world, populated, login, person):
    """Another owner's row answers like a missing one, word for word, and the request changes nothing."""
    client = login(getattr(world, person))
    before = everything_stored()
    tried = 0
    for rule in product_rules(application):
        if not rule.arguments or all(person in REACHES[name] for name in rule.arguments):
            continue
        foreign, missing = path_of(rule, populated.ids), path_of(rule, {})
        answer, nothing = send(client, rule, foreign), send(client, rule, missing)
        assert answer.status_code == 404, (rule.endpoint, answer.status_code)
        assert body_of(answer).replace(foreign, "") == body_of(nothing).replace(missing, ""), rule.endpoint
        tried += 1
    assert tried > 5
    assert everything_stored() == before


@pytest.mark.parametrize("person", EVERYONE)
def test_a_deed_outside_the_role_is_not_there(application, world, populated, login, person):
    """The permission table decides: what a role may not do answers 404 even for its own rows."""
    actor = getattr(world, person)
    client = login(actor)
    before = everything_stored()
    for rule in product_rules(application):
        permission = application.view_functions[rule.endpoint].permission
        if permission is None or allowed(actor.role, permission):
            continue
        answer = send(client, rule, path_of(rule, populated.ids))
        assert answer.status_code == 404, rule.endpoint
    assert everything_stored() == before


def test_nobody_enters_without_logging_in(application, populated):
    client = application.test_client()
    before = everything_stored()
    for rule in product_rules(application):
        if application.view_functions[rule.endpoint].permission is None:
            continue
        answer = send(client, rule, path_of(rule, populated.ids))
        assert answer.status_code == (302 if "GET" in rule.methods else 401), rule.endpoint
        if answer.status_code == 302:
            assert answer.location.startswith("/login?next="), rule.endpoint
    assert everything_stored() == before


def allowed_words(person: str, populated) -> set[str]:
    """The markers a person may read somewhere, by `access.md`; all others must be nowhere."""
    accepted, offered, draft = populated.accepted, populated.offered, populated.draft
    if person == "caseworker":
        return accepted.all() | offered.all() | draft.all()
    if person == "coordinator":
        hidden = {accepted.address, offered.address}
        return (accepted.all() | offered.all()) - hidden
    if person == "teacher":
        return {
            accepted.name,
            accepted.phone,
            accepted.email,
            accepted.town,
            accepted.employer,
            accepted.comment,
        }
    return set()


def pages(application, ids):
    return [(rule, path_of(rule, ids)) for rule in product_rules(application) if "GET" in rule.methods]


@pytest.mark.slow
@pytest.mark.parametrize("person", EVERYONE)
def test_no_page_file_or_search_tells_what_the_table_hides_or_writes(
    application, world, populated, login, person
):
    every = populated.accepted.all() | populated.offered.all() | populated.draft.all() | {"Filmærke"}
    forbidden = every - allowed_words(person, populated)
    forbidden |= {CPR, f"{CPR[:6]}-{CPR[6:]}"}
    if person == "caseworker":
        forbidden.discard("Filmærke")
        forbidden -= {f"{CPR[:6]}-{CPR[6:]}"}
    client = login(getattr(world, person))
    before = everything_stored()
    addresses = [path for _rule, path in pages(application, populated.ids)]
    for word in sorted(every):
        lists = ("candidates", "nominations", "follow-ups", "search")
        addresses += [f"/{name}?q={word}" for name in lists]
    for path in addresses:
        answer = client.get(path)
        assert answer.status_code in {200, 302, 404}, (path, answer.status_code)
        text = (
            answer.text.replace(path, "") if "?q=" not in path else re.sub(r'value="[^"]*"', "", answer.text)
        )
        leaked = {word for word in forbidden if word in text and word not in path}
        assert leaked == set(), (person, path, leaked)
    assert everything_stored() == before, "reading wrote something"


def test_a_school_never_reads_a_cause_of_illness(application, world, populated, login):
    client = login(world.teacher)
    for _rule, path in pages(application, populated.ids):
        assert "egen sygdom" not in client.get(path).text.lower(), path


@pytest.mark.parametrize("person", [name for name in EVERYONE if name not in {"caseworker", "coordinator"}])
def test_sorting_tells_nothing_about_others(application, world, populated, login, person):
    """The pages of people without reach are the same whoever exists elsewhere."""
    client = login(getattr(world, person))
    for first, second in pairwise(["/candidates?sort=name", "/candidates?sort=-name"]):
        a, b = client.get(first), client.get(second)
        assert a.status_code == b.status_code
        assert populated.accepted.name not in a.text + b.text
