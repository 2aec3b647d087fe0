"""The administrator's pages about people, and an invited person's way in."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from coordination.domain.actors import Role
from coordination.domain.permissions import ALLOWED
from coordination.models import AuditEntry, Letter, User
from coordination.web.labels import word

NEW = "fire almindelige danske ord"
TYPED = {"name": "Nina Ny", "email": "nina@example.org", "language": "da"}


@pytest.fixture
def admin(login, world):
    return login(world.admin)


@pytest.fixture
def invite(admin, world, everything):
    """Invite Nina as a caseworker and return the path of her link."""

    def go(**changed) -> str:
        typed = TYPED | {"role": "jobcenter", "jobcenter_id": str(world.municipality)} | changed
        answer = admin.post("/accounts", data=typed)
        assert answer.status_code == 302, answer.text
        with everything() as session:
            letter = session.scalars(sa.select(Letter).order_by(Letter.id.desc()).limit(1)).one()
            return letter.facts["secret_link"].removeprefix("https://forloeb.example")

    return go


def test_an_invited_person_chooses_a_password_and_logs_in(application, invite, world):
    path, browser = invite(), application.test_client()
    page = browser.get(path).text
    assert "Nina Ny, vælg en adgangskode" in page
    assert "7. dec. 2026" in page
    short = browser.post(path, data={"password": "kort", "password_confirm": "kort"})
    assert short.status_code == 422
    assert "mindst 12 tegn" in short.text
    done = browser.post(path, data={"password": NEW, "password_confirm": NEW}, follow_redirects=True)
    assert "Din adgangskode er gemt" in done.text
    assert browser.post("/login", data={"email": "nina@example.org", "password": NEW}).status_code == 302
    assert browser.get("/permissions").status_code == 200
    again = application.test_client().get(path)
    assert again.status_code == 422
    assert "bed din administrator om en ny invitation" in again.text


def test_a_link_ends_after_two_weeks_and_a_new_one_replaces_it(application, admin, invite, clock, everything):
    path, browser = invite(), application.test_client()
    clock.forward(days=15)
    assert browser.get(path).status_code == 422
    with everything() as session:
        user_id = session.scalars(sa.select(User.id).where(User.email == "nina@example.org")).one()
    page = admin.get(f"/accounts/{user_id}").text
    assert "inviteret" in page
    sent = admin.post(f"/accounts/{user_id}/invitation", follow_redirects=True)
    assert "En ny invitation er sendt" in sent.text
    assert browser.get(path).status_code == 422
    assert browser.get("/invitations/made-up").status_code == 422
    assert (
        browser.post("/invitations/made-up", data={"password": NEW, "password_confirm": NEW}).status_code
        == 422
    )


def test_the_role_comes_first_and_asks_only_for_its_place(admin):
    choice = admin.get("/accounts/new").text
    assert all(f"?role={role.value}" in choice for role in Role)
    asked = {role: admin.get(f"/accounts/new?role={role.value}").text for role in Role}
    for role, fields in {
        Role.JOBCENTER: ["jobcenter_id"],
        Role.LEADER: ["jobcenter_id"],
        Role.SCHOOL: ["school_id"],
        Role.COORDINATOR: ["partnership_ids"],
        Role.ADMIN: [],
    }.items():
        found = [
            name
            for name in ("jobcenter_id", "school_id", "partnership_ids")
            if f'name="{name}"' in asked[role]
        ]
        assert found == fields, role


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Skal udfyldes."),
        ({"email": "nina"}, "E-mailadressen kan ikke læses"),
        ({"email": "user1@example.org"}, "allerede en bruger med den e-mailadresse"),
        ({"jobcenter_id": ""}, "Vælg, hvor personen arbejder."),
        ({"jobcenter_id": "4711"}, "Vælg en af mulighederne."),
        ({"jobcenter_id": "x"}, "Vælg, hvor personen arbejder."),
        ({"language": "xx"}, "Vælg en af mulighederne."),
        ({"name": "x" * 121}, "højst 120 tegn"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(
    admin, world, everything, changed, sentence
):
    typed = TYPED | {"role": "jobcenter", "jobcenter_id": str(world.municipality)} | changed
    answer = admin.post("/accounts", data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{typed["email"]}"' in answer.text
    with everything() as session:
        assert session.scalars(sa.select(Letter)).all() == []


def test_an_account_is_edited_and_its_role_changed(admin, login, world, everything):
    teacher = world.teacher.user_id
    page = admin.get(f"/accounts/{teacher}/edit").text
    assert 'value="Lise Lærer"' in page
    other = admin.get(f"/accounts/{teacher}/edit?role=leader").text
    assert "Rollen skifter fra skole til leder" in other
    typed = {"name": "Lise Ny", "email": f"user{teacher}@example.org", "language": "en"}
    changed = {"role": "leader", "jobcenter_id": str(world.other_municipality)}
    saved = admin.post(f"/accounts/{teacher}/edit", data=typed | changed, follow_redirects=True)
    assert "Brugeren er gemt." in saved.text
    assert "leder" in saved.text
    with everything() as session:
        user = session.get(User, teacher)
        assert (user.name, user.role, user.school_id, user.language) == ("Lise Ny", Role.LEADER, None, "en")


def test_the_own_account_cannot_be_closed_or_lose_its_role(admin, world):
    own = world.admin.user_id
    page = admin.get(f"/accounts/{own}").text
    assert f"/accounts/{own}/close" not in page
    assert "Skift rolle" not in admin.get(f"/accounts/{own}/edit").text
    refused = admin.post(f"/accounts/{own}/close")
    assert refused.status_code == 422
    assert "Du kan ikke lukke din egen bruger" in refused.text
    typed = {"name": "Adam", "email": f"user{own}@example.org", "language": "da", "role": "leader"}
    role = admin.post(f"/accounts/{own}/edit", data=typed | {"jobcenter_id": str(world.municipality)})
    assert role.status_code == 422
    assert "Du kan ikke skifte din egen rolle" in role.text


def test_closing_asks_first_and_can_be_undone(admin, world):
    teacher = world.teacher.user_id
    asked = admin.get(f"/accounts/{teacher}/close").text
    assert "Luk brugeren Lise Lærer?" in asked
    closed = admin.post(f"/accounts/{teacher}/close", follow_redirects=True).text
    assert "Genåbn bruger" in closed
    assert "Lise Lærer" in admin.get("/accounts?state=closed").text
    opened = admin.post(f"/accounts/{teacher}/reopen", follow_redirects=True).text
    assert "Brugeren er åbnet igen" in opened


def test_a_closed_account_gets_no_letters(admin, application, world, everything):
    admin.post(f"/accounts/{world.teacher.user_id}/close")
    application.test_client().post("/reset", data={"email": f"user{world.teacher.user_id}@example.org"})
    with everything() as session:
        assert session.scalars(sa.select(Letter)).all() == []


def test_searching_survives_anything(admin):
    for query in (
        "q=%00",
        "q=%25",
        "page=0",
        "page=99999999999999",
        "partnership=99999999999999",
        "role=x",
        "state=x",
    ):
        assert admin.get(f"/accounts?{query}").status_code == 200, query
        assert admin.get(f"/letters?{query}&letter=%00&user=99999999999999").status_code == 200
        assert (
            admin.get(f"/audit-log?{query}&who=%00&subject=%00&id=x&since=x&until=2026-02-30").status_code
            == 200
        )
    assert "Ingen brugere passer" in admin.get("/accounts?q=findes-ikke").text


def test_the_permissions_page_is_the_table_that_enforces(login, world):
    for actor in (world.teacher, world.leader, world.admin):
        page = login(actor).get("/permissions")
        assert page.status_code == 200
        for permission in ALLOWED:
            assert f">{word(permission)}</th>" in page.text, permission
        allowed = sum(len(roles) for roles in ALLOWED.values())
        assert page.text.count('aria-label="ja"') == allowed


def test_whoever_is_no_administrator_finds_no_such_page(login, world, everything):
    """The same body as for a page that was never there, and nothing changed."""
    with everything() as session:
        before = session.scalar(sa.select(sa.func.count(AuditEntry.id)))
    pages = (
        "accounts",
        "accounts/new",
        "accounts/1",
        "partnerships",
        "partnerships/1",
        "letters",
        "audit-log",
    )
    for actor in (world.coordinator, world.caseworker, world.teacher, world.leader):
        client = login(actor)
        missing = client.get("/no-such-page")
        assert missing.status_code == 404
        for page in pages:
            answer = client.get(f"/{page}")
            assert (answer.status_code, answer.data) == (404, missing.data), page
        assert client.post(f"/accounts/{world.admin.user_id}/close").status_code == 404
    with everything() as session:
        log_ins = 4
        assert session.scalar(sa.select(sa.func.count(AuditEntry.id))) == before + log_ins
        assert session.get(User, world.admin.user_id).active
