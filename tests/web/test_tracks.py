"""Tracks and modules through HTTP."""

from __future__ import annotations

from io import BytesIO

from sqlalchemy import select

from coordination.domain.course_runs import RunState
from coordination.models import Track, TrackModule
from tests.factories import make_run
from tests.html_forms import form_in

TRACK = {
    "title": "Gartneri",
    "description": "Planter",
    "minimum": "10",
    "capacity": "14",
    "exam_needed": "pd1",
}
MODULE = {
    "title": "Egenkontrol",
    "kind": "amu",
    "code": "42994",
    "half_days": "4",
    "hours": "14",
    "minutes": "48",
    "exam_needed": "none",
}

PAGES = ("edit", "editions", "modules/new", "modules/import")


def modules(everything, track_id):
    with everything() as session:
        ordered = select(TrackModule).where(TrackModule.track_id == track_id).order_by(TrackModule.position)
        return [(row.id, row.code, row.minutes) for row in session.scalars(ordered)]


def test_tracks_are_the_coordinators(world, login):
    for actor in (world.caseworker, world.teacher, world.leader, world.admin):
        client = login(actor)
        for page in ("", "/new", f"/{world.track}", *(f"/{world.track}/{name}" for name in PAGES)):
            assert client.get(f"/tracks{page}").status_code == 404, (actor, page)
    far = login(world.far_coordinator)
    assert far.get(f"/tracks/{world.track}").status_code == 404
    assert "Køkken Syd" not in far.get("/tracks").text


def test_a_track_is_made_and_changed(world, login, everything):
    client = login(world.coordinator)
    assert "Køkken Syd" in client.get("/tracks").text
    wrong = client.post(
        "/tracks/new", data={**TRACK, "sector_id": world.kitchen, "title": " ", "capacity": "x"}
    )
    assert wrong.status_code == 422
    assert "Feltet skal udfyldes" in wrong.text
    assert "Skriv et helt tal" in wrong.text
    assert "Planter" in wrong.text
    assert client.post("/tracks/new", data={**TRACK, "sector_id": world.far_sector}).status_code == 422
    made = client.post("/tracks/new", data={**TRACK, "sector_id": world.kitchen})
    assert made.status_code == 302
    assert "Tilføj nu dets moduler" in client.get(made.location).text
    edit = f"{made.location}/edit"
    changed = {**TRACK, "sector_id": world.care, "title": "Gartneri og park", "version": "1"}
    assert client.post(edit, data=changed).status_code == 302
    stale = client.post(edit, data={**changed, "title": "Forsent"})
    assert stale.status_code in {409, 422}
    assert 'value="Forsent"' in stale.text
    with everything() as session:
        titles = set(session.scalars(select(Track.title)))
    assert "Gartneri og park" in titles
    assert "Forsent" not in titles


def test_modules_are_added_ordered_and_taken_out(world, login, everything):
    client = login(world.coordinator)
    add = f"/tracks/{world.track}/modules/new"
    wrong = client.post(add, data={**MODULE, "code": "123", "hours": "0", "minutes": "0"})
    assert wrong.status_code == 422
    assert "En AMU-kode har fem cifre" in wrong.text
    assert "mindst 1 minut" in wrong.text
    assert client.post(add, data=MODULE).status_code == 302
    (first, *_), (second, code, minutes) = modules(everything, world.track)
    assert (code, minutes) == ("42994", 888)
    page = client.get(f"/tracks/{world.track}").text
    assert page.count("demokode") == 1
    assert "0,7 uger" in page
    assert client.post(f"/modules/{second}/move", data={"direction": "up"}).status_code == 302
    assert [row[0] for row in modules(everything, world.track)] == [second, first]
    assert 'value="14"' in client.get(f"/modules/{second}/edit").text
    assert client.post(f"/modules/{second}/edit", data={**MODULE, "title": "Nyt navn"}).status_code == 302
    assert "Fjern modulet fra forløbet?" in client.get(f"/modules/{first}/removal").text
    assert client.post(f"/modules/{first}/removal").status_code == 302
    assert [row[0] for row in modules(everything, world.track)] == [second]
    far = login(world.far_coordinator)
    for page in ("edit", "removal"):
        assert far.get(f"/modules/{second}/{page}").status_code == 404
        assert far.post(f"/modules/{second}/{page}", data=MODULE).status_code == 404
    assert far.post(f"/modules/{second}/move").status_code == 404


def test_a_change_after_a_run_begins_an_edition_that_drafts_may_follow(world, login, everything):
    with everything():
        make_run(world)
        draft = make_run(world, state=RunState.DRAFT).id
    client = login(world.coordinator)
    ((module, _code, _minutes),) = modules(everything, world.track)
    assert "begynder udgave 2" in client.get(f"/modules/{module}/edit").text
    saved = client.post(f"/modules/{module}/edit", data=MODULE, follow_redirects=True).text
    assert "Forløbet er nu udgave 2" in saved
    assert "udgave 2" in saved
    editions = client.get(f"/tracks/{world.track}/editions").text
    for text in ("Ændret fra udgave 1", "Hygiejne", "udgået", "Egenkontrol", "Hold efter denne udgave"):
        assert text in editions
    assert client.get(f"/modules/{module}/edit").status_code == 422
    adopted = client.post(f"/course-runs/{draft}/edition", follow_redirects=True)
    assert "Holdet følger nu udgave 2" in adopted.text


def test_modules_come_from_a_file_after_a_dry_run(world, login, everything):
    client = login(world.coordinator)
    page = f"/tracks/{world.track}/modules/import"
    assert client.get("/tracks/modules/template").data.startswith(b"\xef\xbb\xbfkode;titel;")
    assert "Vælg en fil først" in client.post(page, data={}).text
    wrong = b"kode;titel;dage;timer\n1;=1;2,3;x\n42994;Egenkontrol;2;\n"
    tried = client.post(page, data={"file": (BytesIO(wrong), "m.csv")})
    assert tried.status_code == 200
    for text in ("Filen kan ikke importeres endnu", "læser som en formel", "2 eller 2,5", "14,8 eller 14:48"):
        assert text in tried.text
    assert "/import/yes" not in tried.text
    right = b"kode;titel;dage;timer;pris\nD0001;Hygiejne;2;14,8;1\n42994;Egenkontrol;2;;\n"
    tried = client.post(page, data={"file": (BytesIO(right), "m.csv")}).text
    longer = "14 t. 40 min. bliver 14 t. 48 min."
    for text in ("Disse kolonner bliver ikke læst", "pris", longer, ">nyt modul<"):
        assert text in tried
    assert "nye moduler" not in tried
    assert len(modules(everything, world.track)) == 1
    yes = form_in(tried, "/import/yes")
    done = client.post(yes.action, data=dict(yes.filled()), follow_redirects=True).text
    assert "1 modul er tilføjet, 1 er ændret, 0 er taget ud" in done
    assert [row[1:] for row in modules(everything, world.track)] == [("D0001", 888), ("42994", 888)]
    late = client.post(yes.action, data=dict(yes.filled()))
    assert late.status_code == 409
    far = login(world.far_coordinator)
    assert far.post(page, data={"file": (BytesIO(right), "m.csv")}).status_code == 404
    assert far.post(yes.action, data=dict(yes.filled())).status_code == 404
