"""The administrator's pages about partnerships and their places."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from coordination.domain.course_runs import RunState
from coordination.models import Partnership, Sector
from tests.factories import make_run

SETTINGS = {
    "name": "Syd",
    "offer_hours": "40",
    "work_from_hour": "8",
    "work_until_hour": "16",
    "ask_after_days": "3",
    "tell_after_days": "7",
    "follow_up_days": "1",
    "register_window_days": "7",
    "school_access_days": "30",
    "evaluation_days": "21",
    "low_score": "3",
}


@pytest.fixture
def admin(login, world):
    return login(world.admin)


def told(answer) -> str:
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_partnership_is_made_from_nothing(admin, world):
    made = admin.post("/partnerships", data={"name": "Vest"})
    path = made.location
    page = told(admin.get(path))
    for missing in (
        "mindst én kommune",
        "mindst én skole",
        "mindst én branche",
        "en koordinator",
        "spørgsmål til",
    ):
        assert missing in page
    for deed, typed in {
        "municipalities": {"code": "561", "name": "Esbjerg", "mail": "job@example.org"},
        "schools": {"name": "Rybners", "address": "Spangsbjerg Møllevej 72"},
        "schools/existing": {"school_id": str(world.school)},
        "sectors": {"code": "lager", "name": "Lager", "name_en": "Warehouse", "active": "y"},
        "coordinators": {"user_id": str(world.coordinator.user_id)},
        "questions": {},
    }.items():
        assert admin.post(f"{path}/{deed}", data=typed).status_code == 302, deed
    page = told(admin.get(path))
    assert "mangler det" not in page
    for word in ("Esbjerg", "561", "Rybners", "EUC Syd", "Lager", "Karen Koordinator"):
        assert word in page
    assert "Vest" in told(admin.get("/partnerships"))


def test_the_settings_are_changed_within_their_bounds(admin, world, everything):
    path = f"/partnerships/{world.partnership}"
    assert 'value="3"' in told(admin.get(f"{path}/edit"))
    wrong = admin.post(f"{path}/edit", data=SETTINGS | {"low_score": "9", "offer_hours": "x"})
    assert wrong.status_code == 422
    assert 'value="9"' in wrong.text
    assert "Skriv et helt tal" in wrong.text
    bounds = admin.post(f"{path}/edit", data=SETTINGS | {"low_score": "9"})
    assert "Skriv et tal fra 1 til 4." in bounds.text
    saved = admin.post(f"{path}/edit", data=SETTINGS, follow_redirects=True)
    assert "Samarbejdet er gemt." in told(saved)
    with everything() as session:
        assert session.get(Partnership, world.partnership).offer_hours == 40


@pytest.mark.parametrize(
    ("deed", "typed", "sentence"),
    [
        ("municipalities", {"code": "58", "name": "Her"}, "Kommunekoden er tre cifre"),
        ("municipalities", {"code": "510", "name": "Her"}, "allerede med i et samarbejde"),
        ("municipalities", {"code": "", "name": ""}, "Skal udfyldes."),
        ("schools", {"name": "", "address": "Her"}, "Skal udfyldes."),
        ("schools/existing", {"school_id": "4711"}, "Vælg en af mulighederne."),
        ("sectors", {"code": "K", "name": "Her"}, "Koden er 2 til 20 små bogstaver"),
        ("sectors", {"code": "kokken", "name": "Her"}, "allerede en branche med den kode"),
        ("coordinators", {"user_id": "4711"}, "Vælg en af mulighederne."),
    ],
)
def test_what_is_wrong_is_said_and_kept(admin, world, deed, typed, sentence):
    answer = admin.post(f"/partnerships/{world.partnership}/{deed}", data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    if typed.get("name"):
        assert f'value="{typed["name"]}"' in answer.text


def test_a_municipality_a_sector_and_a_school_are_changed(admin, world, everything):
    path = f"/partnerships/{world.partnership}"
    own = f"{path}/municipalities/{world.municipality}/edit"
    assert 'value="Haderslev"' in told(admin.get(own))
    typed = {"code": "510", "name": "Haderslev", "mail": "jobcenter@example.org"}
    assert "Kommunen er gemt." in told(admin.post(own, data=typed, follow_redirects=True))
    sector = f"{path}/sectors/{world.kitchen}/edit"
    assert "checked" in told(admin.get(sector))
    typed = {"code": "kokken", "name": "Køkken", "name_en": "Kitchen"}
    assert "Branchen er gemt." in told(admin.post(sector, data=typed, follow_redirects=True))
    with everything() as session:
        assert session.get(Sector, world.kitchen).active is False
    school = f"{path}/schools/{world.school}"
    saved = admin.post(school, data={"name": "EUC Syd, Haderslev", "address": ""}, follow_redirects=True)
    assert "EUC Syd, Haderslev" in told(saved)


def test_closing_days_are_added_and_removed(admin, world):
    path = f"/partnerships/{world.partnership}/schools/{world.school}"
    assert "Ingen lukkedage endnu." in told(admin.get(path))
    typed = {"closing-day": "12-10-2026", "closing-name": "Efterårsferie"}
    page = told(admin.post(f"{path}/closing-days", data=typed, follow_redirects=True))
    assert "12. okt. 2026" in page
    twice = admin.post(f"{path}/closing-days", data=typed)
    assert twice.status_code == 422
    assert "Dagen står der allerede." in twice.text
    wrong = admin.post(f"{path}/closing-days", data={"closing-day": "31-02-2026", "closing-name": "Ferie"})
    assert wrong.status_code == 422
    assert 'value="31-02-2026"' in wrong.text
    (remove,) = re.findall(r"/closing-days/[0-9]+/remove", page)
    removed = admin.post(f"{path}{remove}", follow_redirects=True)
    assert "Lukkedagen er slettet." in told(removed)


def test_a_school_with_a_running_course_stays(admin, world, everything):
    path = f"/partnerships/{world.partnership}/schools/{world.school}/end"
    with everything():
        make_run(world, state=RunState.RUNNING)
    assert "Skal EUC Syd ud af Syd?" in told(admin.get(path))
    refused = admin.post(path)
    assert refused.status_code == 422
    assert "1 hold i samarbejdet, som ikke er slut" in refused.text
    other = f"/partnerships/{world.partnership}/schools/{world.other_school}/end"
    assert "ikke længere med" in told(admin.post(other, follow_redirects=True))


def test_a_coordinator_is_appointed_and_released(admin, login, world):
    path = f"/partnerships/{world.partnership}/coordinators"
    far = world.far_coordinator.user_id
    assert "er udpeget" in told(admin.post(path, data={"user_id": str(far)}, follow_redirects=True))
    ended = admin.post(f"{path}/{far}/end", follow_redirects=True)
    assert "ikke længere koordinator" in told(ended)
    assert admin.post(f"{path}/{far}/end").status_code == 404


def test_a_place_of_another_partnership_is_not_there(admin, world, everything):
    far = f"/partnerships/{world.far_partnership}"
    missing = admin.get("/partnerships/4711")
    assert missing.status_code == 404
    for path in (
        f"{far}/municipalities/{world.municipality}/edit",
        f"{far}/schools/{world.school}",
        f"{far}/sectors/{world.kitchen}/edit",
        f"{far}/schools/{world.school}/end",
        "/partnerships/99999999999/edit",
        "/partnerships/99999999999",
    ):
        answer = admin.get(path)
        assert (answer.status_code, answer.data) == (404, missing.data), path
    typed = {"code": "xx", "name": "X", "name_en": "", "active": "y"}
    assert admin.post(f"{far}/sectors/{world.kitchen}/edit", data=typed).status_code == 404
    with everything() as session:
        assert session.scalar(sa.select(Sector.code).where(Sector.id == world.kitchen)) == "kokken"
