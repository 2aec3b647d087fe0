"""The administrator's page of letters, and the log."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from coordination import audit, outbox
from coordination.adapters.letters import FOLDER
from coordination.domain.enrolments import EnrolmentDeed
from coordination.domain.letters import LetterState
from coordination.domain.nominations import NominationDeed
from coordination.models import Letter, User
from coordination.web.labels.audit_log import DEEDS, SUBJECTS
from coordination.web.labels.letters import LETTERS
from tests.house.test_conventions import SOURCES


@pytest.fixture
def admin(login, world):
    return login(world.admin)


@pytest.fixture
def letter(world, everything, now):
    """A letter to the teacher that was given up."""
    with everything() as session:
        secret = "https://forloeb.example/reset/hemmelig"
        outbox.queue(
            "reset_password", [session.get(User, world.teacher.user_id)], now=now, secret_link=secret, hours=4
        )
    with everything() as session:
        row = session.scalars(sa.select(Letter)).one()
        row.state, row.attempts, row.error = LetterState.FAILED, 6, "550 <no> such user"
        return row.id


def test_an_empty_outbox_says_what_comes(admin):
    assert "Det første brev kommer, når du inviterer en bruger" in admin.get("/letters").text


def test_a_letter_is_read_without_its_secret_and_sent_again(admin, letter, everything):
    listed = admin.get("/letters").text
    for words in ("Ny adgangskode", "Lise Lærer", "ikke sendt", "550 &lt;no&gt; such user", "Send igen"):
        assert words in listed
    page = admin.get(f"/letters/{letter}").text
    assert "Vælg en ny adgangskode" in page
    assert "[linket vises kun i brevet]" in page
    assert "hemmelig" not in listed + page
    again = admin.post(f"/letters/{letter}/send-again", follow_redirects=True)
    assert "Brevet sendes igen" in again.text
    assert "Sendes tidligst" in again.text
    twice = admin.post(f"/letters/{letter}/send-again")
    assert twice.status_code == 422
    assert "sendes ikke igen" in twice.text
    assert admin.get("/letters/4711").status_code == 404


def test_letters_are_filtered(admin, letter, world):
    assert (
        "Lise Lærer"
        in admin.get(f"/letters?state=failed&letter=reset_password&user={world.teacher.user_id}").text
    )
    assert "Ingen breve passer" in admin.get("/letters?state=sent").text
    assert "kunne ikke sendes" in admin.get(f"/accounts/{world.teacher.user_id}").text


def test_a_letter_whose_template_is_gone_is_still_listed(admin, letter, everything):
    with everything() as session:
        session.get(Letter, letter).letter = "from_an_older_version"
    assert "from_an_older_version" in admin.get("/letters").text
    assert "skabelon er ændret" in admin.get(f"/letters/{letter}").text


def test_every_letter_has_a_name():
    assert {path.name.split(".")[0] for path in FOLDER.glob("*.txt")} == set(LETTERS)


def test_the_log_tells_who_did_what_and_never_why(admin, world, act, clock):
    with act(world.coordinator):
        audit.record(
            world.coordinator, "candidates.save", "candidate", 7, now=clock(), reason="Hemmelig grund"
        )
        audit.record(None, "course_runs.advance_runs", "course_run", 9, now=clock())
    page = admin.get("/audit-log").text
    for words in ("Karen Koordinator", "kandidat 7", "hold 9", "systemet", "loggede ind"):
        assert words in page
    assert "Hemmelig grund" not in page
    assert "hold 9" not in admin.get("/audit-log?who=karen").text
    assert (
        "kandidat 7" in admin.get("/audit-log?subject=candidate&id=7&since=23-11-2026&until=2026-11-23").text
    )
    assert "Intet i loggen passer" in admin.get("/audit-log?until=22-11-2026").text
    assert "kandidat 7" not in admin.get(f"/audit-log?user={world.admin.user_id}").text


RECORDED = re.compile(r'"([a-z_]+\.[a-z_]+)",\s*"([a-z_]+)"')


def test_every_recorded_deed_has_its_words():
    """A new deed: write what it is called, and what kind of row it touches, in labels/audit_log.py."""
    texts = [path.read_text(encoding="utf-8") for path in SOURCES if "services" in path.parts]
    found = {match.groups() for text in texts for match in RECORDED.finditer(text)}
    assert len(found) > 50
    assert {deed for deed, _subject in found} - set(DEEDS) == set()
    assert {subject for _deed, subject in found} - set(SUBJECTS) == set()
    assert {f"nominations.{deed}" for deed in (*NominationDeed, *EnrolmentDeed)} - set(DEEDS) == set()
    assert {f"follow_ups.{deed}" for deed in ("open", "close", "reopen")} - set(DEEDS) == set()
