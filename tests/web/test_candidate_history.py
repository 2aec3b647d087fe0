"""A candidate's history: one line of time with everything in it, the marks per run, and who may read it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from coordination.db import db
from coordination.domain.attendance import Cause, MarkStatus
from coordination.domain.enrolments import EnrolmentDeed
from coordination.domain.follow_ups import Channel, ContactOutcome
from coordination.domain.nominations import NominationDeed, NominationState
from coordination.domain.transfers import TransferState
from coordination.models import Candidate, ContactAttempt, CourseSession, NominationMove, PersonView, Transfer
from tests.factories import (
    CREATED,
    make_candidate,
    make_enrolment,
    make_follow_up,
    make_mark,
    make_nomination,
    make_run,
    save,
)


def moved(nomination, deed, by, day, run=None, **more):
    at = datetime(2026, 10, day, 8, tzinfo=UTC)
    return save(
        NominationMove(
            municipality_id=nomination.municipality_id,
            nomination_id=nomination.id,
            course_run_id=run.id if run else None,
            deed=deed,
            after="x",
            by_id=by.user_id,
            at=at,
            **more,
        )
    )


@pytest.fixture
def person(world, everything):
    """Amina: once withdrawn, once placed; present, late and absent; followed up; offered to the neighbour."""
    with everything() as session:
        row = make_candidate(world.municipality, world.caseworker, name="Amina Ali")
        first = make_nomination(row, (world.kitchen,), state=NominationState.WITHDRAWN)
        moved(first, NominationDeed.WITHDRAW, world.caseworker, 2, reason="got_job", note="Ringede selv")
        second = make_nomination(row, (world.kitchen,), state=NominationState.ACCEPTED)
        run = make_run(world, title="Novemberholdet", starts_on=date(2026, 11, 2))
        moved(second, EnrolmentDeed.CONFIRM, world.teacher, 9, run)
        seat = make_enrolment(second, run)
        days = session.scalars(select_sessions(run)).all()
        make_mark(seat, days[0], world.teacher, status=MarkStatus.PRESENT)
        make_mark(seat, days[1], world.teacher, status=MarkStatus.LATE, minutes_missed=40)
        absent = {"status": MarkStatus.ABSENT, "cause": Cause.OWN_ILLNESS, "comment": "Ringede kl. 8"}
        make_mark(seat, days[2], world.teacher, **absent)
        follow_up = make_follow_up(seat, days[2])
        save(
            ContactAttempt(
                municipality_id=row.municipality_id,
                follow_up_id=follow_up.id,
                channel=Channel.PHONE,
                outcome=ContactOutcome.REACHED_RETURNS,
                note="Kommer på mandag",
                by_id=world.coordinator.user_id,
                at=CREATED,
            )
        )
        save(
            Transfer(
                municipality_id=row.municipality_id,
                candidate_id=row.id,
                from_municipality_id=world.municipality,
                to_municipality_id=world.other_municipality,
                code="T-1",
                state=TransferState.DECLINED,
                effective_on=date(2026, 12, 1),
                offered_by_id=world.caseworker.user_id,
                offered_at=CREATED,
            )
        )
        return row.id


def select_sessions(run):
    return sa.select(CourseSession).where(CourseSession.course_run_id == run.id).order_by(CourseSession.day)


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


@pytest.mark.parametrize("reader", ["caseworker", "coordinator"])
def test_everything_stands_in_one_line_of_time(world, login, person, reader, everything):
    answer = login(getattr(world, reader)).get(f"/candidates/{person}/history")
    assert answer.status_code == 200
    text = text_of(answer)
    for words in (
        "Registreret som kandidat",
        "Indstilling trukket tilbage",
        "Årsag: har fået arbejde",
        "Ringede selv",
        "Deltager godkendt af skolen · Novemberholdet",
        "Kom for sent, 40 minutter · Novemberholdet",
        "egen sygdom",
        "Ringede kl. 8",
        "Opfølgning åbnet efter udeblivelse",
        "Henvendelse (telefon): talte sammen: kommer igen",
        "Kommer på mandag",
        "Flytning fra Haderslev til Aabenraa den 1. dec. 2026: afvist",
    ):
        assert words.lower() in text.lower(), words
    with everything() as session:
        assert session.scalars(sa.select(PersonView.purpose)).all() == ["candidates.history"]


def test_the_marks_of_a_run_add_up(world, login, person):
    answer = login(world.caseworker).get(f"/candidates/{person}/history")
    text = text_of(answer)
    assert "8 t. 20 min. af 13 t. 30 min." in text
    assert re.search(r"<desc[^>]*>til stede 1, .* 1, .* 0, .* 1</desc>", answer.text)
    assert text.count("ikke afgjort") == 2


def test_the_newest_comes_first(world, login, person):
    text = login(world.caseworker).get(f"/candidates/{person}/history").text
    whens = re.findall(r'<time datetime="([^"]+)"', text.split('id="events"')[1].split("</section>")[0])
    moments = [datetime.fromisoformat(when) for when in whens]
    assert len(moments) > 7
    assert moments == sorted(moments, reverse=True)


def test_a_coordinator_reads_no_draft(world, login, everything, person):
    with everything():
        row = make_candidate(world.municipality, world.caseworker)
        make_nomination(row, (world.kitchen,))
        draft = make_nomination(
            make_candidate(world.municipality, world.caseworker),
            (world.kitchen,),
            state=NominationState.DRAFT,
            submitted_at=None,
        )
        moved(draft, NominationDeed.BEGIN, world.caseworker, 3)
        hidden = draft.candidate_id
    assert login(world.coordinator).get(f"/candidates/{hidden}/history").status_code == 404
    assert "Kladde oprettet" in login(world.caseworker).get(f"/candidates/{hidden}/history").text


@pytest.mark.parametrize(
    "stranger", ["other_caseworker", "teacher", "leader", "admin", "far_coordinator", "far_caseworker"]
)
def test_a_history_is_not_there_for_anybody_else(world, login, person, stranger):
    assert login(getattr(world, stranger)).get(f"/candidates/{person}/history").status_code == 404


def test_a_long_history_asks_the_database_no_more_often(world, login, everything, person):
    client = login(world.caseworker)

    def statements() -> int:
        seen = []

        def count(*given) -> None:
            seen.append(given[2])

        sa.event.listen(db.engine, "before_cursor_execute", count)
        client.get(f"/candidates/{person}/history")
        sa.event.remove(db.engine, "before_cursor_execute", count)
        return len(seen)

    before = statements()
    with everything() as session:
        for number in range(5):
            nomination = make_nomination(
                session.get_one(Candidate, person),
                (world.kitchen,),
                state=NominationState.COMPLETED,
            )
            run = make_run(world, starts_on=date(2026, 1, 5 + number))
            seat = make_enrolment(nomination, run)
            for day in session.scalars(select_sessions(run)).all():
                make_mark(seat, day, world.teacher, status=MarkStatus.ABSENT)
                make_follow_up(seat, day)
    assert statements() == before
