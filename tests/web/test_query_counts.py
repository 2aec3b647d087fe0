"""A list asks the database the same number of questions however long it is."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from coordination.db import db
from tests.factories import make_candidate, make_enrolment, make_nomination, make_run

pytestmark = pytest.mark.sqlite  # what is asked does not depend on who answers
FEW, MANY = 5, 50


@contextmanager
def counted():
    """The statements sent meanwhile."""
    sent: list[str] = []

    def note(_conn, _cursor, statement, *_more):
        sent.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def grow(world, everything):
    """`grow(5)`: so many more people, every other one with a nomination, some with a seat."""

    def more(number: int) -> list[int]:
        with everything():
            run = make_run(world)
            rows = [make_candidate(world.municipality, world.caseworker, name="Mange") for _ in range(number)]
            for place, row in enumerate(rows):
                if place % 2:
                    nomination = make_nomination(row, (world.kitchen, world.care))
                    if place % 4 == 1:
                        make_enrolment(nomination, run, state="waiting")
            return [row.id for row in rows]

    return more


def pages(client, people):
    found = client.post("/search", data={"words": "mange"}).location
    return {
        "candidates": lambda: client.get("/candidates"),
        "filtered": lambda: client.get("/candidates?caseworker=mine&exam=pd1"),
        "nominations": lambda: client.get("/nominations"),
        "search": lambda: client.get(found),
        "bulk nominate": lambda: client.post("/candidates/bulk", data={"deed": "nominate", "person": people}),
        "bulk park": lambda: client.post("/candidates/bulk", data={"deed": "park", "person": people}),
        "bulk withdraw": lambda: client.post("/candidates/bulk", data={"deed": "withdraw", "person": people}),
    }


@pytest.mark.parametrize("who", ["caseworker", "coordinator"])
def test_the_number_of_statements_does_not_grow_with_the_rows(world, login, grow, who):
    client = login(getattr(world, who))
    counts = []
    for number in (FEW, MANY - FEW):
        people = grow(number)
        known = people if who == "caseworker" else people[1::2]
        found = {}
        for name, ask in pages(client, known).items():
            ask()  # what is looked up once per process
            with counted() as sent:
                assert ask().status_code == 200, name
            found[name] = len(sent)
        counts.append(found)
    assert counts[0] == counts[1]
