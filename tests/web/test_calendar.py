"""The calendar and its feeds: who sees which runs, what stands in an address, what a program is told."""

from __future__ import annotations

import re
from datetime import date, time

import pytest
from icalendar import Calendar
from sqlalchemy import select

from coordination.domain.candidates import DanishExam
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.models import CalendarFeed, CourseRun, CourseSession, Track, User
from coordination.services import accounts
from tests.factories import make_participant, make_reserved, make_run, make_session
from tests.web.test_query_counts import counted


@pytest.fixture
def runs(world, everything):
    """Ids of five runs: open, another school's, a draft, another partnership's, a confirmed full one."""
    with everything() as session:
        session.get(Track, world.care_track).exam_needed = DanishExam.PD2
        found = {
            "open": make_run(world, title="Åbent hold"),
            "elsewhere": make_run(
                world, title="Hold ude", school=world.other_school, track_id=world.care_track
            ),
            "draft": make_run(world, title="Kladdehold", state=RunState.DRAFT),
            "full": make_run(world, title="Fuldt hold", state=RunState.RUNNING, capacity=2),
            "far": make_run(
                world,
                title="Fjernt hold",
                partnership_id=world.far_partnership,
                school=world.far_school,
                track_id=world.far_track,
                question_set_id=world.far_questions,
            ),
        }
        for home, actor in (
            (world.municipality, world.caseworker),
            (world.other_municipality, world.other_caseworker),
        ):
            make_participant(world, found["full"], actor, home, name="Navnemærke")
        return {name: run.id for name, run in found.items()}


def shown(text: str) -> set[str]:
    titles = ("Åbent hold", "Hold ude", "Kladdehold", "Fuldt hold", "Fjernt hold")
    return {title for title in titles if title in text}


SEEN = {
    "coordinator": {"Åbent hold", "Hold ude", "Kladdehold", "Fuldt hold"},
    "caseworker": {"Åbent hold", "Hold ude", "Fuldt hold"},
    "teacher": {"Åbent hold", "Kladdehold", "Fuldt hold"},
    "far_teacher": {"Fjernt hold"},
}


def test_month_and_list_show_the_runs_within_reach_and_no_person(world, login, runs):
    for person, seen in SEEN.items():
        client = login(getattr(world, person))
        for path in (
            "/calendar",
            "/calendar/list",
            "/calendar?month=2026-12",
            "/calendar/list?month=2026-12",
        ):
            answer = client.get(path)
            assert answer.status_code == 200
            assert shown(answer.text) == seen, (person, path)
            assert "Navnemærke" not in answer.text
    for person in ("leader", "admin"):
        assert login(getattr(world, person)).get("/calendar").status_code == 404


NEAR = {"Åbent hold", "Hold ude", "Kladdehold", "Fuldt hold"}
ASKED = {
    "school={other_school}": {"Hold ude"},
    "sector={kitchen}": {"Åbent hold", "Kladdehold", "Fuldt hold"},
    "exam=pd1": {"Åbent hold", "Kladdehold", "Fuldt hold"},
    "exam=pd2": NEAR,
    "free=1": {"Åbent hold", "Hold ude"},
    "state=running": {"Fuldt hold"},
    "state=nonsense&sector=x&school=999999999999&exam=": NEAR,
    "month=2027-06": set(),
    "month=garbage": NEAR,
}


def test_filters_stand_in_the_address_and_follow_to_other_months(world, login, runs):
    client = login(world.coordinator)
    for asked, seen in ASKED.items():
        for path in ("/calendar", "/calendar/list"):
            assert shown(client.get(f"{path}?{asked.format(**vars(world))}").text) == seen, (path, asked)
    page = client.get(f"/calendar?free=1&school={world.school}").text
    assert f'href="/calendar?month=2026-12&amp;school={world.school}&amp;free=1"' in page
    assert f'href="/calendar/list?month=2026-11&amp;school={world.school}&amp;free=1"' in page


def test_a_seat_kept_for_another_jobcenter_is_not_free(world, login, everything):
    with everything():
        run = make_run(world, title="Åbent hold", capacity=2)
        make_reserved(run, world.other_municipality, 2)
    assert shown(login(world.caseworker).get("/calendar?free=1").text) == set()
    assert "2 ledige pladser" in login(world.other_caseworker).get("/calendar?free=1").text
    assert "2 ledige pladser" in login(world.coordinator).get("/calendar?free=1").text


def test_cancelled_sessions_stay_in_sight_and_cancelled_runs_on_request(world, login, everything, runs):
    with everything() as session:
        session.get(CourseRun, runs["elsewhere"]).state = RunState.CANCELLED
        first = session.scalars(
            select(CourseSession)
            .where(CourseSession.course_run_id == runs["open"])
            .order_by(CourseSession.day)
        ).first()
        first.cancelled = True
    client = login(world.coordinator)
    page = client.get("/calendar")
    assert "aflyst" in page.text
    assert "Hold ude" not in page.text
    assert shown(client.get("/calendar?state=cancelled").text) == {"Hold ude"}


