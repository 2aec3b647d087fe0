"""An administrator sees organisations, accounts, letters and deeds, and never a candidate."""

from __future__ import annotations

import pytest

from coordination import audit, outbox
from coordination.queries.accounts import caseworkers
from tests.factories import make_candidate, make_nomination, make_participant, make_run

MARKERS = ("Markør Kandidat", "markoer-mail", "Markørvej", "20 99 88 77", "Markørby", "Markørkøkkenet")


@pytest.fixture
def people(world, act, everything, now):
    """A person with a marker in every field, and every deed around her in the log and the letters."""
    with everything():
        candidate = make_candidate(
            world.municipality,
            world.caseworker,
            name="Markør Kandidat",
            email="markoer-mail@example.org",
            address="Markørvej 1",
            phone="20 99 88 77",
            town="Markørby",
            employer="Markørkøkkenet",
        )
        nomination = make_nomination(candidate, (world.kitchen,))
        run = make_run(world)
        seat = make_participant(world, run, world.caseworker, world.municipality, name="Markør Kandidat")
        for subject, row in (("candidate", candidate), ("nomination", nomination), ("enrolment", seat)):
            audit.record(
                world.caseworker, f"{subject}s.save", subject, row.id, now=now, reason="Markør Kandidat"
            )
        outbox.queue("seat_offered", caseworkers(world.municipality), now=now, run_id=run.id)


def test_no_page_of_the_administrator_names_a_person(application, login, world, people):
    admin = login(world.admin)
    ids = {
        "user_id": world.teacher.user_id,
        "partnership_id": world.partnership,
        "municipality_id": world.municipality,
        "school_id": world.school,
        "sector_id": world.kitchen,
        "letter_id": 1,
    }
    seen = 0
    for rule in application.url_map.iter_rules():
        if "GET" not in rule.methods or rule.arguments - set(ids) or rule.endpoint == "static":
            continue
        answer = admin.get(rule.rule if not rule.arguments else _filled(rule, ids))
        seen += answer.status_code == 200
        assert not [marker for marker in MARKERS if marker in answer.text], rule.endpoint
    assert seen > 15


def _filled(rule, ids) -> str:
    path = rule.rule
    for name in rule.arguments:
        path = path.replace(f"<int:{name}>", str(ids[name]))
    return path


@pytest.mark.parametrize("page", ["accounts?q=", "letters?q=", "audit-log?who="])
def test_searching_for_a_person_finds_nobody(login, world, people, page):
    answer = login(world.admin).get(f"/{page}Markør")
    assert "passer" in answer.text
    assert "Kandidat" not in answer.text[answer.text.index("<main") :]
