"""Importing a file: whole or not at all, sealed in between, forgotten after, the same at a terminal."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from coordination.adapters.cpr_vault import vault_from
from coordination.domain.candidate_rows import MAX_ROWS
from coordination.domain.candidates import Scheme
from coordination.domain.errors import NotFound, Refused
from coordination.models import Candidate, CandidateImport, Nomination
from coordination.queries import exchange as queries
from coordination.services import exchange as services

TODAY = date(2026, 11, 23)
VAULT = vault_from(("t1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",), "hash" * 10)
HEAD = "cpr;navn;ordning;brancher\n"
ONE = "070761-4285;Amira Eksempel;IGU;kokken\n"
TWO = "010190-0001;Bashir Prøve;virksomhedspraktik;\n"


def upload(act, actor, text, now, filename="liste.csv"):
    with act(actor):
        content = text if isinstance(text, bytes) else text.encode()
        return services.upload_candidates(actor, filename, content, vault=VAULT, now=now)


def page(act, actor, import_id):
    with act(actor):
        return queries.dry_run_page(actor, import_id, vault=VAULT, today=TODAY)


def bring_in(act, actor, import_id, now):
    with act(actor):
        return services.import_candidates(actor, import_id, vault=VAULT, today=TODAY, now=now)


def test_a_file_is_kept_sealed_and_nothing_is_registered_yet(world, act, everything, now):
    kept = upload(act, world.caseworker, HEAD + ONE + TWO, now, "C:\\mine\\li\nste.csv")
    told = page(act, world.caseworker, kept)
    assert (told.new, told.nominated, told.skipped, told.error_count) == (2, 1, 0, 0)
    assert told.filename == "liste.csv"
    assert [(row.row, row.name, row.cpr) for row in told.rows] == [
        (2, "Amira Eksempel", "070761-****"),
        (3, "Bashir Prøve", "010190-****"),
    ]
    assert told.rows[0].wishes == ("Køkken og rengøring Syd",)
    assert [(error.row, error.code) for error in told.warnings] == [(3, "cpr.modulus11")]
    with everything() as session:
        assert "Amira" not in session.get(CandidateImport, kept).content_sealed
        assert session.scalar(select(Candidate.id)) is None


def test_an_import_registers_everyone_nominates_those_with_sectors_and_wipes_the_file(
    world, act, everything, now
):
    kept = upload(act, world.caseworker, HEAD + ONE + TWO, now)
    bring_in(act, world.caseworker, kept, now)
    with everything() as session:
        people = session.scalars(select(Candidate).order_by(Candidate.id)).all()
        assert [(row.name, row.scheme) for row in people] == [
            ("Amira Eksempel", Scheme.IGU),
            ("Bashir Prøve", Scheme.INTERNSHIP),
        ]
        assert {row.municipality_id for row in people} == {world.municipality}
        assert {row.caseworker_id for row in people} == {world.caseworker.user_id}
        (nomination,) = session.scalars(select(Nomination)).all()
        assert (nomination.candidate_id, nomination.state) == (people[0].id, "submitted")
        row = session.get(CandidateImport, kept)
        assert (row.content_sealed, row.imported_at, row.imported_rows) == ("", now, 2)
    assert page(act, world.caseworker, kept).imported_rows == 2
    with pytest.raises(Refused, match=r"import\.done"):
        bring_in(act, world.caseworker, kept, now)


def test_one_error_and_nobody_is_registered(world, act, everything, now):
    kept = upload(act, world.caseworker, HEAD + ONE + "070761-42;;IGU;ukendt\n", now)
    told = page(act, world.caseworker, kept)
    assert [(error.row, error.column, error.code) for error in told.errors] == [
        (3, "navn", "cell.missing"),
        (3, "cpr", "cpr.length"),
        (3, "brancher", "sector.unknown"),
    ]
    with pytest.raises(Refused) as refused:
        bring_in(act, world.caseworker, kept, now)
    assert (refused.value.code, refused.value.facts) == ("import.errors", {"count": 3})
    with everything() as session:
        assert session.scalar(select(Candidate.id)) is None
        assert session.get(CandidateImport, kept).imported_at is None


def test_the_same_file_again_is_skipped_and_other_facts_are_an_error(world, act, everything, now):
    bring_in(act, world.caseworker, upload(act, world.caseworker, HEAD + ONE, now), now)
    again = upload(act, world.caseworker, HEAD + ONE + TWO, now)
    told = page(act, world.caseworker, again)
    assert (told.new, told.skipped, told.error_count) == (1, 1, 0)
    bring_in(act, world.caseworker, again, now)
    nothing = upload(act, world.caseworker, HEAD + ONE, now)
    with pytest.raises(Refused, match=r"import\.nothing_new"):
        bring_in(act, world.caseworker, nothing, now)
    other = upload(act, world.caseworker, HEAD + ONE.replace("IGU", "løntilskud"), now)
    (error,) = page(act, world.caseworker, other).errors
    assert (error.row, error.code) == (2, "candidate.known_differs")
    alike = upload(act, world.caseworker, HEAD + "070761-4277;AMIRA Eksempel;IGU;\n", now)
    assert "candidate.look_alike" in {w.code for w in page(act, world.caseworker, alike).warnings}
    elsewhere = upload(act, world.other_caseworker, HEAD + ONE, now)
    assert page(act, world.other_caseworker, elsewhere).new == 1


def test_a_file_of_twenty_thousand_rows_gets_its_sentence(world, act, now):
    rows = "".join(f"{number:06}-0000;Navn {number};IGU;\n" for number in range(20_000))
    kept = upload(act, world.caseworker, HEAD + rows, now)
    (error,) = page(act, world.caseworker, kept).errors
    assert (error.code, error.facts) == ("table.too_long", {"rows": 20_000, "most": MAX_ROWS})


def test_many_errors_are_counted_and_a_hundred_shown(world, act, now):
    kept = upload(act, world.caseworker, HEAD + "x;Navn;IGU;\n" * 250, now)
    told = page(act, world.caseworker, kept)
    assert (told.error_count, len(told.errors)) == (250, 100)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"PK\x03\x04rest", "file.workbook"),
        (b"navn\0;cpr", "file.binary"),
        (b'cpr;navn\n"1;2\n', "file.quotes"),
    ],
)
def test_what_is_no_table_is_not_kept(world, act, everything, now, content, code):
    with pytest.raises(Refused) as refused:
        upload(act, world.caseworker, content, now)
    assert refused.value.code == code
    with everything() as session:
        assert session.scalar(select(CandidateImport.id)) is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "latin-1", "cp1252"])
def test_danish_letters_survive_every_encoding(world, act, everything, now, encoding):
    text = (HEAD + "070761-4285;Åse Ærø;IGU;kokken\n").replace(";", ",")
    bring_in(act, world.caseworker, upload(act, world.caseworker, text.encode(encoding), now), now)
    with everything() as session:
        assert session.scalar(select(Candidate.name)) == "Åse Ærø"


def test_a_formula_is_an_error(world, act, now):
    kept = upload(act, world.caseworker, HEAD + "070761-4285;=HYPERLINK(1);IGU;\n", now)
    (error,) = page(act, world.caseworker, kept).errors
    assert (error.column, error.code) == ("navn", "cell.formula")


def test_a_sector_of_another_partnership_is_unknown(world, act, everything, now):
    kept = upload(act, world.caseworker, HEAD + ONE.replace("kokken", "Køkken og rengøring Nord"), now)
    assert [error.code for error in page(act, world.caseworker, kept).errors] == ["sector.unknown"]


def test_nobody_else_reaches_the_file(world, act, everything, now):
    kept = upload(act, world.caseworker, HEAD + ONE, now)
    names = ("other_caseworker", "far_caseworker", "coordinator", "teacher", "admin")
    for actor in (getattr(world, name) for name in names):
        for deed in (page, lambda act, actor, kept: bring_in(act, actor, kept, now)):
            with pytest.raises(NotFound):
                deed(act, actor, kept)
    with everything() as session:
        assert session.scalar(select(Candidate.id)) is None


def test_a_file_is_forgotten_when_told_to_and_after_a_day(world, act, everything, now, clock):
    first = upload(act, world.caseworker, HEAD + ONE, now)
    with act(world.caseworker):
        services.discard_import(world.caseworker, first, now=now)
    old = upload(act, world.caseworker, HEAD + ONE, now)
    done = upload(act, world.caseworker, HEAD + TWO, now)
    bring_in(act, world.caseworker, done, now)
    clock.forward(hours=20)
    young = upload(act, world.caseworker, HEAD + ONE, clock())
    clock.forward(hours=5)
    with everything():
        services.forget_old_imports(now=clock())
    with everything() as session:
        assert set(session.scalars(select(CandidateImport.id))) == {done, young}
    with pytest.raises(NotFound):
        page(act, world.caseworker, old)


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
    assert "Nye: 2. Indstilles: 1. Springes over: 0. Fejl: 0." in tried.output
    assert "intet er importeret" in tried.output
    with everything() as session:
        assert session.scalar(select(Candidate.id)) is None
    assert run(app, file, "--jobcenter", "510").exit_code == 0
    with everything() as session:
        owners = {(row.municipality_id, row.caseworker_id) for row in session.scalars(select(Candidate))}
        assert owners == {(world.municipality, world.caseworker.user_id)}
    again = run(app, file, "--jobcenter", "510")
    assert again.exit_code == 2
    assert "ingen nye kandidater" in again.output


@pytest.mark.parametrize(
    ("text", "jobcenter", "told"),
    [
        (HEAD + "1;;IGU;\n", "510", "Fejl, række 2, cpr: CPR-nummeret skal have ti cifre."),
        (HEAD + ONE, "999", "Der er ingen kommune med kode 999."),
        ("", "510", "Filen er tom."),
        ('cpr;navn\n"x', "510", "anførselstegn"),
    ],
)
def test_the_command_says_what_is_wrong_and_ends_with_two(app, everything, file, text, jobcenter, told):
    file.write_text(text, encoding="utf-8")
    answer = run(app, file, "--jobcenter", jobcenter)
    assert answer.exit_code == 2
    assert told in answer.output
    with everything() as session:
        assert session.scalar(select(Candidate.id)) is None
