"""Whatever is sent to any address of the product, the answer is never an error of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from itertools import chain, product
from urllib.parse import urlencode

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from coordination.adapters.cpr_vault import vault_from
from coordination.db.base import Session
from coordination.domain.actors import Role
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.follow_ups import CloseReason, FollowUpState
from coordination.domain.letters import LetterState
from coordination.domain.nominations import NominationState
from coordination.domain.permissions import allowed
from coordination.models import CourseRun, Letter, User
from tests.conftest import environ
from tests.explorer import Found, explore, plausible
from tests.factories import (
    make_candidate,
    make_evaluation,
    make_follow_up,
    make_nomination,
    make_participant,
    make_run,
)
from tests.separation.populated import CPR, populate, run_sessions
from tests.separation.test_routes import path_of

pytestmark = pytest.mark.slow
PEOPLE = ("teacher", "caseworker", "coordinator", "admin")
SURROGATE = "\ud800"  # sent as the bytes ED A0 80, which no text in UTF-8 contains
HUGE = "x" * 100_000
LONG = "x" * 11_000
BIG = "99999999999999999999"
ODD = "%_'\"\\{{7*7}}"
NO_ADDRESS = "http://[x"
GARBAGE = ("", "a\x00b", NO_ADDRESS, SURROGATE, HUGE, BIG, "-1", "²", ODD, "9999-12-31", "0001-01-01")
WORST_TEXTS = ("a\x00b", LONG)
WORST_NUMBERS = (BIG, "-1")
QUERIES = ("", NO_ADDRESS, "-1", "0", "²", BIG, ODD, "a\x00b", SURROGATE)
WORST_QUERIES = ("²", BIG, "a\x00b")
IDS = ("0", BIG, "-1", "²", "%00", "%ED%A0%80")
ASKED = ("page", "sort", "q", "state", "run", "sector", "role", "back", "next", "user")
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


@pytest.fixture
def nothing_stays(monkeypatch):
    """A commit does all its work and then takes it back, so that every request meets the same rows."""

    def commit(session: Session) -> None:
        session.flush()
        session.expunge_all()
        session.rollback()

    monkeypatch.setattr(Session, "commit", commit)


@pytest.fixture
def ids(world, everything):
    """For each kind of id rows in different states, so that every form is offered somewhere."""
    home = (world.caseworker, world.municipality)
    with everything() as session:
        first = populate(world, session).ids
        draft = session.scalars(select(CourseRun).where(CourseRun.state == RunState.DRAFT)).one()
        open_run = make_run(world, starts_on=date(2027, 1, 4))
        ended = make_run(world, state=RunState.ENDED, starts_on=date(2026, 10, 5))
        sealed = vault_from(environ()["COORDINATION_CPR_KEYS"].split(","), "hash").seal(CPR)
        person = make_candidate(world.municipality, world.caseworker, cpr_sealed=sealed)
        waiting = make_nomination(person, (world.kitchen,), state=NominationState.DRAFT, submitted_at=None)
        accepted = make_participant(world, open_run, *home, state=EnrolmentState.ACCEPTED)
        stopped = {"state": EnrolmentState.DROPPED_OUT, "left_on": date(2026, 10, 12)}
        dropped = make_participant(world, ended, *home, **stopped)
        fresh = make_candidate(world.municipality, world.caseworker, cpr_sealed=sealed)
        session.get(User, world.other_teacher.user_id).active = False
        session.get(Letter, first["letter_id"]).state = LetterState.FAILED
        closed = {"state": FollowUpState.CLOSED, "close_reason": CloseReason.BACK_IN_CLASS}
        follow_up = make_follow_up(dropped, run_sessions(session, ended.id)[0], **closed)
        second = {
            "candidate_id": person.id,
            "nomination_id": waiting.id,
            "course_run_id": draft.id,
            "session_id": run_sessions(session, draft.id)[0].id,
            "enrolment_id": first["offer_id"],
            "evaluation_id": make_evaluation(ended).id,
            "follow_up_id": follow_up.id,
            "user_id": world.other_teacher.user_id,
        }
    third = {"course_run_id": open_run.id, "enrolment_id": accepted.id}
    fourth = {"course_run_id": ended.id, "enrolment_id": dropped.id, "candidate_id": fresh.id}
    return [first, first | second, first | third, first | fourth]


@pytest.fixture
def addresses(application, ids):
    """`addresses("POST", "teacher")`: those that this person enters first, with all rows."""

    def of(method: str, person: str = "") -> list[tuple[str, str]]:
        rules = [rule for rule in application.url_map.iter_rules() if method in (rule.methods or ())]
        rules = [rule for rule in rules if not person or first_to_enter(application, rule.endpoint) == person]
        paths = {(rule.endpoint, path_of(rule, known)) for rule in rules for known in ids}
        return sorted((endpoint, re.sub(r"<[^>]*>", "x.y", path)) for endpoint, path in paths)

    return of


@pytest.fixture
def found(application, addresses):
    """What a person comes across on every page."""

    def look_around(send):
        pages = dict.fromkeys(path for _endpoint, path in addresses("GET"))
        return explore(
            application, lambda path: send("GET", path)[0].get_data().decode(errors="replace"), pages
        )

    return look_around


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


def garbage_in(fields: dict[str, str], *, known: bool) -> Iterator[list[tuple[str, str]]]:
    """Every field garbage; one garbage among fields that may pass; fields twice; fields of no row."""
    for garbage in GARBAGE if known else WORST_TEXTS + WORST_NUMBERS:
        yield [(name, garbage) for name in fields]
    for place, (spoilt, standing) in enumerate(fields.items() if known else ()):
        garbage = (WORST_NUMBERS if standing.isdigit() else WORST_TEXTS)[place % 2]
        yield [(name, garbage if name == spoilt else value) for name, value in fields.items()]
    yield [*fields.items(), *((name, "zzz") for name in fields)]
    for row in (BIG, "-1", "x", "²", "a\x00"):
        yield [(re.sub(r"\d+$", row, name), value) for name, value in fields.items()]


def bodies_for(endpoint: str, found: Found) -> list[dict]:
    """What is sent to an address: spoilt forms, what is no form, and files; a form not met is guessed."""
    subject = endpoint.partition(".")[0]
    beside = [form for name, form in found.forms.items() if name.partition(".")[0] == subject]
    met = [found.forms[endpoint]] if endpoint in found.forms else beside
    fields = dict(chain.from_iterable(plausible(form).items() for form in met))
    texts = dict.fromkeys(encoded(given) for given in garbage_in(fields, known=endpoint in found.forms))
    return [
        *({"data": text, "content_type": FORM} for text in texts),
        *({"data": body, "content_type": kind} for kind, body in SHAPES),
        {"data": {name: (BytesIO(b"\x00\xff"), "\x00.csv") for name in fields}},
        {"data": {name: (BytesIO(b""), "") for name in fields}},
    ]


def questions_for(asked: set[str]) -> Iterator[list[tuple[str, str]]]:
    """Everything a page might ask for as garbage at once, and what it does ask for one by one."""
    for garbage in QUERIES if asked else WORST_QUERIES:
        yield [(name, garbage) for name in {*ASKED, *asked}]
    for place, name in enumerate(sorted(asked)):
        yield [(name, WORST_QUERIES[place % len(WORST_QUERIES)])]


def encoded(fields: list[tuple[str, str]]) -> bytes:
    return urlencode(fields, errors="surrogatepass").encode()


@pytest.mark.postgresql  # refuses what SQLite does (lone surrogates, huge numbers) and more: NUL, long texts
@pytest.mark.slow(60)
@pytest.mark.parametrize("person", PEOPLE)
def test_nothing_a_person_sends_or_asks_for_breaks_a_page(addresses, ask, found, person):
    send = ask(person)
    met = found(send)
    broken = set()

    def note(endpoint: str, answer, wrong: list[str]) -> None:
        if answer.status_code >= 500 or wrong:
            broken.add((endpoint, answer.status_code, *wrong))

    for endpoint, path in dict(addresses("POST", person)).items():
        form = met.forms.get(endpoint)
        for body in bodies_for(endpoint, met):
            note(endpoint, *send("POST", form.action if form and form.action else path, **body))
    for endpoint, path in dict(addresses("GET", person)).items():
        for question in questions_for(met.asked[endpoint]):
            note(endpoint, *send("GET", f"{path}?{encoded(question).decode()}"))
    assert sorted(broken) == []


@pytest.mark.sqlite  # nobody gets as far as the database
def test_no_stranger_and_no_broken_cookie_breaks_a_page(application, addresses, nothing_stays):
    client = application.test_client(use_cookies=False)
    broken = set()
    shapes = [{"data": body, "content_type": kind} for kind, body in SHAPES]
    for headers in HEADERS:
        for method, bodies in (("GET", [{}]), ("POST", shapes)):
            for (endpoint, path), body in product(dict(addresses(method)).items(), bodies):
                answer = client.open(path, method=method, headers=headers, **body)
                if answer.status_code >= 500:
                    broken.add((endpoint, str(headers)))
    assert sorted(broken) == []


@pytest.mark.postgresql  # the stricter of the two
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
