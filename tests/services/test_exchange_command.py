"""`flask exchange import-candidates`: the same import at a terminal."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from coordination.adapters.spreadsheets import Sheet, write_workbook
from coordination.models import Candidate, Nomination
from tests.services.test_exchange import HEAD, ONE, TWO


def run(app, *arguments):
    return app.test_cli_runner().invoke(args=["exchange", "import-candidates", *map(str, arguments)])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text(HEAD + ONE + TWO, encoding="utf-8")
    return path


def test_the_command_tries_and_imports(app, world, everything, file):
    tried = run(app, file, "--jobcenter", "510", "--dry-run")
    assert tried.exit_code == 0, tried.output
    assert "Række 2: Amira Eksempel: ny, indstilles" in tried.output
    assert "Nye: 2. Ændres: 0. Indstilles: 1. Uændrede: 0. Fejl: 0." in tried.output
    assert "intet er importeret" in tried.output
    with everything() as session:
        assert session.scalar(select(Candidate.id)) is None
    without = run(app, file, "--jobcenter", "510")
    assert without.exit_code == 2
    assert run(app, file, "--jobcenter", "510", "--basis", "informed").exit_code == 0
    with everything() as session:
        owners = {(row.municipality_id, row.caseworker_id) for row in session.scalars(select(Candidate))}
        assert owners == {(world.municipality, world.caseworker.user_id)}
        assert session.scalar(select(Nomination.basis)) == "informed"
    again = run(app, file, "--jobcenter", "510")
    assert again.exit_code == 2
    assert "intet nyt" in again.output


def test_the_command_reads_workbooks_and_a_named_sheet(app, everything, tmp_path):
    path = tmp_path / "liste.xlsx"
    rows = [["070790-4285", "Amira", "anden"]]
    sheets = [Sheet(name, ["cpr", "navn", "ordning"], rows) for name in ("Maj", "Juni")]
    path.write_bytes(write_workbook(sheets))
    several = run(app, path, "--jobcenter", "510")
    assert several.exit_code == 2
    assert "»Maj«, »Juni«" in several.output
    done = run(app, path, "--jobcenter", "510", "--sheet", "juni", "--given-on", "2026-11-01")
    assert done.exit_code == 0, done.output
    with everything() as session:
        assert session.scalar(select(Candidate.name)) == "Amira"


@pytest.mark.parametrize(
    ("text", "jobcenter", "told"),
    [
        (HEAD + "1;;anden;\n", "510", "Fejl, række 2, cpr: CPR-nummeret skal have ti cifre."),
        (HEAD + ONE, "999", "Der er ingen kommune med kode 999."),
        ("", "510", "Filen er tom."),
        ('cpr;navn\n"x', "510", "anførselstegn"),
        ("cpr;navn\n1;Bo\n", "510", "Fejl, række 1, ordning: Kolonnen mangler."),
        (HEAD, "510", "ingen kandidater"),
    ],
)
def test_the_command_says_what_is_wrong_and_ends_with_two(app, everything, file, text, jobcenter, told):
    file.write_text(text, encoding="utf-8")
    answer = run(app, file, "--jobcenter", jobcenter)
    assert answer.exit_code == 2
    assert told in answer.output
    with everything() as session:
        assert session.scalar(select(Candidate.id)) is None
