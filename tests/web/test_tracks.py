"""Tracks and modules through HTTP."""

from __future__ import annotations

from sqlalchemy import select

from coordination.models import Track, TrackModule

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


def modules(everything, track_id):
    with everything() as session:
        ordered = select(TrackModule).where(TrackModule.track_id == track_id).order_by(TrackModule.position)
        return [(row.id, row.code, row.minutes) for row in session.scalars(ordered)]


def test_tracks_are_the_coordinators(world, login):
    for actor in (world.caseworker, world.teacher, world.leader, world.admin):
        client = login(actor)
        for page in ("", "/new", f"/{world.track}", f"/{world.track}/edit", f"/{world.track}/modules/new"):
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
