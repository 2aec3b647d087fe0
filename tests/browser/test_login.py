"""Logging in and out in a real browser, with and without scripts."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.sqlite


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_each_role_logs_in_and_out(world, person, javascript):
    for actor in (world.coordinator, world.caseworker, world.teacher, world.leader, world.admin):
        someone = person(javascript=javascript).log_in(actor)
        assert actor.name in someone.page.locator("header").inner_text()
        someone.page.locator("details.account summary").click()
        someone.page.get_by_role("button", name="Log ud").click()
        someone.page.get_by_role("button", name="Log ind").wait_for()
