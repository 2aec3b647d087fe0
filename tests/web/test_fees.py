"""The administrator's pages on what a school bills, and what a run costs by them."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from coordination.domain.fees import FeeFamily
from coordination.domain.igu import RateKind
from coordination.domain.tracks import TeachingKind
from coordination.models import SchoolFee, TrackModule
from coordination.queries.fees import fee_for
from tests.factories import make_run, save

TODAY = date(2026, 11, 23)
FEE = {"kind": "no_show_short", "kroner": "2.600", "valid_from": "2026-11-01", "source": "Prisliste"}


@pytest.fixture
def page(world):
    return f"/partnerships/{world.partnership}/schools/{world.school}/fees"


def test_a_school_has_its_own_fees_from_a_day_on(world, login, page, everything):
    admin = login(world.admin)
    assert "Skolen har ingen egne gebyrer" in admin.get(page).text
    wrong = admin.post(page, data={**FEE, "kroner": "mange", "kind": "bonus_after_6_months"})
    assert wrong.status_code == 422
    assert 'value="mange"' in wrong.text
    assert "Beløbet kan ikke læses" in admin.post(page, data={**FEE, "kroner": "mange"}).text
    kept = admin.post(page, data=FEE, follow_redirects=True).text
    assert "Gebyret er gemt" in kept
    assert "2.600 kr." in kept
    assert "allerede en sats" in admin.post(page, data=FEE).text
    admin.post(page, data={**FEE, "valid_from": "2027-01-01", "kroner": "2.700"})
    with everything() as session:
        first, later = session.scalars(select(SchoolFee.id).order_by(SchoolFee.valid_from))
    assert admin.post(f"{page}/{first}/remove").status_code == 422
    assert "2.700 kr." in admin.get(f"{page}/{later}/remove").text
    assert "Gebyret er fjernet" in admin.post(f"{page}/{later}/remove", follow_redirects=True).text
    elsewhere = f"/partnerships/{world.far_partnership}/schools/{world.school}/fees"
    assert admin.get(elsewhere).status_code == 404
    assert admin.post(f"{elsewhere}/{first}/remove").status_code == 404


def test_a_run_is_billed_by_the_amu_of_its_edition(world, act, everything):
    with everything() as session:
        run, later = make_run(world), make_run(world, track_edition=2)
        danish = make_run(world, track_id=world.care_track)
        hygiene = session.scalars(select(TrackModule).where(TrackModule.track_id == world.track)).one()
        hygiene.until_edition = 2
        save(
            TrackModule(
                partnership_id=world.partnership,
                track_id=world.track,
                position=1,
                code="42994",
                title="Lang",
                kind=TeachingKind.AMU,
                half_days=12,
                minutes=2221,
                from_edition=2,
            )
        )
        save(
            SchoolFee(
                school_id=world.school,
                kind=RateKind.NO_SHOW_SHORT,
                amount_ore=260_000,
                valid_from=TODAY,
                source="Prisliste",
            )
        )
    with act(world.caseworker):
        own = fee_for(run, FeeFamily.NO_SHOW, TODAY)
        assert (own.amount_ore, own.source, own.of_school) == (260_000, "Prisliste", True)
        assert fee_for(run, FeeFamily.NO_SHOW, date(2026, 11, 22)).amount_ore == 250_000
        assert fee_for(run, FeeFamily.LATE_WITHDRAWAL, TODAY).amount_ore == 150_000
        assert fee_for(later, FeeFamily.NO_SHOW, TODAY).amount_ore == 350_000
        assert fee_for(danish, FeeFamily.NO_SHOW, TODAY) is None
