"""Long files: left to the clock, claimed once, seen on their way, given back after a crash, never halved."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from coordination.db import system_session
from coordination.domain.candidate_imports import AT_ONCE, ImportState
from coordination.domain.errors import Refused
from coordination.jobs import imports as worker
from coordination.models import Candidate, CandidateImport, ImportedRow, Nomination, User
from coordination.queries import exchange as queries
from coordination.services import exchange as services
from tests.services.test_exchange import BASIS, HEAD, bring_in, page, upload

ROWS = AT_ONCE + 60


def long_file(odd=""):
    lines = [f"{1 + n % 28:02}{1 + n // 28 % 12:02}{50 + n // 336:02}-{n % 10000:04}" for n in range(ROWS)]
    return HEAD + "".join(f"{cpr};Person {n};anden;kokken\n" for n, cpr in enumerate(lines)) + odd


@pytest.fixture
def waiting(world, act, now):
    kept = upload(act, world.caseworker, long_file(), now)
    assert page(act, world.caseworker, kept).is_long
    assert bring_in(act, world.caseworker, kept, now) is ImportState.WAITING
    return kept


def state(everything, import_id):
    with everything() as session:
        row = session.get(CandidateImport, import_id)
        return row.state, row.problem


def people(everything):
    with everything() as session:
        return len(session.scalars(select(Candidate.id)).all())


def test_a_long_file_waits_and_the_clock_imports_it(app, world, act, everything, now, waiting):
    with pytest.raises(Refused, match=r"import\.done"):
        bring_in(act, world.caseworker, waiting, now)
    assert people(everything) == 0
    assert worker.work_off(app) == 1
    with act(world.caseworker):
        shown = queries.progress_page(world.caseworker, waiting)
        (recent,) = queries.recent_imports(world.caseworker, now.date())
    assert (shown.state, shown.new, shown.nominated, shown.rows_done) == (ImportState.DONE, ROWS, ROWS, ROWS)
    assert (recent.id, recent.state) == (waiting, ImportState.DONE)
    with everything() as session:
        assert len(session.scalars(select(ImportedRow.id)).all()) == ROWS
        assert set(session.scalars(select(Nomination.basis_until))) == {BASIS.until}
    assert worker.work_off(app) == 0
    with act(world.caseworker):
        services.undo_import(world.caseworker, waiting, now=now)
    assert people(everything) == 0


def test_only_one_process_gets_a_file(everything, now, waiting):
    with everything():
        claim = services.claim_next_import(now=now)
        assert claim.import_id == waiting
        assert services.claim_next_import(now=now) is None


def test_how_far_it_is_can_be_seen_before_it_is_done(app, everything, waiting, monkeypatch):
    seen = []
    told = services.report_progress

    def tell(import_id, done, **more):
        told(import_id, done, **more)
        with system_session("test", reads=True) as session:
            row = session.get(CandidateImport, import_id)
            seen.append((row.state, row.rows_done, len(session.scalars(select(Candidate.id)).all())))

    monkeypatch.setattr(worker.services, "report_progress", tell)
    worker.work_off(app)
    assert seen == [(ImportState.RUNNING, done, 0) for done in (250, 500, ROWS)]


def test_a_crash_in_the_middle_of_writing_leaves_nothing_and_the_file_says_so(
    app, everything, waiting, monkeypatch
):
    from coordination.services.exchange import importing  # noqa: PLC0415

    write, calls = importing._write, []

    def break_down(*args, **more):
        calls.append(1)
        if len(calls) == 2:
            raise ZeroDivisionError
        write(*args, **more)

    monkeypatch.setattr(importing, "_write", break_down)
    assert worker.work_off(app) == 1
    assert people(everything) == 0
    assert state(everything, waiting) == (ImportState.FAILED, "import.broke")


def test_a_dead_process_gives_its_file_back_once(app, everything, now, clock, waiting):
    for expected in ((ImportState.WAITING, "import.again"), (ImportState.FAILED, "import.broke")):
        with everything():
            services.claim_next_import(now=clock())
        clock.forward(minutes=2)
        with everything():
            assert services.requeue_stale_imports(now=clock()) == 0
        clock.forward(minutes=2)
        with everything():
            assert services.requeue_stale_imports(now=clock()) == 1
        assert state(everything, waiting) == expected
    assert people(everything) == 0


def test_a_file_given_back_is_imported_whole(app, everything, now, clock, waiting):
    with everything():
        services.claim_next_import(now=clock())
    clock.forward(minutes=4)
    assert worker.work_off(app) == 1
    assert people(everything) == ROWS


def test_errors_put_the_file_back_on_the_table(app, world, act, everything, now):
    kept = upload(act, world.caseworker, long_file("070790-42;;hest;\n"), now)
    bring_in(act, world.caseworker, kept, now)
    worker.work_off(app)
    assert state(everything, kept) == (ImportState.FAILED, "import.errors")
    assert page(act, world.caseworker, kept, errors_first=True).error_count == 3
    assert people(everything) == 0
    with act(world.caseworker):
        services.discard_import(world.caseworker, kept, now=now)


def test_the_import_of_a_closed_account_is_not_carried_out(app, world, everything, waiting):
    with everything() as session:
        session.get(User, world.caseworker.user_id).active = False
    worker.work_off(app)
    assert state(everything, waiting) == (ImportState.FAILED, "import.nobody")
