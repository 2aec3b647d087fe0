"""Whatever is sent to any address of the product, the answer is never an error of ours."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import chain, product
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from structlog.testing import capture_logs
from werkzeug.exceptions import HTTPException

from coordination.db.base import Session
from coordination.domain.actors import Role
from coordination.domain.permissions import allowed
from tests.html_forms import forms_in
from tests.separation.populated import populate
from tests.separation.test_routes import path_of

PEOPLE = ("teacher", "caseworker", "coordinator", "admin")
SURROGATE = "\ud800"  # sent as the bytes ED A0 80, which no text in UTF-8 contains
HUGE = "x" * 100_000
LONG = "x" * 11_000
BIG = "99999999999999999999"
ODD = "%_'\"\\{{7*7}}"
NO_ADDRESS = "http://[x"
GARBAGE = ("", "a\x00b", NO_ADDRESS, SURROGATE, HUGE, BIG, "-1", "²", ODD, "9999-12-31", "0001-01-01")
WORST = ("a\x00b", LONG, BIG)
QUERIES = ("", NO_ADDRESS, "-1", "0", "²", "zzz", BIG, ODD, "a\x00b", SURROGATE, "9999-12-31")
WORST_QUERIES = (NO_ADDRESS, "²", BIG, "a\x00b", "-1")
IDS = ("0", BIG, "-1", "²", "%00", "%ED%A0%80")
ASKED = ("page", "sort", "q", "state", "run", "sector", "role", "back", "next", "user")
EXAMPLES = (
    ("cpr", "010190-1234"),
    ("email|mail", "nogen@example.org"),
    ("time", "09:00"),
    ("day|_on|_by|since|until|igu_start|protected", "2026-12-01"),
    ("minimum", "1"),
    ("capacity|count|minutes|hours|days|score|version|rank", "4"),
)
FORM = "application/x-www-form-urlencoded"
SHAPES = (
    ("multipart/form-data", b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="\r\n\r\n1'),
    ("multipart/form-data; boundary=x", b"--x\r\nnonsense\r\n\r\n\xff\xfe\r\n--x--"),
    ("application/json", b'{"name": ["present", {}], "csrf_token":'),
    ("application/json", b'[1, "2"]'),
    ("application/json", b'{"name": 5, "email": {"a": null}, "password": [1], "reason": true}'),
    ("text/csv; charset=nonsense", b"\xff\xfe\x00"),
    (f"{FORM}; charset=utf-16", b"a=1&b=%zz&=&&&c"),
)


HEADERS = (
    {
        "Cookie": "session=x.y.z; session=; =; \xff",
        "Accept": "*/*;q=x, application/json;q=2",
        "Origin": "http://[",
    },
    {"Cookie": "remember_token=1|x", "Accept-Language": "æ;q=,,", "Referer": "//", "If-None-Match": "\xff"},
)


@dataclass
class Seen:
    """What the pages of one person ask for: per endpoint the fields of a form with a value that may pass."""

    forms: dict[str, dict[str, str]]
    queries: dict[str, set[str]]


@pytest.fixture
def nothing_stays(monkeypatch):
    """A commit does all its work and then takes it back, so that every request meets the same rows."""

    def commit(session: Session) -> None:
        session.flush()
        session.expunge_all()
        session.rollback()

    monkeypatch.setattr(Session, "commit", commit)


@pytest.fixture
def populated(world, everything):
    with everything() as session:
        return populate(world, session)


@pytest.fixture
def addresses(application, populated):
    """`addresses("POST", "teacher")`: the addresses that this person enters and nobody named before."""

    def of(method: str, person: str = "") -> list[tuple[str, str]]:
        rules = [rule for rule in application.url_map.iter_rules() if method in (rule.methods or ())]
        found = [rule for rule in rules if not person or first_to_enter(application, rule.endpoint) == person]
        return sorted(
            (rule.endpoint, re.sub(r"<[^>]*>", "x.y", path_of(rule, populated.ids))) for rule in found
        )

    return of


def first_to_enter(application, endpoint: str) -> str:
    permission = getattr(application.view_functions[endpoint], "permission", None)
    roles = dict(zip(PEOPLE, (Role.SCHOOL, Role.JOBCENTER, Role.COORDINATOR, Role.ADMIN), strict=True))
    return next(person for person, role in roles.items() if permission is None or allowed(role, permission))


@pytest.fixture
def ask(application, login, world, nothing_stays):
    """`ask(person)(method, path, …)`: the answer, always with the same cookie, and what went wrong."""

    def sit_down(person: str):
        cookie = login(getattr(world, person)).get_cookie("session").value
        client = application.test_client(use_cookies=False)

        def send(method: str, path: str, **more):
            with capture_logs() as logs:
                answer = client.open(path, method=method, headers={"Cookie": f"session={cookie}"}, **more)
            return answer, [repr(entry["exc_info"])[:200] for entry in logs if "exc_info" in entry]

        return send

    return sit_down


def look_around(application, send, addresses) -> Seen:
    """Open every page and note its forms and the questions in its links."""
    forms: dict[str, dict[str, str]] = defaultdict(dict)
    queries: dict[str, set[str]] = defaultdict(set)
    for _endpoint, path in addresses("GET"):
        text = send("GET", path)[0].get_data(as_text=True)
        for form in forms_in(text):
            endpoint = endpoint_of(application, form.action or path, form.method.upper())
            standing = {name: value for name, value in form.fields if value}
            example = {
                name: standing.get(name) or may_pass(name, given) for name, given in form.offered.items()
            }
            (forms[endpoint].update if form.method == "post" else queries[endpoint].update)(example)
        for link in re.findall(r'href="(/[^"?]*\?[^"]*)"', text):
            asked = parse_qsl(urlsplit(link.replace("&amp;", "&")).query)
            queries[endpoint_of(application, link, "GET")].update(name for name, _value in asked)
    return Seen(forms, queries)


def endpoint_of(application, address: str, method: str) -> str:
    try:
        return application.url_map.bind("localhost").match(urlsplit(address).path, method)[0]
    except HTTPException:
        return ""


def may_pass(name: str, offered: list[str]) -> str:
    chosen = next((value for value in offered if value), "")
    return chosen or next((example for part, example in EXAMPLES if re.search(part, name)), "Ord")


def garbage_in(fields: dict[str, str], *, known: bool) -> Iterator[list[tuple[str, str]]]:
    """Every field garbage; one garbage among fields that may pass; fields twice; fields of no row."""
    for garbage in GARBAGE:
        yield [(name, garbage) for name in fields]
    for spoilt, garbage in product(fields if known else (), WORST):
        yield [(name, garbage if name == spoilt else value) for name, value in fields.items()]
    yield [*fields.items(), *((name, "zzz") for name in fields)]
    for row in (BIG, "-1", "x", "²", "a\x00"):
        yield [(re.sub(r"\d+$", row, name), value) for name, value in fields.items()]


def bodies_for(endpoint: str, seen: Seen) -> list[dict]:
    """What is sent to an address: spoilt forms, what is no form, and files; a form not seen is guessed."""
    subject = endpoint.partition(".")[0]
    beside = [fields for name, fields in seen.forms.items() if name.partition(".")[0] == subject]
    guessed = dict(chain.from_iterable(form.items() for form in beside))
    fields = seen.forms.get(endpoint, guessed)
    texts = dict.fromkeys(encoded(given) for given in garbage_in(fields, known=endpoint in seen.forms))
    return [
        *({"data": text, "content_type": FORM} for text in texts),
        *({"data": body, "content_type": kind} for kind, body in SHAPES),
        {"data": {name: (BytesIO(b"\x00\xff"), "\x00.csv") for name in fields}},
        {"data": {name: (BytesIO(b""), "") for name in fields}},
    ]


def encoded(fields: list[tuple[str, str]]) -> bytes:
    return urlencode(fields, errors="surrogatepass").encode()


@pytest.mark.parametrize("person", PEOPLE)
def test_no_form_however_it_is_filled_in_breaks_a_page(application, populated, addresses, ask, person):
    send = ask(person)
    seen = look_around(application, send, addresses)
    broken = set()
    for endpoint, path in addresses("POST", person):
        for body in bodies_for(endpoint, seen):
            answer, wrong = send("POST", path, **body)
            if answer.status_code >= 500 or wrong:
                broken.add((endpoint, answer.status_code, *wrong))
    assert sorted(broken) == []


@pytest.mark.parametrize("person", PEOPLE)
def test_no_address_however_it_is_typed_breaks_a_page(application, populated, addresses, ask, person):
    send = ask(person)
    seen = look_around(application, send, addresses)
    broken = set()
    for endpoint, path in addresses("GET", person):
        names = {*ASKED, *seen.queries[endpoint]}
        queries = QUERIES if seen.queries[endpoint] else WORST_QUERIES
        asked = [[(name, garbage) for name in names] for garbage in queries]
        asked += [[(name, garbage)] for name in seen.queries[endpoint] for garbage in WORST_QUERIES]
        for question in asked:
            answer, wrong = send("GET", f"{path}?{encoded(question).decode()}")
            if answer.status_code >= 500 or wrong:
                broken.add((endpoint, answer.status_code, *wrong))
    assert sorted(broken) == []


def test_no_stranger_and_no_broken_cookie_breaks_a_page(application, addresses, nothing_stays):
    client = application.test_client(use_cookies=False)
    broken = set()
    shapes = [{"data": body, "content_type": kind} for kind, body in SHAPES]
    for headers in HEADERS:
        for method, bodies in (("GET", [{}]), ("POST", shapes)):
            for (endpoint, path), body in product(addresses(method), bodies):
                answer = client.open(path, method=method, headers=headers, **body)
                if answer.status_code >= 500:
                    broken.add((endpoint, str(headers)))
    assert sorted(broken) == []


def test_no_id_however_it_is_written_breaks_a_page(application, ask):
    sends = {person: ask(person) for person in PEOPLE}
    broken = set()
    for rule, written in product(application.url_map.iter_rules(), IDS):
        send = sends[first_to_enter(application, rule.endpoint)]
        path = re.sub(r"<[^>]*>", written, rule.rule)
        for method in {"GET", "POST"} & (rule.methods or set()) if rule.arguments else ():
            answer, wrong = send(method, path)
            if answer.status_code >= 500 or wrong:
                broken.add((rule.endpoint, written, answer.status_code, *wrong))
    assert sorted(broken) == []