def test_an_empty_calendar_says_so(world, login):
    client = login(world.caseworker)
    assert "Ingen undervisning i måneden" in client.get("/calendar").text
    assert "Vis alle hold" in client.get("/calendar/list?free=1").text


def test_a_full_month_takes_no_more_statements(application, world, login, everything, subscribe):
    """Whoever looks: the jobcenter, for whom seats kept for others are taken off."""
    client, address = login(world.caseworker), subscribe(world.caseworker)
    asked = []
    for more in (2, 10):
        with everything():
            for _number in range(more):
                make_participant(world, make_run(world), world.caseworker, world.municipality)
        fetch(application, address)  # notes the hour
        found = []
        for ask in (lambda: client.get("/calendar"), lambda: fetch(application, address)):
            with counted() as sent:
                assert ask().status_code == 200
            found.append(len(sent))
        asked.append(found)
    assert asked[0] == asked[1]


# ---- feeds


@pytest.fixture
def subscribe(application, login):
    """`subscribe(actor)`: the path of a new feed of that person."""

    def make(actor, name: str = "Outlook") -> str:
        client = login(actor)
        answer = client.post("/calendar/feeds", data={"name": name}, follow_redirects=True)
        assert "Kopiér adressen nu" in answer.text
        (address,) = re.findall(r'value="https://forloeb\.example(/calendar/[^"]+\.ics)"', answer.text)
        assert address not in client.get("/calendar/feeds").text, "shown once"
        return address

    return make


def fetch(application, address: str, **headers: str):
    return application.test_client().get(address, headers=headers)


def events(application, address: str) -> dict[int, object]:
    """The entries of a feed by session id."""
    answer = fetch(application, address)
    assert answer.status_code == 200, answer.text
    found = Calendar.from_ical(answer.data).walk("VEVENT")
    return {int(re.match(r"session-(\d+)@forloeb\.example", event["UID"])[1]): event for event in found}


def titles(application, address: str) -> set[str]:
    return {str(event["SUMMARY"]) for event in events(application, address).values()}


FED = {
    "coordinator": {"Åbent hold", "Hold ude", "Fuldt hold"},
    "caseworker": {"Åbent hold", "Hold ude", "Fuldt hold"},
    "teacher": {"Åbent hold", "Fuldt hold"},
    "other_teacher": {"Hold ude"},
    "far_caseworker": {"Fjernt hold"},
}


def test_a_feed_holds_what_its_owner_is_concerned_with_and_no_person(
    application, world, login, runs, subscribe
):
    for person, seen in FED.items():
        address = subscribe(getattr(world, person))
        assert titles(application, address) == seen, person
        assert "Navnemærke" not in fetch(application, address).text
    found = login(world.coordinator).get(address)
    assert shown(found.text) == {"Fjernt hold"}, "it reads for its owner, whoever is logged in"


def test_a_jobcenter_keeps_running_runs_only_with_people_of_its_own(
    application, world, everything, subscribe
):
    with everything():
        run = make_run(world, title="Deres hold", state=RunState.RUNNING)
        make_participant(world, run, world.other_caseworker, world.other_municipality)
        gone = make_run(world, title="Forladt hold", state=RunState.RUNNING)
        make_participant(world, gone, world.caseworker, world.municipality, state=EnrolmentState.WITHDRAWN)
    assert titles(application, subscribe(world.caseworker)) == set()
    assert titles(application, subscribe(world.other_caseworker)) == {"Deres hold"}


def test_a_moved_and_a_cancelled_session_keep_their_entry(
    application, world, everything, runs, subscribe, now
):
    address = subscribe(world.caseworker)
    before = events(application, address)
    with everything() as session:
        of_run = (
            select(CourseSession)
            .where(CourseSession.course_run_id == runs["open"])
            .order_by(CourseSession.day)
        )
        moved, off, _kept = session.scalars(of_run.order_by(CourseSession.day)).all()
        moved.day, moved.starts_at, moved.ends_at = date(2026, 11, 24), time(10), time(15)
        moved.sequence, moved.changed_at = 1, now
        off.cancelled, off.sequence, off.changed_at = True, 2, now
        ids = moved.id, off.id
    after = events(application, address)
    assert set(after) == set(before)
    first, second = (after[key] for key in ids)
    assert (first["SEQUENCE"], first["STATUS"]) == (1, "TENTATIVE")
    assert first["DTSTART"].dt.isoformat() == "2026-11-24T09:00:00+00:00"
    assert first["LAST-MODIFIED"].dt == now
    assert (second["SEQUENCE"], second["STATUS"]) == (2, "CANCELLED")
    assert second["SUMMARY"] == "Aflyst: Åbent hold"
    assert second["URL"] == f"https://forloeb.example/course-runs/{runs['open']}"


