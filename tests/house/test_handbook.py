"""The handbook's tables of a nomination's way are those of the code; HANDBOOK=write writes them anew."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from coordination.domain.enrolments import EnrolmentState
from coordination.domain.nominations import MOVES, NominationState, whose_turn
from coordination.web.labels import word

PAGE = Path(__file__).parents[2] / "docs" / "handbook" / "indstilling.md"
CLOCK = "uret"
SEATS = {
    NominationState.OFFERED: (EnrolmentState.OFFERED,),
    NominationState.ACCEPTED: (EnrolmentState.ACCEPTED, EnrolmentState.CONFIRMED),
}


def turns() -> list[str]:
    """Each state with whose turn it is; once a seat is accepted, its own state tells."""
    lines = ["| tilstand | hvis tur |", "|---|---|"]
    for state in NominationState:
        for seat in SEATS.get(state, (None,)):
            which = f"{word(state)}, {word(seat)}" if len(SEATS.get(state, ())) > 1 else word(state)
            lines.append(f"| {which} | {word(whose_turn(state, seat))} |")
    return lines


def moves() -> list[str]:
    """Each move of the table: from where to where, by which deed, and who may."""
    lines = ["| fra | hvad der sker | til | hvem |", "|---|---|---|---|"]
    for state in NominationState:
        for (before, deed), (after, roles) in MOVES.items():
            if before is state:
                who = ", ".join(sorted(word(role) if role else CLOCK for role in roles))
                lines.append(f"| {word(before)} | {word(deed)} | {word(after)} | {who} |")
    return lines


@pytest.mark.parametrize(("name", "table"), [("turns", turns), ("moves", moves)])
def test_the_handbook_tells_what_the_code_does(application, name, table):
    with application.test_request_context():
        wanted = "\n".join(table())
    page = PAGE.read_text(encoding="utf-8")
    if os.environ.get("HANDBOOK") == "write":
        block = rf"(<!-- {name} -->\n).*?(\n<!-- /{name} -->)"
        page = re.sub(block, rf"\g<1>{wanted}\g<2>", page, flags=re.DOTALL)
        PAGE.write_text(page, encoding="utf-8")
    assert f"<!-- {name} -->\n{wanted}\n<!-- /{name} -->" in page
