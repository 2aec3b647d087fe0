"""Pages of imports and exports: two steps, sentences beside rows, files that carry no more than pages."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from sqlalchemy import select

from coordination.adapters.spreadsheets import Sheet, read_file, unpacked, write_workbook
from coordination.domain.candidate_columns import COLUMNS, likely
from coordination.jobs.imports import work_off
from coordination.models import AuditEntry, Candidate, CandidateImport, Nomination, PersonView
from tests.factories import make_candidate, make_nomination

LIST = "cpr;navn;ordning;brancher\n070790-4285;Amira Eksempel;anden;kokken\n010190-0001;Bo Prøve;anden;\n"
YES = {"nominates": "1", "basis": "informed", "basis_given_on": "2026-11-20", "basis_until": ""}


@pytest.fixture
def caseworker(world, login):
    return login(world.caseworker)


def upload(client, content, filename="liste.csv", sheet=""):
    data = content if isinstance(content, bytes) else content.encode()
    answer = client.post("/exchange/candidates", data={"file": (io.BytesIO(data), filename), "sheet": sheet})
    answer.request.input_stream.close()  # the test client keeps a large form in a temporary file
    return answer


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_from_template_to_candidates_and_back_again(caseworker, everything, kind):
    page = caseworker.get("/exchange/candidates").text
    assert "Hent skabelon" in page
    assert "Køkken og rengøring Syd" in page
    template = caseworker.get(f"/exchange/candidates/template?kind={kind}")
    assert f"skabelon-kandidater.{kind}" in template.headers["Content-Disposition"]
    tried = upload(caseworker, template.data, "skabelon.csv")  # the name says nothing
    assert tried.status_code == 302
    shown = caseworker.get(tried.location).text
    assert "Importér 2 rækker" in shown
    assert "Eksempel Kandidat" in shown
    assert "150390-0001" not in shown
    assert "Grundlag for at dele" in shown
    without = caseworker.post(tried.location, data={"nominates": "1"})
    assert without.status_code == 422
    assert 'id="basis_given_on-error"' in without.text
    answer = caseworker.post(tried.location, data=YES)
    assert answer.location == f"{tried.location}/progress"
    done = caseworker.get(answer.location)
    assert "Filen er importeret" in done.text
    assert "Refresh" not in done.headers
    assert "Prøve Person" in caseworker.get("/candidates?sort=-registered").text
    assert caseworker.get(tried.location).location == answer.location
    twice = caseworker.post(tried.location, data=YES)
    assert twice.status_code == 302
    with everything() as session:
        assert len(session.scalars(select(Candidate.id)).all()) == 2
        assert set(session.scalars(select(Nomination.basis_given_on))) == {date(2026, 11, 20)}
    asked = caseworker.get(f"{tried.location}/undo").text
    assert "nye kandidater fjernes" in asked
    undone = caseworker.post(f"{tried.location}/undo")
    assert "Importen er fortrudt" in caseworker.get(undone.location).text
    assert "fortrudt" in caseworker.get("/exchange/candidates").text
    with everything() as session:
        assert session.scalar(select(Candidate.id)) is None


def test_the_template_explains_each_column_and_proposes_its_words(caseworker):
    data = caseworker.get("/exchange/candidates/template?kind=xlsx").data
    headings, *examples = unpacked(read_file(data, likely=likely))
    assert headings[1] == [column.heading for column in COLUMNS]
    assert len(examples) == 2
    explained = list(unpacked(read_file(data, likely=likely, sheet="Forklaring")))
    assert [cells[0] for _number, cells in explained[1:]] == headings[1]
    assert "Køkken og rengøring Syd" in explained[-1][1][2]


def test_errors_are_told_by_row_and_column_and_cannot_be_imported(caseworker, everything):
    tried = upload(caseworker, LIST + "123;;hest;ukendt\n")
    shown = caseworker.get(tried.location).text
    for text in (
        "Filen kan ikke importeres endnu",
        "ti cifre",
        "Feltet skal udfyldes",
        "Ordningen kendes ikke",
        "»ukendt« findes ikke",
    ):
        assert text in shown
    assert "Amira" not in shown  # errors first
    assert "Amira" in caseworker.get(f"{tried.location}?kind=all").text
    assert "Amira" in caseworker.get(f"{tried.location}?kind=new").text
    assert "Importér 2" not in shown
    assert caseworker.post(tried.location, data=YES).status_code == 422
    with everything() as session:
        assert session.scalar(select(Candidate.id)) is None


def test_each_row_says_what_it_does(caseworker, world):
    first = upload(caseworker, LIST)
    caseworker.post(first.location, data=YES)
    text = "cpr;navn;ordning;by\n070790-4285;Amira Nyt Navn;anden;\n010190-0001;Bo Prøve;anden;\n"
    shown = caseworker.get(upload(caseworker, text + "010190-0003;Prøve, Bo;anden;\n").location).text
    assert "Amira Eksempel bliver Amira Nyt Navn" in shown
    for text in ("Alle (3)", "Ændret (1)", "Uændret (1)", "Ligner en anden (1)", "samme navn og fødselsdato"):
        assert text in shown
    assert "Importér 2 rækker" in shown


def test_a_rule_that_stops_an_igu_is_told_in_words_with_its_source(caseworker):
    text = "cpr;navn;ordning;brancher;målgruppe\n070790-4285;Amira;IGU;kokken;ingen\n"
    shown = caseworker.get(upload(caseworker, text).location).text
    assert "Kandidaten kan ikke indstilles: Kandidaten hører ikke til målgruppen" in shown


def test_headings_of_their_own_are_mapped_once(caseworker):
    text = "Nummer;Hvem;Type;Sagsnr\n070790-4285;Amira;anden;7\n"
    tried = upload(caseworker, text)
    asked = caseworker.get(tried.location)
    assert asked.location == f"{tried.location}/columns"
    shown = caseworker.get(asked.location).text
    assert "For eksempel: 070790-****" in shown
    wrong = caseworker.post(asked.location, data={"column_0": "cpr", "column_1": "cpr", "column_2": "hest"})
    assert wrong.status_code == 422
    assert 'id="column_1-error"' in wrong.text
    assert "ingen kolonne er valgt til dem: navn, ordning" in wrong.text
    right = {"column_0": "cpr", "column_1": "name", "column_2": "scheme", "column_3": ""}
    assert caseworker.post(asked.location, data=right).location == tried.location
    assert "Importér 1 række" in caseworker.get(tried.location).text
    assert "Importér 1 række" in caseworker.get(upload(caseworker, text).location).text
    assert 'selected value="name"' in caseworker.get(asked.location).text


def test_columns_that_are_not_read_are_named(caseworker):
    shown = caseworker.get(
        upload(caseworker, "cpr;navn;ordning;Sagsnr\n070790-4285;A B;anden;7\n").location
    ).text
    assert "Disse kolonner bliver ikke læst" in shown
    assert "Sagsnr" in shown


def test_a_long_file_shows_how_far_it_is_and_ends_on_the_start_page(app, caseworker, everything):
    days = [f"{1 + n % 28:02}{1 + n // 28 % 12:02}{50 + n // 336:02}" for n in range(600)]
    rows = "".join(f"{day}-{n:04};Person {n};anden\n" for n, day in enumerate(days))
    tried = upload(caseworker, "cpr;navn;ordning\n" + rows)
    shown = caseworker.get(tried.location).text
    assert "importeret i baggrunden" in shown
    assert 'href="/exchange/candidates/' in shown
    assert "page=6" in shown
    answer = caseworker.post(tried.location)
    waiting = caseworker.get(answer.location)
    assert waiting.headers["Refresh"] == "3"
    assert "<progress" in waiting.text
    assert "0 af 600 rækker er læst" in waiting.text
    assert "liste.csv" in caseworker.get("/").text
    work_off(app)
    assert "Filen er importeret" in caseworker.get(answer.location).text
    assert "Importeret" in caseworker.get("/").text
    assert caseworker.post(tried.location).status_code == 302


def test_what_is_in_the_way_of_the_undoing_is_named_with_a_way_to_it(caseworker, everything):
    tried = upload(caseworker, LIST)
    caseworker.post(tried.location, data=YES)
    with everything() as session:
        person = session.scalars(select(Candidate).where(Candidate.name == "Bo Prøve")).one()
        person.town = "Ribe"
    shown = caseworker.get(f"{tried.location}/undo").text
    assert "kan ikke fortrydes" in shown
    assert f'href="/candidates/{person.id}"' in shown
    assert "rettet siden" in shown
    assert caseworker.post(f"{tried.location}/undo").status_code == 422


@pytest.mark.parametrize(
    ("content", "filename", "told"),
    [
        (b"", "", "Vælg en fil først."),
        (b"", "tom.csv", "Filen er tom."),
        (b"PK\x03\x04" + b"\0" * 50, "liste.csv", "beskadiget"),
        (b"%PDF-1.4", "liste.xlsx", "ikke et regneark"),
        (b"<html><table>", "liste.xls", "hjemmeside"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "liste.xlsx", "ældre Excel"),
        (b"a;b\n\0;1\n", "liste.csv", "hverken en projektmappe eller en tekstfil"),
        ("navn;by\nÅse;x\n".encode() + b"\xe6;y\n", "liste.csv", "blander to tegnsæt"),
        (b'cpr;navn\n"1;2\n', "liste.csv", "anførselstegn"),
    ],
)
def test_a_file_that_is_no_list_gets_its_sentence_beside_the_field(
    caseworker, everything, content, filename, told
):
    answer = upload(caseworker, content, filename)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert told in answer.text
    with everything() as session:
        assert session.scalar(select(CandidateImport.id)) is None


def test_one_of_several_sheets_is_asked_for(caseworker):
    listed = [["070790-4285", "Amira", "anden"]]
    sheets = [Sheet(name, ["cpr", "navn", "ordning"], listed) for name in ("Maj", "Juni")]
    book = write_workbook(sheets)
    assert "»Maj«, »Juni«" in upload(caseworker, book, "liste.xlsx").text
    assert upload(caseworker, book, "liste.xlsx", sheet="Juni").status_code == 302


def test_a_file_sent_where_words_belong_is_no_word(caseworker):
    sent = {"file": (io.BytesIO(b"cpr;navn;ordning\n"), "liste.csv"), "sheet": (io.BytesIO(b"x"), "ark.csv")}
    answer = caseworker.post("/exchange/candidates", data=sent, content_type="multipart/form-data")
    assert answer.status_code in {302, 422}


def test_a_file_that_is_too_large_gets_a_calm_page(caseworker):
    answer = upload(caseworker, b"x" * (6 * 1024 * 1024 + 1))
    assert answer.status_code == 413
    assert "Del filen op" in answer.text


def test_twenty_thousand_rows_are_told_to_be_split(caseworker):
    tried = upload(caseworker, LIST + "010190-0001;Bo;anden;\n" * 20_000)
    assert "Filen har 20002 rækker" in caseworker.get(tried.location).text


def test_a_file_can_be_thrown_away(caseworker):
    tried = upload(caseworker, LIST)
    assert caseworker.post(f"{tried.location}/discard").location == "/exchange/candidates"
    assert caseworker.get(tried.location).status_code == 404
    assert caseworker.post(tried.location).status_code == 404


def test_the_file_of_another_jobcenter_is_not_there(world, caseworker, login, everything):
    tried = upload(caseworker, LIST).location
    for person in ("other_caseworker", "far_caseworker", "coordinator", "teacher", "admin", "leader"):
        client = login(getattr(world, person))
        assert client.get(tried).status_code == 404
        assert client.post(tried).status_code == 404
        for page in ("columns", "progress", "undo"):
            assert client.get(f"{tried}/{page}").status_code == 404
        for deed in ("columns", "undo", "discard"):
            assert client.post(f"{tried}/{deed}").status_code == 404
    assert caseworker.get(tried).status_code == 200


@pytest.fixture
def people(world, everything):
    with everything():
        seen = make_candidate(
            world.municipality,
            world.caseworker,
            name="=Farlig Formel",
            address="Hemmelig Vej 4",
            phone="+45 20 11 22 33",
        )
        make_nomination(seen, (world.kitchen,), code="K-1042")
        make_candidate(
            world.municipality,
            world.caseworker,
            name="Beskyttet Person",
            address="Skjult Vej 9",
            town="Skjultby",
            protected_until=date(2027, 1, 1),
        )
        make_candidate(world.other_municipality, world.other_caseworker, name="Anden Person")


def rows(answer):
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def test_the_own_candidates_as_a_file_that_runs_nothing(caseworker, people, everything):
    answer = caseworker.post("/exchange/candidates/list")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    headings, *found = rows(answer)
    assert [row[0] for row in found] == ["'=Farlig Formel", "Beskyttet Person"]
    first = dict(zip(headings, found[0], strict=True))
    assert first["Adresse"] == "Hemmelig Vej 4"
    assert first["CPR-nummer"] == "010190-****"
    assert first["Telefon"] == "+45 20 11 22 33"
    assert (first["Puljekode"], first["Indstilling"]) == ("K-1042", "i puljen")
    assert "Skjult" not in answer.text
    with everything() as session:
        purposes = session.scalars(select(PersonView.purpose)).all()
        assert purposes == ["exchange.export_candidates"] * 2


def test_the_coordinators_file_holds_the_nominated_without_addresses(world, login, people):
    answer = login(world.coordinator).post("/exchange/candidates/list")
    _headings, *found = rows(answer)
    assert [row[0] for row in found] == ["'=Farlig Formel"]
    assert "Hemmelig" not in answer.text
    assert login(world.far_coordinator).post("/exchange/candidates/list").text.count("\n") == 1
    assert login(world.teacher).post("/exchange/candidates/list").status_code == 404


def test_the_file_holds_what_the_screen_was_narrowed_to_also_as_a_workbook(caseworker, people, everything):
    asked = {"kept": "scheme=igu&state=submitted&sort=-registered", "kind": "xlsx"}
    answer = caseworker.post("/exchange/candidates/list", data=asked)
    assert "kandidater.xlsx" in answer.headers["Content-Disposition"]
    _headings, *found = unpacked(read_file(answer.data, likely=likely))
    assert [cells[0] for _number, cells in found] == ["=Farlig Formel"]
    with everything() as session:
        facts = session.scalar(
            select(AuditEntry.facts).where(AuditEntry.deed == "exchange.export_candidates")
        )
        assert facts == {"rows": 1, "kind": "xlsx", "filters": {"scheme": "igu", "state": "submitted"}}
