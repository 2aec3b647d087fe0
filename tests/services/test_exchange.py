"""Importing a file: whole or not at all, sealed in between, forgotten after, the same at a terminal."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from coordination.adapters.cpr_vault import vault_from
from coordination.adapters.spreadsheets import Sheet, write_workbook
from coordination.domain.candidate_imports import ImportState, RowKind
from coordination.domain.candidate_rows import MAX_ROWS
from coordination.domain.candidates import DanishExam, Scheme
from coordination.domain.errors import Invalid, NotFound, Refused
from coordination.domain.legal_bases import Basis, LegalBasis
from coordination.models import (
    AuditEntry,
    Candidate,
    CandidateChange,
    CandidateImport,
    ImportMapping,
    Nomination,
    NominationWish,
)
from coordination.queries import exchange as queries
from coordination.queries.candidates import CandidateFilter
from coordination.services import exchange as services

TODAY = date(2026, 11, 23)
VAULT = vault_from(("t1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",), "hash" * 10)
BASIS = Basis(LegalBasis.INFORMED, TODAY, date(2028, 11, 23))
HEAD = "cpr;navn;ordning;brancher\n"
ONE = "070790-4285;Amira Eksempel;løntilskud;kokken\n"
TWO = "010190-0001;Bashir Prøve;virksomhedspraktik;\n"


def upload(act, actor, text, now, filename="liste.csv"):
    with act(actor):
        content = text if isinstance(text, bytes) else text.encode()
        return services.upload_candidates(actor, filename, content, vault=VAULT, now=now)


def page(act, actor, import_id, **more):
    with act(actor):
        return queries.dry_run_page(actor, import_id, vault=VAULT, today=TODAY, **more)


def problems(shown):
    return [(error.row, error.column, error.code) for row in shown.rows for error in row.errors]


def bring_in(act, actor, import_id, now, basis=BASIS):
    with act(actor):
        return services.import_candidates(actor, import_id, basis=basis, vault=VAULT, today=TODAY, now=now)


def imported(act, world, text, now):
    kept = upload(act, world.caseworker, text, now)
    assert bring_in(act, world.caseworker, kept, now) is ImportState.DONE
    return kept


def test_a_file_is_kept_sealed_and_nothing_is_registered_yet(world, act, everything, now):
    kept = upload(act, world.caseworker, HEAD + ONE + TWO, now, "C:\\mine\\li\nste.csv")
    told = page(act, world.caseworker, kept)
    assert (told.counts[RowKind.NEW], told.nominated, told.error_count) == (2, 1, 0)
    assert told.filename == "liste.csv"
    assert [(row.row, row.name, row.cpr) for row in told.rows] == [
        (2, "Amira Eksempel", "070790-****"),
        (3, "Bashir Prøve", "010190-****"),
    ]
    assert told.rows[0].wishes == ("Køkken og rengøring Syd",)
    assert [warning.code for warning in told.rows[1].warnings] == ["cpr.modulus11"]
    with everything() as session:
        assert "Amira" not in session.get(CandidateImport, kept).content_sealed
        assert session.scalar(select(Candidate.id)) is None


def test_an_import_registers_everyone_nominates_those_with_sectors_and_wipes_the_file(
    world, act, everything, now
):
    kept = imported(act, world, HEAD + ONE + TWO, now)
    with everything() as session:
        found = session.scalars(select(Candidate).order_by(Candidate.id)).all()
        assert [(row.name, row.scheme) for row in found] == [
            ("Amira Eksempel", Scheme.WAGE_SUBSIDY),
            ("Bashir Prøve", Scheme.INTERNSHIP),
        ]
        assert {row.municipality_id for row in found} == {world.municipality}
        assert {row.caseworker_id for row in found} == {world.caseworker.user_id}
        (nomination,) = session.scalars(select(Nomination)).all()
        assert (nomination.candidate_id, nomination.state) == (found[0].id, "submitted")
        assert (nomination.basis, nomination.basis_until) == (LegalBasis.INFORMED, date(2028, 11, 23))
        row = session.get(CandidateImport, kept)
        assert (row.content_sealed, row.imported_at, row.imported_rows) == ("", now, 2)
    assert page(act, world.caseworker, kept) is None
    with act(world.caseworker):
        done = queries.progress_page(world.caseworker, kept)
    assert (done.state, done.new, done.changed, done.nominated) == (ImportState.DONE, 2, 0, 1)
    with pytest.raises(Refused, match=r"import\.done"):
        bring_in(act, world.caseworker, kept, now)


def test_nobody_is_nominated_without_a_basis(world, act, everything, now):
    kept = upload(act, world.caseworker, HEAD + ONE, now)
    with pytest.raises(Invalid) as invalid:
        bring_in(act, world.caseworker, kept, now, basis=None)
    assert set(invalid.value.errors) == {"basis"}
    with everything() as session:
        assert session.scalar(select(Candidate.id)) is None
    plain = upload(act, world.caseworker, HEAD + TWO, now)
    assert bring_in(act, world.caseworker, plain, now, basis=None) is ImportState.DONE


def test_every_error_of_every_row_is_told_at_once_and_nobody_is_registered(world, act, everything, now):
    text = "cpr;navn;ordning;brancher;igu-start;postnummer;prøvedato\n" + ONE.strip() + ";;;\n"
    text += "070790-42;;hest;ukendt;31-02-2026;62;42\n010190-0001;Bo;IGU;;01-08-2031;x;\n"
    kept = upload(act, world.caseworker, text, now)
    told = page(act, world.caseworker, kept, errors_first=True)
    assert told.kind is RowKind.ERROR
    assert problems(told) == [
        (3, "cpr", "cpr.length"),
        (3, "navn", "cell.missing"),
        (3, "postnummer", "candidate.postcode"),
        (3, "ordning", "cell.scheme"),
        (3, "igu-start", "day.unreadable"),
        (3, "prøvedato", "day.unreadable"),
        (3, "brancher", "sector.unknown"),
        (4, "postnummer", "candidate.postcode"),
        (4, "igu-start", "candidate.igu_start_after"),
    ]
    with pytest.raises(Refused) as refused:
        bring_in(act, world.caseworker, kept, now)
    assert (refused.value.code, refused.value.facts) == ("import.errors", {"count": 9})
    with everything() as session:
        assert session.scalar(select(Candidate.id)) is None
        assert session.get(CandidateImport, kept).state is ImportState.UPLOADED


def test_every_rule_that_keeps_a_nominated_person_from_an_igu_is_an_error_of_the_row(world, act, now):
    head = "cpr;navn;ordning;brancher;igu-start;målgruppe;opholdsdato\n"
    row = "070761-4285;Ali;IGU;kokken;01-12-2026;ingen;01-01-2005\n"
    told = page(act, world.caseworker, upload(act, world.caseworker, head + row, now))
    found = [error.facts["findings"].rule for line in told.rows for error in line.errors]
    assert {"age_under", "target_group"} <= set(found)
    assert len(found) == len(set(found)) >= 3
    plain = page(act, world.caseworker, upload(act, world.caseworker, head + row.replace("kokken", ""), now))
    assert plain.error_count == 0  # registering needs no eligibility, nominating does


def test_known_people_are_unchanged_or_changed_field_by_field(world, act, everything, now):
    imported(act, world, HEAD + ONE, now)
    again = page(act, world.caseworker, upload(act, world.caseworker, HEAD + ONE + TWO, now))
    assert (again.counts[RowKind.UNCHANGED], again.counts[RowKind.NEW], again.nominated) == (1, 1, 0)
    nothing = upload(act, world.caseworker, HEAD + ONE, now)
    with pytest.raises(Refused, match=r"import\.nothing_new"):
        bring_in(act, world.caseworker, nothing, now)
    text = "cpr;navn;ordning;prøve;by\n070790-4285;Amira Nyt Navn;;PD2;Tønder\n"
    missing = page(act, world.caseworker, upload(act, world.caseworker, text, now))
    assert problems(missing) == [(2, "ordning", "cell.missing")]
    other = upload(act, world.caseworker, text.replace(";;", ";løntilskud;"), now)
    (row,) = page(act, world.caseworker, other).rows
    assert row.kind is RowKind.CHANGED
    assert row.changes == {
        "name": ["Amira Eksempel", "Amira Nyt Navn"],
        "danish_exam": ["none", "pd2"],
        "town": ["", "Tønder"],
    }
    bring_in(act, world.caseworker, other, now)
    with everything() as session:
        person = session.scalars(select(Candidate)).one()
        assert (person.name, person.town, person.danish_exam) == ("Amira Nyt Navn", "Tønder", DanishExam.PD2)
        newest = select(CandidateChange.changes).order_by(CandidateChange.id.desc()).limit(1)
        assert session.scalar(newest) == row.changes


def test_look_alikes_are_shown_and_imported(world, act, now):
    text = "cpr;navn;ordning;telefon\n070790-4285;Amira Eksempel;anden;+45 20 11 22 33\n"
    imported(act, world, text, now)
    head = "cpr;navn;ordning;telefon\n"
    alike = (
        head + "070790-4277;Eksempel, AMIRA;anden;\n010190-0001;Bo;anden;20112233\n020290-0001;Ny;anden;\n"
    )
    told = page(act, world.caseworker, upload(act, world.caseworker, alike, now))
    assert [(row.kind, [person.code for person in row.alike]) for row in told.rows] == [
        (RowKind.LOOK_ALIKE, ["alike.name_and_birth_date"]),
        (RowKind.LOOK_ALIKE, ["alike.phone"]),
        (RowKind.NEW, []),
    ]
    elsewhere = upload(act, world.other_caseworker, alike, now)
    assert page(act, world.other_caseworker, elsewhere).counts[RowKind.NEW] == 3


def test_a_known_person_without_any_nomination_is_nominated(world, act, everything, now):
    imported(act, world, HEAD + TWO, now)
    kept = imported(act, world, HEAD + TWO.strip() + "social\n", now)
    with everything() as session:
        assert session.scalar(select(NominationWish.sector_id)) == world.care
    with act(world.caseworker):
        services.undo_import(world.caseworker, kept, now=now)
    with everything() as session:
        assert session.scalar(select(Nomination.id)) is None
        assert session.scalar(select(Candidate.name)) == "Bashir Prøve"


def test_a_file_of_twenty_thousand_rows_gets_its_sentence(world, act, now):
    rows = "".join(f"{number:06}-0000;Navn {number};IGU;\n" for number in range(20_000))
    kept = upload(act, world.caseworker, HEAD + rows, now)
    (error,) = page(act, world.caseworker, kept).table_errors
    assert (error.code, error.facts) == ("table.too_long", {"rows": 20_000, "most": MAX_ROWS})


def test_many_errors_are_counted_and_a_hundred_shown(world, act, now):
    kept = upload(act, world.caseworker, HEAD + "x;Navn;IGU;\n" * 250 + ONE, now)
    told = page(act, world.caseworker, kept)
    assert (told.error_count, len(told.rows), told.pages) == (250, 100, 3)
    last = page(act, world.caseworker, kept, kind=RowKind.ERROR, number=3)
    assert [row.row for row in last.rows] == list(range(202, 252))
    assert page(act, world.caseworker, kept, kind=RowKind.NEW).rows[0].name == "Amira Eksempel"


def test_twins_in_one_file_name_each_other(world, act, now):
    kept = upload(act, world.caseworker, HEAD + ONE + TWO + ONE, now)
    told = page(act, world.caseworker, kept)
    assert [(e.row, e.code, e.facts["other_row"]) for row in told.rows for e in row.errors] == [
        (2, "cpr.twice", 4),
        (4, "cpr.twice", 2),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"PK\x03\x04rest", "file.broken_workbook"),
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
    text = (HEAD + "070790-4285;Åse Ærø;anden;kokken\n").replace(";", ",")
    imported(act, world, text.encode(encoding), now)
    with everything() as session:
        assert session.scalar(select(Candidate.name)) == "Åse Ærø"


def test_names_keep_their_apostrophes_and_their_alphabet(world, act, everything, now):
    names = ["O'Brien", "محمد علي", "N'Diaye-Müller", "X" * 200]
    rows = [[f"0{day}0190-0001", name, "anden"] for day, name in enumerate(names, 1)]
    imported(act, world, write_workbook([Sheet("Liste", ["cpr", "navn", "ordning"], rows)]), now)
    with everything() as session:
        assert set(session.scalars(select(Candidate.name))) == set(names)


def test_unknown_headings_are_asked_for_once_and_remembered_for_the_jobcenter(world, act, everything, now):
    text = "Nummer;Hvem;Type;Sagsnr\n070790-4285;Amira;anden;7\n"
    kept = upload(act, world.caseworker, text, now)
    assert page(act, world.caseworker, kept) is None
    with act(world.caseworker):
        asked = queries.columns_page(world.caseworker, kept, vault=VAULT)
    assert [(row.heading, row.examples, row.fact) for row in asked.headings] == [
        ("Nummer", ("070790-****",), None),
        ("Hvem", ("Amira",), None),
        ("Type", ("anden",), None),
        ("Sagsnr", ("7",), None),
    ]
    wrong = {"Nummer": "cpr", "Hvem": "cpr"}
    with pytest.raises(Invalid) as invalid, act(world.caseworker):
        services.save_columns(world.caseworker, kept, wrong, vault=VAULT, now=now)
    assert {name: code for name, (code, _facts) in invalid.value.errors.items()} == {
        "Hvem": "column.taken",
        "columns": "columns.missing",
    }
    chosen = {"Nummer": "cpr", "Hvem": "name", "Type": "scheme", "Sagsnr": ""}
    with act(world.caseworker):
        services.save_columns(world.caseworker, kept, chosen, vault=VAULT, now=now)
    assert page(act, world.caseworker, kept).counts[RowKind.NEW] == 1
    again = upload(act, world.caseworker, text.replace("Hvem", "HVEM"), now)
    assert page(act, world.caseworker, again).unread == ()
    elsewhere = upload(act, world.other_caseworker, text, now)
    assert page(act, world.other_caseworker, elsewhere) is None
    with everything() as session:
        assert len(session.scalars(select(ImportMapping)).all()) == 4


def test_a_title_above_the_headings_keeps_the_numbers_of_the_rows(world, act, now):
    rows = [["070790-4285", "Amira", "hest"]]
    book = write_workbook(
        [
            Sheet(
                "Liste",
                ["Kandidater uge 40", "", ""],
                [["", "", ""], ["CPR-nummer", "Navn", "Ordning"], *rows],
            )
        ]
    )
    told = page(act, world.caseworker, upload(act, world.caseworker, book, now))
    assert problems(told) == [(4, "ordning", "cell.scheme")]


def test_nobody_else_reaches_the_file(world, act, everything, now):
    kept = upload(act, world.caseworker, HEAD + ONE, now)
    done = imported(act, world, HEAD + TWO, now)

    def columns(act, actor, kept):
        with act(actor):
            queries.columns_page(actor, kept, vault=VAULT)

    def undo(act, actor, kept):
        with act(actor):
            services.undo_import(actor, done, now=now)

    names = ("other_caseworker", "far_caseworker", "coordinator", "teacher", "admin")
    for actor in (getattr(world, name) for name in names):
        for deed in (page, columns, undo, lambda act, actor, kept: bring_in(act, actor, kept, now)):
            with pytest.raises(NotFound):
                deed(act, actor, kept)
    with everything() as session:
        assert len(session.scalars(select(Candidate.id)).all()) == 1


def test_a_file_is_forgotten_when_told_to_and_after_a_day(world, act, everything, now, clock):
    first = upload(act, world.caseworker, HEAD + ONE, now)
    with act(world.caseworker):
        services.discard_import(world.caseworker, first, now=now)
    old = upload(act, world.caseworker, HEAD + ONE, now)
    done = imported(act, world, HEAD + TWO, now)
    clock.forward(hours=20)
    young = upload(act, world.caseworker, HEAD + ONE, clock())
    clock.forward(hours=5)
    with everything():
        services.forget_old_imports(now=clock())
    with everything() as session:
        assert set(session.scalars(select(CandidateImport.id))) == {done, young}
    with pytest.raises(NotFound):
        page(act, world.caseworker, old)


def test_somebody_who_writes_in_between_stops_the_import(world, act, everything, now):
    imported(act, world, HEAD + TWO, now)
    kept = upload(act, world.caseworker, HEAD + TWO.replace("Bashir", "Basim") + ONE, now)
    with act(world.caseworker):
        table = queries.table_of(
            world.municipality, world.caseworker.user_id, HEAD + TWO.replace("Bashir", "B")
        )
        prepared = services.prepare(table, vault=VAULT, today=TODAY)
    bring_in(act, world.caseworker, kept, now)
    with pytest.raises(Refused, match=r"import\.register_changed"), act(world.caseworker):
        services.import_table(
            world.caseworker, world.municipality, prepared, import_id=None, basis=None, vault=VAULT, now=now
        )
    with everything() as session:
        assert set(session.scalars(select(Candidate.name))) == {"Basim Prøve", "Amira Eksempel"}


def test_an_export_leaves_filter_and_count_on_record(world, act, everything, now):
    imported(act, world, HEAD + ONE + TWO, now)
    chosen = CandidateFilter(words="Amira", scheme=Scheme.WAGE_SUBSIDY)
    with act(world.caseworker):
        found = services.export_candidates(world.caseworker, chosen, "xlsx", today=TODAY, now=now)
    assert [row.name for row in found.rows] == ["Amira Eksempel"]
    with everything() as session:
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.deed == "exchange.export_candidates")
        ).one()
        assert entry.facts == {
            "rows": 1,
            "kind": "xlsx",
            "filters": {"scheme": "wage_subsidy", "words": "searched"},
        }
