"""Log in, log out, forget, choose and change a password; a lost session loses nothing that was typed."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
import sqlalchemy as sa

from coordination.db import db
from coordination.models import AuditEntry, Letter, User
from tests.conftest import PASSWORD

pytestmark = pytest.mark.sqlite  # cookies, links and forms; the rows behind them are the plainest there are
NEW = "fire almindelige danske ord"


def email(actor) -> str:
    return f"user{actor.user_id}@example.org"


def main_of(answer) -> str:
    """The page without its frame, as a reader sees it."""
    return answer.text[answer.text.index("<main") : answer.text.index("</main>")]


def without_values(answer) -> str:
    return re.sub(r'value="[^"]*"', "", main_of(answer))


@pytest.fixture
def browser(application, app):
    return application.test_client()


@pytest.fixture
def deeds(everything):
    def read() -> list[str]:
        with everything() as session:
            return list(session.scalars(sa.select(AuditEntry.deed).order_by(AuditEntry.id)))

    return read


@pytest.fixture
def last_letter(everything):
    def read() -> Letter:
        with everything() as session:
            return session.scalars(sa.select(Letter).order_by(Letter.id.desc()).limit(1)).one()

    return read


def test_a_page_asks_for_a_login_and_comes_back(browser, world, deeds):
    asked = browser.get("/accounts?q=jens")
    assert asked.location == "/login?next=%2Faccounts%3Fq%3Djens"
    form = browser.get(asked.location)
    assert 'value="/accounts?q=jens"' in form.text
    answer = browser.post(
        "/login", data={"email": email(world.admin).upper(), "password": PASSWORD, "next": "/accounts?q=jens"}
    )
    assert (answer.status_code, answer.location) == (302, "/accounts?q=jens")
    assert deeds() == ["accounts.log_in"]


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example"]
)
def test_nobody_is_led_elsewhere(browser, world, away):
    answer = browser.post("/login", data={"email": email(world.admin), "password": PASSWORD, "next": away})
    assert urlsplit(urljoin("http://localhost/login", answer.location)).netloc == "localhost"
    assert browser.post("/language", data={"language": "en", "next": away}).location == "/"


def test_every_wrong_answer_reads_the_same(browser, world, everything, deeds):
    with everything() as session:
        session.get(User, world.leader.user_id).active = False
        session.get(User, world.teacher.user_id).password = None
    tries = (
        (email(world.admin), "forkert"),
        ("nobody@example.org", PASSWORD),
        (email(world.leader), PASSWORD),
        (email(world.teacher), PASSWORD),
        ("no address", PASSWORD),
        ("", ""),
    )
    pages = {
        re.sub(
            r'value="[^"]*"', "", main_of(browser.post("/login", data={"email": address, "password": word}))
        )
        for address, word in tries
    }
    assert len(pages) == 1
    assert "passer ikke sammen" in pages.pop()
    assert set(deeds()) == {"accounts.log_in_failed"}


def test_logging_out_ends_the_session(login, world):
    client = login(world.admin)
    assert client.get("/accounts").status_code == 200
    out = client.post("/logout")
    assert (out.status_code, out.location) == (302, "/login")
    assert "Du er logget ud." in client.get("/login").text
    assert client.get("/accounts").status_code == 302
    assert client.get("/logout").status_code == 405


def test_nobody_is_logged_out_by_another_site(application, login, world, monkeypatch):
    client = login(world.admin)
    monkeypatch.setitem(application.config, "WTF_CSRF_ENABLED", True)
    assert client.post("/logout").status_code == 400
    assert client.get("/accounts").status_code == 200


def test_a_forgotten_password_is_chosen_anew_by_a_letter(browser, login, world, last_letter, deeds):
    elsewhere = login(world.teacher)
    asked = browser.post("/reset", data={"email": email(world.teacher)}, headers={"Host": "evil.example"})
    assert "er der nu et brev på vej" in asked.text
    letter = last_letter()
    assert (letter.letter, letter.recipient_id) == ("reset_password", world.teacher.user_id)
    link = letter.facts["secret_link"]
    assert link.startswith("https://forloeb.example/reset/")
    path = link.removeprefix("https://forloeb.example")
    assert "Vælg en ny adgangskode" in browser.get(path).text
    short = browser.post(path, data={"password": "kort", "password_confirm": "kort"})
    assert "mindst 12 tegn" in main_of(short)
    unequal = browser.post(path, data={"password": NEW, "password_confirm": "noget helt andet"})
    assert "ikke ens" in main_of(unequal)
    done = browser.post(path, data={"password": NEW, "password_confirm": NEW})
    assert (done.status_code, done.location) == (302, "/login")
    assert last_letter().letter == "password_changed"
    assert elsewhere.get("/permissions").status_code == 302
    assert browser.post("/login", data={"email": email(world.teacher), "password": NEW}).status_code == 302
    assert deeds()[-2:] == ["accounts.new_password", "accounts.log_in"]
    again = browser.get(path)
    assert again.location == "/reset"


def test_an_old_link_says_so(application, browser, world, last_letter, monkeypatch):
    browser.post("/reset", data={"email": email(world.teacher)})
    path = last_letter().facts["secret_link"].removeprefix("https://forloeb.example")
    monkeypatch.setitem(application.config, "SECURITY_RESET_PASSWORD_WITHIN", timedelta(seconds=-1))
    assert browser.get(path).location == "/reset"
    assert "Bed om et nyt her" in browser.get("/reset").text
    assert browser.post(path, data={"password": NEW, "password_confirm": NEW}).location == "/reset"


def test_asking_for_a_stranger_answers_the_same_and_sends_nothing(browser, world, everything):
    known = browser.post("/reset", data={"email": email(world.teacher)})
    unknown = browser.post("/reset", data={"email": "nobody@example.org"})
    assert main_of(known).replace(email(world.teacher), "X") == main_of(unknown).replace(
        "nobody@example.org", "X"
    )
    with everything() as session:
        assert session.scalar(sa.select(sa.func.count(Letter.id))) == 1


def test_changing_the_password_ends_every_other_session(login, world, last_letter):
    here, there = login(world.teacher), login(world.teacher)
    typed = {"password": PASSWORD, "new_password": NEW, "new_password_confirm": NEW}
    assert "ikke den rigtige" in main_of(here.post("/change", data=typed | {"password": "forkert"}))
    same = {"new_password": PASSWORD, "new_password_confirm": PASSWORD}
    assert "den samme som den gamle" in main_of(here.post("/change", data=typed | same))
    assert here.post("/change", data=typed).status_code == 302
    assert last_letter().letter == "password_changed"
    assert here.get("/permissions").status_code == 200
    assert there.get("/permissions").status_code == 302


def test_a_password_of_plain_words_is_enough_and_its_signs_are_normalised(browser, login, world):
    client = login(world.teacher)
    composed = "æblegrød på Ærø"
    split = composed.replace("å", "a\u030a")
    typed = {"password": PASSWORD, "new_password": composed, "new_password_confirm": composed}
    assert client.post("/change", data=typed).status_code == 302
    assert browser.post("/login", data={"email": email(world.teacher), "password": split}).status_code == 302


def test_closing_an_account_ends_its_session_at_once(login, world):
    teacher, admin = login(world.teacher), login(world.admin)
    assert teacher.get("/permissions").status_code == 200
    closed = admin.post(f"/accounts/{world.teacher.user_id}/close", follow_redirects=True)
    assert "logget ud overalt" in closed.text
    assert teacher.get("/permissions").status_code == 302


def test_the_session_cookie_is_strict_and_nobody_is_remembered(browser, world):
    answer = browser.post("/login", data={"email": email(world.admin), "password": PASSWORD, "remember": "y"})
    cookies = answer.headers.getlist("Set-Cookie")
    assert len(cookies) == 1
    assert "HttpOnly" in cookies[0]
    assert "SameSite=Lax" in cookies[0]
    assert "Expires" not in cookies[0]


@pytest.mark.parametrize(("language", "words"), [("da", "Log ind"), ("en", "Log in")])
def test_the_language_of_an_open_page_is_chosen_in_the_browser(browser, language, words):
    answer = browser.post("/language", data={"language": language, "next": "/login?next=%2Faccounts"})
    assert answer.location == "/login?next=%2Faccounts"
    page = browser.get("/login").text
    assert f'<html lang="{language}">' in page
    assert words in page


def test_the_language_of_a_person_follows_the_account(browser, login, world):
    login(world.teacher).post("/language", data={"language": "en", "next": "/permissions"})
    assert '<html lang="en">' in login(world.teacher).get("/permissions").text
    assert (
        '<html lang="da">' in browser.post("/language", data={"language": "xx"}, follow_redirects=True).text
    )


def test_the_library_speaks_both_languages(browser, world):
    browser.post("/language", data={"language": "en"})
    wrong = browser.post("/login", data={"email": "nobody@example.org", "password": "x"})
    assert "do not match" in main_of(wrong)


def test_a_lost_session_while_typing_loses_nothing(application, login, world, monkeypatch):
    """The token has run out: what was typed stands on the page and can be sent again."""
    client = login(world.admin)
    monkeypatch.setitem(application.config, "WTF_CSRF_ENABLED", True)
    typed = {"role": "leader", "name": "Åse <b>Ny</b>", "email": "aase@example.org", "csrf_token": "gammel"}
    answer = client.post("/accounts", data=typed, headers={"Origin": "http://localhost"})
    assert answer.status_code == 400
    assert "Send igen" in answer.text
    assert 'value="Åse &lt;b&gt;Ny&lt;/b&gt;"' in answer.text
    assert "gammel" not in answer.text
    token = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)
    sent = client.post(
        "/accounts", data=typed | {"csrf_token": token.group(1)}, headers={"Origin": "http://localhost"}
    )
    assert sent.status_code == 422  # the leader's jobcenter was not chosen, so the form comes back
    foreign = client.post("/accounts", data=typed, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 400
    assert "Send igen" not in foreign.text


def test_a_deed_after_logging_out_keeps_what_was_typed(browser):
    answer = browser.post(
        "/accounts", data={"name": "Åse", "password": "hemmelig"}, headers={"Origin": "http://localhost"}
    )
    assert answer.status_code == 401
    assert 'value="Åse"' in answer.text
    assert "hemmelig" not in answer.text


def test_nothing_is_written_by_looking(browser, login, world, everything):
    client = login(world.teacher)
    with everything() as session:
        before = session.scalar(sa.select(sa.func.count(AuditEntry.id)))
    for page in ("/change", "/permissions", "/login", "/reset"):
        assert client.get(page).status_code in {200, 302}
    with everything() as session:
        assert session.scalar(sa.select(sa.func.count(AuditEntry.id))) == before
    db.session.rollback()