def test_a_cancelled_run_cancels_its_entries_but_a_discarded_draft_was_never_told(
    application, world, everything, runs, subscribe
):
    with everything() as session:
        for name in ("elsewhere", "draft"):
            session.get(CourseRun, runs[name]).state = RunState.CANCELLED
        for row in session.scalars(
            select(CourseSession).where(CourseSession.course_run_id == runs["elsewhere"])
        ):
            row.told = {"day": row.day.isoformat()}
    found = events(application, subscribe(world.caseworker)).values()
    off = [event for event in found if event["STATUS"] == "CANCELLED"]
    assert {(str(event["SUMMARY"]), event["SEQUENCE"]) for event in off} == {("Aflyst: Hold ude", 1)}
    assert "Aflyst: Kladdehold" not in {str(event["SUMMARY"]) for event in found}


def test_what_lies_long_back_leaves_the_feed_and_summer_is_an_hour_earlier(
    application, world, everything, subscribe
):
    with everything():
        run = make_run(world, title="Langt hold", weeks=1)
        make_session(run, date(2026, 8, 3))
        summer = make_session(run, date(2027, 6, 7))
    found = events(application, subscribe(world.teacher))
    assert len(found) == 2
    assert found[summer.id]["DTSTART"].dt.isoformat() == "2027-06-07T07:00:00+00:00"


def test_a_fetch_is_answered_short_while_nothing_has_changed(application, world, everything, runs, subscribe):
    address = subscribe(world.teacher)
    first = fetch(application, address)
    assert first.mimetype == "text/calendar"
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = fetch(application, address, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    with everything() as session:
        session.get(CourseRun, runs["open"]).title = "Nyt navn"
    assert fetch(application, address, **{"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_feed_answers_until_it_is_taken_back(application, world, login, runs, subscribe, clock):
    address, other = subscribe(world.teacher, "Mobil"), subscribe(world.teacher, "Outlook")
    client = login(world.teacher)
    assert client.get("/calendar/feeds").text.count("ikke endnu") == 2
    assert fetch(application, address).status_code == 200
    clock.forward(minutes=5)
    assert fetch(application, address).status_code == 200
    assert "23. nov. 2026 kl. 10.00" in client.get("/calendar/feeds").text
    (row,) = re.findall(
        r"/calendar/feeds/(\d+)/revoke(?=[^>]*>(?:<[^>]*>)*<span>Luk</span><span[^>]*> Mobil)",
        client.get("/calendar/feeds").text,
    ) or [None]
    assert row, "the way to close it stands beside it"
    assert "Luk abonnementet »Mobil«?" in client.get(f"/calendar/feeds/{row}/revoke").text
    answer = client.post(f"/calendar/feeds/{row}/revoke", follow_redirects=True)
    assert "»Mobil« er lukket" in answer.text
    assert fetch(application, address).status_code == 404
    assert fetch(application, other).status_code == 200
    assert client.get(f"/calendar/feeds/{row}/revoke").status_code == 404


def test_whoever_may_see_no_calendar_any_more_has_no_feed(
    application, world, everything, act, runs, subscribe, now
):
    address = subscribe(world.teacher)
    with act(world.admin):
        accounts.close(world.admin, world.teacher.user_id, now=now)
    closed = fetch(application, address)
    unknown = fetch(application, "/calendar/ukendt.ics")
    assert closed.status_code == unknown.status_code == 404
    assert closed.text == unknown.text
    with everything() as session:
        user = session.get(User, world.teacher.user_id)
        user.active, user.role = True, "admin"
    assert fetch(application, address).status_code == 404


def test_fetching_too_often_is_stopped(application, world, monkeypatch, subscribe):
    address, other = subscribe(world.teacher), subscribe(world.coordinator)
    monkeypatch.setitem(application.config, "RATELIMIT_ENABLED", True)
    assert {fetch(application, address).status_code for _ in range(60)} == {200}
    stopped = fetch(application, address)
    assert stopped.status_code == 429
    assert int(stopped.headers["Retry-After"]) > 0
    assert fetch(application, other).status_code == 200


def test_a_feed_needs_a_name_and_there_is_an_end_to_them(world, login, everything):
    client = login(world.caseworker)
    unnamed = client.post("/calendar/feeds", data={"name": " "})
    assert unnamed.status_code == 422
    long = client.post("/calendar/feeds", data={"name": "x" * 81})
    assert long.status_code == 422
    assert "x" * 81 in long.text
    for number in range(10):
        assert client.post("/calendar/feeds", data={"name": f"Nr. {number}"}).status_code == 302
    assert client.post("/calendar/feeds", data={"name": "En til"}).status_code == 422
    with everything() as session:
        kept = session.scalars(select(CalendarFeed.token_hash)).all()
    assert {len(hashed) for hashed in kept} == {64}, "only hashes are kept"
    assert "så mange abonnementer" in client.get("/calendar/feeds").text
