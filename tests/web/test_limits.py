"""Guessing stays slow, on every process together; others are not hindered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from coordination.adapters.rate_limits import DatabaseStorage
from coordination.db import Base, db
from coordination.web.limits import FETCHES, LIMITS
from tests.conftest import PASSWORD


@pytest.fixture
def limited(application, app, monkeypatch):
    monkeypatch.setitem(application.config, "RATELIMIT_ENABLED", True)
    return application


def guess(client, account: str, password: str = "forkert", address: str = "192.0.2.1"):
    typed = {"email": account, "password": password}
    return client.post("/login", data=typed, environ_overrides={"REMOTE_ADDR": address})


def test_guessing_at_an_account_stops_and_the_page_says_when_to_try_again(limited, world, clock):
    account = f"user{world.teacher.user_id}@example.org"
    browser = limited.test_client()
    assert {guess(browser, account).status_code for _ in range(20)} == {200}
    stopped = guess(limited.test_client(), account.upper(), PASSWORD)
    assert stopped.status_code == 429
    assert "Prøv igen kl. 10." in stopped.text
    assert 0 < int(stopped.headers["Retry-After"]) <= 601
    assert guess(browser, account, PASSWORD, address="192.0.2.2").status_code == 302
    other = f"user{world.admin.user_id}@example.org"
    assert guess(limited.test_client(), other, PASSWORD).status_code == 302
    clock.forward(minutes=11)
    assert guess(limited.test_client(), account, PASSWORD).status_code == 302


def test_asking_for_letters_stops(limited, world):
    browser = limited.test_client()
    asked = [browser.post("/reset", data={"email": "user1@example.org"}).status_code for _ in range(6)]
    assert asked == [200] * 5 + [429]


def test_reading_is_not_counted(limited):
    browser = limited.test_client()
    assert {browser.get("/login").status_code for _ in range(30)} == {200}


def test_a_count_begins_anew_when_its_window_has_ended_and_old_rows_go(app):
    moment = [1000.0]
    storage = DatabaseStorage(clock=lambda: moment[0])
    assert [storage.incr("a", 60) for _ in range(3)] == [1, 2, 3]
    assert storage.incr("b", 600, amount=5) == 5
    assert (storage.get("a"), storage.get_expiry("a"), storage.get("c")) == (3, 1060.0, 0)
    moment[0] = 1060.0
    assert storage.get("a") == 0
    assert storage.incr("c", 60) == 1
    assert storage.reset() == 2  # a has been swept
    assert storage.check()
    storage.incr("d", 60)
    storage.clear("d")
    assert storage.get("d") == 0


def test_processes_count_together(application, app):
    """Many at once, each on a connection of its own, and no try is lost."""
    storage = DatabaseStorage(clock=lambda: 1000.0)

    def count(_number: int) -> int:
        with application.app_context():
            return storage.incr("together", 60)

    with ThreadPoolExecutor(max_workers=4) as workers:
        assert sorted(workers.map(count, range(40))) == list(range(1, 41))


def test_every_limit_guards_a_page_that_is_there(application):
    assert {endpoint for endpoint, _limit, _key in (*LIMITS, *FETCHES)} <= set(application.view_functions)


def test_the_storage_holds_no_address_and_no_account(limited, cluster):
    guess(limited.test_client(), "user1@example.org")
    rows = db.session.execute(Base.metadata.tables["rate_hits"].select()).all()
    db.session.rollback()
    assert len(rows) == 3
    assert "example" not in repr(rows)
    assert "192.0.2" not in repr(rows)
