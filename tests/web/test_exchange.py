"""Pages of imports and exports: two steps, sentences beside rows, files that carry no more than pages."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from sqlalchemy import select

from coordination.models import Candidate, CandidateImport, PersonView
from tests.factories import make_candidate, make_nomination

LIST = "cpr;navn;ordning;brancher\n070761-4285;Amira Eksempel;IGU;kokken\n010190-0001;Bo Prøve;anden;\n"


@pytest.fixture
def caseworker(world, login):
    return login(world.caseworker)


def upload(client, content, filename="liste.csv"):
    data = content if isinstance(content, bytes) else content.encode()
    answer = client.post("/exchange/candidates", data={"file": (io.BytesIO(data), filename)})
    answer.request.input_stream.close()  # the test client keeps a large form in a temporary file
    return answer


def test_from_template_to_candidates_in_two_steps(caseworker, everything):
    page = caseworker.get("/exchange/candidates").text
    assert "Hent skabelon" in page
    assert "Køkken og rengøring Syd" in page
    template = caseworker.get("/exchange/candidates/template")
    assert template.data.startswith(b"\xef\xbb\xbfcpr;navn;")
    tried = upload(caseworker, template.data, "skabelon.csv")
    assert tried.status_code == 302
    shown = caseworker.get(tried.location).text
    assert "Importér 2 kandidater" in shown
    assert "Eksempel Kandidat" in shown
    assert "150390-0001" not in shown
    answer = caseworker.post(tried.location)
    assert answer.location == "/candidates?sort=-registered"
    listed = caseworker.get(answer.location).text
    assert "2 kandidater er importeret." in listed
    assert "2 er nu i puljen." in listed
    assert "Prøve Person" in listed
    assert "Filen er importeret" in caseworker.get(tried.location).text
    twice = caseworker.post(tried.location)
    assert twice.status_code == 422
    assert "allerede importeret" in twice.text
    with everything() as session:
        assert len(session.scalars(select(Candidate.id)).all()) == 2


def test_errors_are_told_by_row_and_column_and_cannot_be_imported(caseworker, everything):
    tried = upload(caseworker, LIST + "123;;hest;ukendt\n")
    shown = caseworker.get(tried.location).text
    for text in (
        "Filen kan ikke importeres endnu",
        "ti cifre",
        "Ordningen kendes ikke",
        "»ukendt« findes ikke",
    ):
        assert text in shown
    assert "Importér 2" not in shown
    assert caseworker.post(tried.location).status_code == 422
    with everything() as session:
        assert session.scalar(select(Candidate.id)) is None


@pytest.mark.parametrize(
    ("content", "filename", "told"),
    [
        (b"", "", "Vælg en fil først."),
        (b"", "tom.csv", "Filen er tom."),
        (b"PK\x03\x04" + b"\0" * 50, "liste.csv", "Excel-projektmappe"),
        (b"a;b\n\0;1\n", "liste.csv", "ikke en tekstfil"),
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
        assert client.post(f"{tried}/discard").status_code == 404
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
    answer = caseworker.get("/exchange/candidates/list")
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
        assert purposes == ["exchange.candidate_list"] * 2


def test_the_coordinators_file_holds_the_nominated_without_addresses(world, login, people):
    answer = login(world.coordinator).get("/exchange/candidates/list")
    _headings, *found = rows(answer)
    assert [row[0] for row in found] == ["'=Farlig Formel"]
    assert "Hemmelig" not in answer.text
    assert login(world.far_coordinator).get("/exchange/candidates/list").text.count("\n") == 1
    assert login(world.teacher).get("/exchange/candidates/list").status_code == 404
